"""Gives up places in sessions, and requests: a seat goes to the head of the line in the same transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from chalicelib.domain.booking import BookingState
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import Letter, LetterKind, about_booking
from chalicelib.domain.seats import cancelled_letters, placed_letters
from chalicelib.domain.session import Session
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.session_ports import Sessions
from chalicelib.usecases.settle import settle


@dataclass(frozen=True)
class Rosters:
    """The sessions, and the contacts that stand in their rosters."""

    contacts: Contacts
    sessions: Sessions


def give_up_place(contact_id: str, session_id: str, rosters: Rosters, now: datetime) -> bool:
    """Ends one person's place at the aware `now`; False when they have none any more, which does no harm.

    Whoever is first in the line sits down with it and is told. Raises StoreBusyError when the store stays busy.
    """
    return settle(lambda: _give_up(contact_id, session_id, rosters, now))


def withdraw_request(contact_id: str, contacts: Contacts, now: datetime) -> bool:
    """Ends a request for an appointment that has no date at the aware `now`, which staff are told.

    False when there is none any more, which does no harm. Raises StoreBusyError when the store stays busy.
    """
    return settle(lambda: _withdraw(contact_id, contacts, now))


def leave_sessions(contact_id: str, rosters: Rosters, now: datetime) -> None:
    """Takes a contact that is being deleted out of every roster; who comes after it is told, it is not.

    May be cut off and repeated. Raises StoreBusyError when the store stays busy.
    """
    for session_id in rosters.sessions.held_by(contact_id):
        settle(partial(_leave, contact_id, session_id, rosters, now))


def move_up(session_id: str, rosters: Rosters, now: datetime) -> int:
    """Seats who waits for as long as seats are free, as after staff have added some; how many that were.

    May be cut off and repeated. Raises StoreBusyError when the store stays busy.
    """
    step = partial(_seat_next, session_id, rosters, now)
    return sum(1 for _ in iter(lambda: settle(step), False))


def _seat_next(session_id: str, rosters: Rosters, now: datetime) -> bool:
    session = rosters.sessions.read(session_id)
    if session is None or session.cancelled or session.start <= now:
        return False
    if not session.waiting or session.taken >= session.capacity:
        return False
    rosters.sessions.seat_next(session, _head_letters(session, rosters, now))
    return True


def _give_up(contact_id: str, session_id: str, rosters: Rosters, now: datetime) -> bool:
    file, session = rosters.contacts.read(contact_id), rosters.sessions.read(session_id)
    booking = file.booking(session_id) if file else None
    if file is None or session is None or booking is None or not booking.state.is_open:
        return False
    told = cancelled_letters(file.contact, booking, now)
    rosters.sessions.give_back(session, contact_id, (*told, *follower_letters(session, contact_id, rosters, now)))
    return True


def _withdraw(contact_id: str, contacts: Contacts, now: datetime) -> bool:
    file = contacts.read(contact_id)
    booking = file.appointment if file else None
    if file is None or booking is None or booking.state is not BookingState.REQUESTED:
        return False
    after = replace(file.contact, version=file.contact.version + 1)
    told = about_booking(LetterKind.STAFF_CANCELLED, after, booking, now)
    ended = replace(booking, state=BookingState.CANCELLED)
    contacts.see_to(after, ended, booking.state, [told], day_in_luxembourg(now))
    return True


def _leave(contact_id: str, session_id: str, rosters: Rosters, now: datetime) -> None:
    session = rosters.sessions.read(session_id)
    if session is not None and now < session.start and not session.cancelled:
        rosters.sessions.give_back(session, contact_id, follower_letters(session, contact_id, rosters, now))
    else:
        rosters.sessions.strike(session_id, contact_id)


def follower_letters(session: Session, contact_id: str, rosters: Rosters, now: datetime) -> tuple[Letter, ...]:
    """What the head of the line is told, when a seat and not just a place in the line is given up.

    Raises TakenError once a head that is being deleted was passed over: the next try meets the next in line.
    """
    if not session.waiting or contact_id in session.waiting:
        return ()
    return _head_letters(session, rosters, now)


def _head_letters(session: Session, rosters: Rosters, now: datetime) -> tuple[Letter, ...]:
    head = session.waiting[0]
    follower = rosters.contacts.read(head)
    waiting = follower.booking(session.id) if follower else None
    if follower is None or waiting is None:
        rosters.sessions.give_back(session, head, ())
        raise TakenError("the head of the line is being deleted, so the line moves up first")
    return placed_letters(follower.contact, replace(waiting, state=BookingState.CONFIRMED), session, now)
