"""The actions by which a place in a session is taken or left, each part of a larger transaction."""

from typing import Any

from chalicelib.domain.booking import BookingState
from chalicelib.domain.session import Place, Session, SessionKind
from chalicelib.storage import places
from chalicelib.storage.conditions import LIVING
from chalicelib.storage.dynamo import Table
from chalicelib.storage.letter_items import promising
from chalicelib.storage.session_items import known_of, of_seat
from chalicelib.storage.values import Item, assigned
from chalicelib.usecases.session_ports import Taking

_AS_READ = "#version = :version"
_FREE = f"{_AS_READ} AND #taken < #capacity AND size(#waiting) = :none"
_LINE = f"{_AS_READ} AND size(#waiting) < #waiting_max AND (size(#waiting) > :none OR #taken >= #capacity)"
_NOT_LAST = {
    Place.SEAT: " AND (#waiting_max > :none OR #taken < :last)",
    Place.WAITING: " AND size(#waiting) < :last",
}
_THERE = "attribute_exists(#pk)"
_SEATED = "attribute_exists(#place)"  # of a seat that was left only the key is there


def place_taken(table: Table, contact_id: str, reference: str, taking: Taking | None) -> list[Item]:
    """Refused unless the place is still as it was offered."""
    if taking is None:
        return []
    session = taking.session
    values: dict[str, Any] = {"version": session.version, "none": 0}
    if taking.place is Place.SEAT:
        change, condition = "SET #taken = #taken + :one", _FREE
        values["one"] = 1
    else:
        change, condition = "SET #waiting = list_append(#waiting, :who)", _LINE
        values["who"] = (contact_id,)
    if taking.full and not taking.tells_full:
        values["last"] = (session.capacity if taking.place is Place.SEAT else session.waiting_max) - 1
        condition += _NOT_LAST[taking.place]
    return [
        table.updating(places.of_session(session.id), values, change + _told_full(taking), condition),
        table.adding_anew(of_seat(contact_id, reference, taking)),
        *promising(table, [taking.full] if taking.full and taking.tells_full else []),
    ]


def _told_full(taking: Taking) -> str:
    return ", #full_told = :version" if taking.tells_full else ""


def place_left(table: Table, session: Session, contact_id: str) -> list[Item]:
    """A place in the line closes up; a seat is free, or the head of the line sits down, as one."""
    left = line_left(table, session, contact_id) if contact_id in session.waiting else _seat_left(table, session)
    return [*left, seat_left(table, session.id, contact_id)]


def seat_left(table: Table, session_id: str, contact_id: str) -> Item:
    """The line of the roster goes, be it of a seat or of a place in the line."""
    return table.removing(places.of_seat(session_id, contact_id), _SEATED)


def line_left(table: Table, session: Session, contact_id: str) -> list[Item]:
    at = session.waiting.index(contact_id)
    change, condition = f"REMOVE #waiting[{at}]", f"#waiting[{at}] = :who"
    return [table.updating(places.of_session(session.id), {"who": contact_id}, change, condition)]


def booking_ended(table: Table, session: Session, contact_id: str) -> Item:
    """The booking of who leaves is cancelled, an appointment just when it still has this slot."""
    was = BookingState.WAITING if contact_id in session.waiting else BookingState.CONFIRMED
    values = {"cancelled": BookingState.CANCELLED.value, "was": was.value}
    return _changing(table, session, contact_id, values, "SET #state = :cancelled", "#state = :was")


def booking_called_off(table: Table, session: Session, contact_id: str) -> Item:
    """What staff have cancelled is over, but an appointment waits for another slot."""
    if session.kind is SessionKind.SLOT:
        values = {"requested": BookingState.REQUESTED.value, "due_key": places.STAFF}
        # What `items.state_of_booking` says of a request that waits, without having read it.
        change = "SET #state = :requested, #due_key = :due_key, #due_at = #requested_at REMOVE #slot"
    else:
        values, change = {"cancelled": BookingState.CANCELLED.value}, "SET #state = :cancelled"
    return _changing(table, session, contact_id, values, change, _THERE)


def invitation_withdrawn(table: Table, session: Session, contact_id: str) -> Item:
    """Nobody is listed any more as invited to what staff have cancelled."""
    values = {"cancelled": BookingState.CANCELLED.value, "was": BookingState.INVITED.value}
    change = "SET #state = :cancelled REMOVE #due_key, #due_at"
    return _changing(table, session, contact_id, values, change, "#state = :was")


def _seat_left(table: Table, session: Session) -> list[Item]:
    place = places.of_session(session.id)
    if not session.waiting:
        free = "#taken > :none AND size(#waiting) = :none"
        return [table.updating(place, {"none": 0, "one": 1}, "SET #taken = #taken - :one", free)]
    return head_seated(table, session)


def head_seated(table: Table, session: Session, *, on_free_seat: bool = False) -> list[Item]:
    """The head of the line sits down, on a seat that is just being left or on a free one, knowing the session as read.

    Refused once staff have changed it: the letters to the head would speak of what is not so any more.
    """
    head = session.waiting[0]
    values, change = {"head": head, "version": session.version}, "REMOVE #waiting[0]"
    condition = f"#waiting[0] = :head AND {_AS_READ}"
    if on_free_seat:
        values, change = {**values, "one": 1}, f"SET #taken = #taken + :one {change}"
        condition += " AND #taken < #capacity"
    seat = {"place": Place.SEAT.value, **known_of(session)}
    states = {"waiting": BookingState.WAITING.value, "confirmed": BookingState.CONFIRMED.value}
    return [
        table.updating(places.of_session(session.id), values, change, condition),
        _changing(table, session, head, states, "SET #state = :confirmed", "#state = :waiting"),
        table.updating(places.of_seat(session.id, head), seat, assigned(seat), _SEATED),
        table.checking(places.of_contact(head), LIVING),
    ]


def _changing(
    table: Table, session: Session, contact_id: str, values: dict[str, str], change: str, condition: str
) -> Item:
    if session.kind is SessionKind.SLOT:
        values, condition = {**values, "slot": session.id}, f"{condition} AND #slot = :slot"
    return table.updating(places.of_booking(contact_id, session.about), values, change, condition)
