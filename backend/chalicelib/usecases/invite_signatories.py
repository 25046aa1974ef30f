"""Invites everybody who has signed to an orientation day, once for each person and day; may be cut off and goes on."""

from collections import Counter
from contextlib import suppress
from datetime import datetime

from chalicelib.domain import invitation
from chalicelib.domain.booking import Booking, BookingState, ContactFile, SignUp
from chalicelib.domain.deletion import with_history
from chalicelib.domain.errors import (
    ReferenceTakenError,
    SessionClosedError,
    StoreBusyError,
    TakenError,
    UnknownReferenceError,
    UnreadableItemError,
)
from chalicelib.domain.session import Session, SessionKind
from chalicelib.usecases.admit import Office
from chalicelib.usecases.session_ports import Sessions
from chalicelib.usecases.settle import settle

Counts = dict[str, int]


def invite_signatories(session_id: str, office: Office, now: datetime) -> Counts:
    """Invites all who may come and have no place in an orientation day yet, one transaction a person, and counts them.

    What a run that dies has left is done by `go_on_inviting`. Raises SessionClosedError as `open_day` does, and
    StoreBusyError.
    """
    return dict(_invite_all(ask_to_invite(session_id, office, now), office, now))


def ask_to_invite(session_id: str, office: Office, now: datetime) -> Session:
    """Lets `go_on_inviting` invite all who may come. Raises SessionClosedError and StoreBusyError likewise."""
    session = settle(lambda: open_day(session_id, office.sessions, now))
    settle(lambda: office.sessions.begin_inviting(session.id))
    return session


def invite_one(session_id: str, reference: str, office: Office, now: datetime) -> str:
    """Invites the contact that has a reference, and says what came of it; as above, and UnknownReferenceError."""
    session = open_day(session_id, office.sessions, now)
    known = office.contacts.find_reference(reference)
    if known is None:
        raise UnknownReferenceError
    return settle(lambda: _invite(known.contact.id, session, office, now))


def go_on_inviting(office: Office, now: datetime) -> Counts:
    """Ends what an earlier run has left, and counts it; a day that is off or over is left alone."""
    counts: Counter[str] = Counter()
    for session_id in office.sessions.inviting():
        try:
            counts += _invite_all(open_day(session_id, office.sessions, now), office, now)
        except SessionClosedError:
            office.sessions.all_invited(session_id)
    return dict(counts)


def open_day(session_id: str, sessions: Sessions, now: datetime) -> Session:
    """The orientation day, while people can answer: published, going ahead, not begun. Raises SessionClosedError."""
    session = sessions.read(session_id)
    if session is None or session.kind is not SessionKind.ORIENTATION or not session.is_open(now):
        raise SessionClosedError
    return session


def _invite_all(session: Session, office: Office, now: datetime) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for contact_id in office.contacts.signatories(session.last_day):
        try:
            outcomes[_invite(contact_id, session, office, now)] += 1
        except UnreadableItemError:
            outcomes["unreadable"] += 1
        except (StoreBusyError, TakenError):
            outcomes["left for the next run"] += 1
    if not outcomes["left for the next run"]:
        office.sessions.all_invited(session.id)
    return outcomes


def _invite(contact_id: str, session: Session, office: Office, now: datetime) -> str:
    """What came of it. Raises TakenError when the contact was changed meanwhile."""
    known = office.contacts.read(contact_id)
    if known is None or not invitation.is_for(known.contact, session, office.retention):
        return "contract ends before"
    if known.booking(session.id):
        return "invited before"
    if any(_comes(booking, office.sessions, now) for booking in known.bookings):
        return "comes to another day"
    _store(known, session, office, now)
    return "invited"


def _comes(booking: Booking, sessions: Sessions, now: datetime) -> bool:
    """Whether somebody was at an orientation day, has a seat in one, or waits for one to come."""
    if booking.wish is not None or not (booking.state.is_open or booking.state is BookingState.ATTENDED):
        return False
    day = sessions.read(booking.about)
    over = booking.state is BookingState.WAITING and (day is None or day.start <= now)
    return day is not None and day.kind is SessionKind.ORIENTATION and not over


def _store(known: ContactFile, session: Session, office: Office, now: datetime) -> None:
    after = with_history(known.contact, known.contact.history, office.retention)
    for reference in office.identity.references(SignUp(session.id, after.person), revision=1):
        booking = Booking(session.id, reference, 1, BookingState.INVITED, None, now)
        letters = invitation.invitation_letters(after, booking, session, now)
        with suppress(ReferenceTakenError):
            office.contacts.book(after, booking, letters)
            return
    raise TakenError("each reference is taken by chance")
