"""Sessions with their rosters: a seat changes hands in the transaction of the booking that it belongs to."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import Letter
from chalicelib.domain.session import Session, SessionKind
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.letter_items import promising
from chalicelib.storage.lookout import DAY, Lookout, days
from chalicelib.storage.seats import (
    booking_called_off,
    booking_ended,
    head_seated,
    invitation_withdrawn,
    line_left,
    place_left,
    seat_left,
)
from chalicelib.storage.session_items import known_of, of_session, plan_of_session, to_invited, to_seat, to_session
from chalicelib.storage.table import DUE
from chalicelib.storage.values import Item, assigned, from_item, key_in, write_moment
from chalicelib.usecases.session_ports import Gathering, Invited, Seat


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

    def gathering(self, session_id: str) -> Gathering | None:
        found = {item["sk"]: item for item in map(from_item, self._table.partition(places.of_session(session_id)))}
        session, inviting = (found.get(key(session_id)["sk"]) for key in (places.of_session, places.of_inviting))
        seats = (to_seat(item) for sk, item in found.items() if sk.startswith(places.SEAT))
        return Gathering(to_session(session), tuple(seats), inviting is not None) if session else None

    def read_all(self, session_ids: Collection[str]) -> Mapping[str, Session]:
        keys = [places.of_session(each) for each in sorted(set(session_ids))]
        found = map(to_session, map(from_item, self._table.get_all(keys)))
        return {session.id: session for session in found}

    def planned(self, kind: SessionKind, since: datetime) -> Iterator[Session]:
        return self._listed(places.listed_sessions(kind), since)

    def called_off(self, since: datetime) -> Iterator[Session]:
        return self._listed(places.CANCELLED_SESSIONS, since)

    def _listed(self, due_key: str, since: datetime) -> Iterator[Session]:
        values = {"due_key": due_key, "since": write_moment(since)}
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
        return self._ids_under(places.CHANGES_DUE)

    def all_told(self, session: Session) -> None:
        told = self._table.removing(places.of_change(session.id), "#version = :version", {"version": session.version})
        nobody = self._table.updating(places.of_session(session.id), {"nobody": ()}, "SET #waiting = :nobody")
        with suppress(TakenError):
            self._table.transact([told, *((nobody,) if session.cancelled else ())])

    def tell(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        untold = "attribute_exists(#pk) AND #told < :told"
        seat, known = places.of_seat(session.id, contact_id), known_of(session)
        keys = [places.of_letter(letter) for letter in letters]
        there = [from_item(item) for item in self._table.get_all(keys)]
        before = {(item["pk"], item["sk"]) for item in there}
        new = [letter for letter, key in zip(letters, keys, strict=True) if (key["pk"], key["sk"]) not in before]
        self._table.transact(
            [
                self._table.updating(seat, known, assigned(known), untold),
                *promising(self._table, new),
            ]
        )

    def call_off(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        self._table.transact(
            [
                seat_left(self._table, session.id, contact_id),
                booking_called_off(self._table, session, contact_id),
                *promising(self._table, letters),
            ]
        )

    def withdraw(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        withdrawn = invitation_withdrawn(self._table, session, contact_id)
        self._table.transact([withdrawn, *promising(self._table, letters)])

    def roster(self, session_id: str) -> Iterator[Seat]:
        return map(to_seat, map(from_item, self._table.partition(places.of_session(session_id), places.SEAT)))

    def seat(self, session_id: str, contact_id: str) -> Seat | None:
        stored = self._table.get(places.of_seat(session_id, contact_id))
        return to_seat(stored) if stored else None

    def give_back(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        self._table.transact(
            [
                *place_left(self._table, session, contact_id),
                booking_ended(self._table, session, contact_id),
                *promising(self._table, letters),
            ]
        )

    def begin_inviting(self, session_id: str) -> None:
        self._table.put({**places.of_inviting(session_id), "due_key": places.INVITING, "due_at": session_id})

    def inviting(self) -> Iterator[str]:
        return self._ids_under(places.INVITING)

    def all_invited(self, session_id: str) -> None:
        self._table.transact([self._table.removing(places.of_inviting(session_id))])

    def invited(self, session_id: str) -> Iterator[Invited]:
        return map(to_invited, map(from_item, self._table.listed(places.invited_to(session_id))))

    def seat_next(self, session: Session, letters: Sequence[Letter]) -> None:
        seated = head_seated(self._table, session, on_free_seat=True)
        self._table.transact([*seated, *promising(self._table, letters)])

    def held_by(self, contact_id: str) -> Iterator[str]:
        booked = list(self._table.partition(places.of_contact(contact_id), places.BOOKING, "#sk, #slot"))
        return (each for each in map(_session_of, booked) if self._table.stored(places.of_seat(each, contact_id)))

    def strike(self, session_id: str, contact_id: str) -> None:
        session = self.read(session_id)
        waits = session is not None and contact_id in session.waiting
        self._table.transact(
            [
                *(line_left(self._table, session, contact_id) if session and waits else ()),
                self._table.removing(places.of_seat(session_id, contact_id)),
            ]
        )

    def forget_needs(self, today: date) -> int:
        forgotten = 0
        for day in days(self._lookout.move_on(today), today - DAY):
            due = {"due_key": places.due_for_needs(day)}
            for item in self._table.listed(due["due_key"], "#pk, #sk"):
                with suppress(TakenError):  # who had the seat has left it since the index was written
                    self._table.update(key_in(item), due, "REMOVE #needs, #due_key, #due_at", "#due_key = :due_key")
                    forgotten += 1
        return forgotten

    def _ids_under(self, due_key: str) -> Iterator[str]:
        return (places.session_id_in({"pk": item["pk"]["S"]}) for item in self._table.listed(due_key, "#pk"))


def _session_of(booking: Item) -> str:
    """The session that a booking is of, also where an item is not as we store them."""
    slot: str | None = booking.get("slot", {}).get("S")
    return slot or str(booking["sk"]["S"]).removeprefix(places.BOOKING)
