"""Gives up a place in a session: it goes to the head of the line, in the same transaction, or is free."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.booking import Booking, BookingState, ContactFile
from chalicelib.domain.letter import Letter
from chalicelib.domain.seats import cancelled_letters, placed_letters
from chalicelib.domain.session import Session
from chalicelib.usecases.ports import Contacts
from chalicelib.usecases.session_ports import Sessions
from chalicelib.usecases.settle import settle


def give_up_place(contact_id: str, session_id: str, contacts: Contacts, sessions: Sessions, now: datetime) -> bool:
    """Ends one person's place at the aware `now`; False when they have none any more, which does no harm.

    Whoever is first in the line sits down with it and is told. Raises StoreBusyError when the store stays busy.
    """
    return settle(lambda: _attempt(contact_id, session_id, contacts, sessions, now))


def _attempt(contact_id: str, session_id: str, contacts: Contacts, sessions: Sessions, now: datetime) -> bool:
    file, session = contacts.read(contact_id), sessions.read(session_id)
    booking = file.booking(session_id) if file else None
    if file is None or session is None or booking is None or not booking.state.is_open:
        return False
    told = cancelled_letters(file.contact, booking, now)
    sessions.give_back(session, contact_id, (*told, *_to_follower(session, booking, contacts, now)))
    return True


def _to_follower(session: Session, booking: Booking, contacts: Contacts, now: datetime) -> tuple[Letter, ...]:
    """What the head of the line is told, when a seat and not just a place in the line is given up."""
    if booking.state is not BookingState.CONFIRMED or not session.waiting:
        return ()
    follower = contacts.read(session.waiting[0])
    placed = _placed(follower, session.id) if follower else None
    return placed_letters(follower.contact, placed, session, now) if follower and placed else ()


def _placed(file: ContactFile, session_id: str) -> Booking | None:
    waiting = file.booking(session_id)
    return replace(waiting, state=BookingState.CONFIRMED) if waiting else None
