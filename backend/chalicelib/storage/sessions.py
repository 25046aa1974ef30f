"""Sessions with their rosters: a seat changes hands in the transaction of the booking that it belongs to."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from chalicelib.domain.booking import BookingState
from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import Letter
from chalicelib.domain.session import Place, Session, SessionKind
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.letter_items import of_letter
from chalicelib.storage.lookout import DAY, Lookout, days
from chalicelib.storage.session_items import known_of, of_seat, of_session, plan_of_session, to_seat, to_session
from chalicelib.storage.table import DUE
from chalicelib.storage.values import Item, assigned, write_moment
from chalicelib.usecases.session_ports import Seat, Taking

_AS_READ = "#version = :version"
_FREE = f"{_AS_READ} AND #taken < #capacity AND size(#waiting) = :none"
_LINE = f"{_AS_READ} AND size(#waiting) < #waiting_max AND (size(#waiting) > :none OR #taken >= #capacity)"


class DynamoSessions:
    """`session_ports.Sessions` in a table of DynamoDB."""

    def __init__(self, client: Any, table: str) -> None:
        self._table = Table(client, table)
        self._lookout = Lookout(self._table, "forget", places.NEEDS_DUE)

    def add(self, session: Session) -> None:
        self._table.add(of_session(session))

    def read(self, session_id: str) -> Session | None:
        item = self._table.get(places.of_session(session_id))
        return to_session(item) if item else None

    def planned(self, kind: SessionKind, since: datetime) -> Iterator[Session]:
        values = {"due_key": places.listed_sessions(kind), "since": write_moment(since)}
        return map(to_session, self._table.query("#due_key = :due_key AND #due_at >= :since", values, IndexName=DUE))

    def replan(self, after: Session) -> None:
        plan = plan_of_session(after)
        as_read = "#version = :version_before AND #taken <= :capacity"
        values = plan | {"version_before": after.version - 1}
        change = {"version": after.version, "due_key": places.CHANGES_DUE, "due_at": write_moment(after.start)}
        self._table.transact(
            [
                self._table.updating(places.of_session(after.id), values, assigned(plan), as_read),
                self._table.updating(places.of_change(after.id), change, assigned(change)),
            ]
        )

    def changed(self) -> Iterator[str]:
        listed = self._table.found("#due_key = :due_key", {"due_key": places.CHANGES_DUE}, "#pk", IndexName=DUE)
        return (places.session_id_in({"pk": item["pk"]["S"]}) for item in listed)

    def all_told(self, session: Session) -> None:
        told = self._table.deleting(places.of_change(session.id), "#version = :version", {"version": session.version})
        nobody = self._table.updating(places.of_session(session.id), {"nobody": ()}, "SET #waiting = :nobody")
        with suppress(TakenError):
            self._table.transact([told, *((nobody,) if session.cancelled else ())])

    def tell(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        untold = "attribute_exists(#pk) AND #told < :told"
        seat, known = places.of_seat(session.id, contact_id), known_of(session)
        self._table.transact(
            [
                self._table.updating(seat, known, assigned(known), untold),
                *(self._table.adding(of_letter(letter)) for letter in letters),
            ]
        )

    def call_off(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        cancelled = {"cancelled": BookingState.CANCELLED.value}
        self._table.transact(
            [
                self._table.deleting(places.of_seat(session.id, contact_id), "attribute_exists(#pk)"),
                self._table.updating(
                    places.of_booking(contact_id, session.id),
                    cancelled,
                    "SET #state = :cancelled",
                    "attribute_exists(#pk)",
                ),
                *(self._table.adding(of_letter(letter)) for letter in letters),
            ]
        )

    def roster(self, session_id: str) -> Iterator[Seat]:
        values = {"pk": places.of_session(session_id)["pk"], "seats": places.SEAT}
        return map(to_seat, self._table.query("#pk = :pk AND begins_with(#sk, :seats)", values, ConsistentRead=True))

    def give_back(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        waits = contact_id in session.waiting
        left = self._left_line(session, contact_id) if waits else self._left_seat(session)
        state = BookingState.WAITING if waits else BookingState.CONFIRMED
        self._table.transact(
            [
                *left,
                self._ended(contact_id, session.id, state),
                self._table.deleting(places.of_seat(session.id, contact_id), "attribute_exists(#pk)"),
                *(self._table.adding(of_letter(letter)) for letter in letters),
            ]
        )

    def held_by(self, contact_id: str) -> Iterator[str]:
        values = {"pk": places.of_contact(contact_id)["pk"], "bookings": places.BOOKING}
        where = "#pk = :pk AND begins_with(#sk, :bookings)"
        booked = (item["sk"]["S"] for item in self._table.found(where, values, "#sk", ConsistentRead=True))
        abouts = [sk.removeprefix(places.BOOKING) for sk in booked]
        return (about for about in abouts if self._table.stored(places.of_seat(about, contact_id)) is not None)

    def strike(self, session_id: str, contact_id: str) -> None:
        session = self.read(session_id)
        waits = session is not None and contact_id in session.waiting
        self._table.transact(
            [
                *(self._left_line(session, contact_id) if session and waits else ()),
                self._table.deleting(places.of_seat(session_id, contact_id)),
            ]
        )

    def forget_needs(self, today: date) -> int:
        forgotten = 0
        for day in days(self._lookout.move_on(today), today - DAY):
            key = {"due_key": places.due_for_needs(day)}
            for item in self._table.found("#due_key = :due_key", key, "#pk, #sk", IndexName=DUE):
                place = {name: value["S"] for name, value in item.items()}
                self._table.update(place, {}, "REMOVE #needs, #due_key, #due_at", "attribute_exists(#pk)")
                forgotten += 1
        return forgotten

    def _left_line(self, session: Session, contact_id: str) -> list[Item]:
        at = session.waiting.index(contact_id)
        change, condition = f"REMOVE #waiting[{at}]", f"#waiting[{at}] = :who"
        return [self._table.updating(places.of_session(session.id), {"who": contact_id}, change, condition)]

    def _left_seat(self, session: Session) -> list[Item]:
        """The seat is free, or the head of the line sits down, as one."""
        place = places.of_session(session.id)
        if not session.waiting:
            free = "#taken > :none AND size(#waiting) = :none"
            return [self._table.updating(place, {"none": 0, "one": 1}, "SET #taken = #taken - :one", free)]
        head = session.waiting[0]
        return [
            self._table.updating(place, {"head": head}, "REMOVE #waiting[0]", "#waiting[0] = :head"),
            self._seated(head, session.id),
            self._sitting(head, session.id),
            self._table.checking(places.of_contact(head), "attribute_exists(#pk) AND attribute_not_exists(#deleting)"),
        ]

    def _seated(self, contact_id: str, session_id: str) -> Item:
        values = {"waiting": BookingState.WAITING.value, "confirmed": BookingState.CONFIRMED.value}
        place = places.of_booking(contact_id, session_id)
        return self._table.updating(place, values, "SET #state = :confirmed", "#state = :waiting")

    def _sitting(self, contact_id: str, session_id: str) -> Item:
        values = {"seat": Place.SEAT.value}
        return self._table.updating(
            places.of_seat(session_id, contact_id), values, "SET #place = :seat", "attribute_exists(#pk)"
        )

    def _ended(self, contact_id: str, session_id: str, state: BookingState) -> Item:
        values = {"cancelled": BookingState.CANCELLED.value, "was": state.value}
        place = places.of_booking(contact_id, session_id)
        return self._table.updating(place, values, "SET #state = :cancelled", "#state = :was")


def place_taken(table: Table, contact_id: str, reference: str, taking: Taking | None) -> list[Item]:
    """The actions that take a place, refused unless it is still as it was offered."""
    if taking is None:
        return []
    values: dict[str, Any] = {"version": taking.session.version, "none": 0}
    if taking.place is Place.SEAT:
        change, condition = "SET #taken = #taken + :one", _FREE
        values["one"] = 1
    else:
        change, condition = "SET #waiting = list_append(#waiting, :who)", _LINE
        values["who"] = (contact_id,)
    return [
        table.updating(places.of_session(taking.session.id), values, change, condition),
        table.adding(of_seat(contact_id, reference, taking)),
    ]
