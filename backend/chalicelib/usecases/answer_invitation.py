"""Takes the answer to the personal invitation to an orientation day; it may be changed while there is room."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.booking import BookingState
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import with_history
from chalicelib.domain.errors import SessionFullError
from chalicelib.domain.seats import booked_letters, full_letter
from chalicelib.domain.session import Place
from chalicelib.usecases.admit import Office
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.invite_signatories import open_day
from chalicelib.usecases.session_ports import Taking
from chalicelib.usecases.settle import settle
from chalicelib.usecases.sign_up import with_place


def accept_invitation(contact_id: str, session_id: str, needs: tuple[str, ...], office: Office, now: datetime) -> None:
    """Takes a seat, or a place in the line, in one transaction with its letters; who has one keeps it.

    Nothing happens for who is gone or was never invited. Raises SessionClosedError, SessionFullError,
    TooManyBookingsError and DeletionComesFirstError, and StoreBusyError when the store stays busy.
    """
    settle(lambda: _accept(contact_id, session_id, needs, office, now))


def decline_invitation(contact_id: str, session_id: str, office: Office, now: datetime) -> None:
    """Notes that somebody does not come, and gives up the place that they had taken.

    Raises SessionClosedError and StoreBusyError likewise.
    """
    settle(lambda: open_day(session_id, office.sessions, now))
    if not give_up_place(contact_id, session_id, office.rosters, now):
        settle(lambda: _decline(contact_id, session_id, office))


def _accept(contact_id: str, session_id: str, needs: tuple[str, ...], office: Office, now: datetime) -> None:
    session = open_day(session_id, office.sessions, now)
    known = office.contacts.read(contact_id)
    booking = known.booking(session_id) if known else None
    if known is None or booking is None or booking.state.is_open:
        return
    place = session.offer()
    if place is None:
        raise SessionFullError
    after = with_place(known, session, office.retention, day_in_luxembourg(now))
    state = BookingState.CONFIRMED if place is Place.SEAT else BookingState.WAITING
    taken = replace(booking, revision=booking.revision + 1, state=state, requested_at=now)
    letters = booked_letters(after, taken, session, now)
    office.contacts.answer(after, taken, letters, Taking(session, place, needs, full_letter(session, now)))


def _decline(contact_id: str, session_id: str, office: Office) -> None:
    known = office.contacts.read(contact_id)
    booking = known.booking(session_id) if known else None
    if known and booking and booking.state is BookingState.INVITED:
        after = with_history(known.contact, known.contact.history, office.retention)
        office.contacts.answer(after, replace(booking, state=BookingState.DECLINED), ())
