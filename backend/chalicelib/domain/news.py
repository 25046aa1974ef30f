"""Whether what a letter about a session or a deletion day says is still so at the moment when it is sent."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.booking import Booking, BookingState, ContactFile
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.session import Session, SessionKind


@dataclass(frozen=True)
class Matter:
    """What a letter is written from: a contact with what belongs to it, and the session if it is about one."""

    file: ContactFile
    session: Session | None = None


def place_in(file: ContactFile, session: Session) -> Booking | None:
    """The booking as far as a session is concerned: in a slot that it has left, an appointment counts as cancelled."""
    booking = file.booking(session.about)
    return replace(booking, state=BookingState.CANCELLED) if booking and _has_left(booking, session) else booking


# The states of a booking in which the news of each kind are so.
_STATES = {
    LetterKind.APPOINTMENT: {BookingState.CONFIRMED},
    LetterKind.MOVED: {BookingState.CANCELLED},
    LetterKind.STAFF_MOVED: {BookingState.CONFIRMED},
    LetterKind.RESERVED: {BookingState.CONFIRMED},
    LetterKind.IN_LINE: {BookingState.WAITING},
    LetterKind.PLACED: {BookingState.CONFIRMED},
    LetterKind.REMINDER: {BookingState.CONFIRMED},
    LetterKind.COURSE_CONFIRMATION: {BookingState.CONFIRMED},
    LetterKind.STAFF_REQUEST: {BookingState.CONFIRMED, BookingState.WAITING},
    LetterKind.INVITATION: {BookingState.INVITED},
    LetterKind.INVITATION_REMINDER: {BookingState.INVITED},
    LetterKind.CANCELLED: {BookingState.CANCELLED},
    LetterKind.STAFF_CANCELLED: {BookingState.CANCELLED},
}
_OF_A_DAY = (LetterKind.DELETION_WARNING, LetterKind.DELETION_DAY_CHANGED)
_OF_A_REQUEST = (LetterKind.REFUSED, LetterKind.STAFF_CANCELLED)
_OF_THE_END = (LetterKind.CANCELLED, LetterKind.MOVED, LetterKind.STAFF_CANCELLED)


def still_true(letter: Letter, matter: Matter, now: datetime) -> bool:
    """Whether its news are still so at the aware `now`: a session, the end of a request, a deletion day; others are.

    A call stands for the letter whose news it says.
    """
    kind = LetterKind(letter.news) if letter.news else letter.kind
    if kind in _OF_A_DAY:
        return letter.start == matter.file.contact.delete_on.isoformat()
    if letter.session_id is None:
        return kind not in _OF_A_REQUEST or _is_ended(letter, kind, matter.file)
    session = matter.session
    booking = place_in(matter.file, session) if session else None
    if booking is None or session is None or not _is_same(booking, letter, session):
        return False
    return booking.state in _STATES[kind] and (kind in _OF_THE_END or _is_ahead(letter, booking, matter, now))


def still_full(letter: Letter, session: Session, now: datetime) -> bool:
    """Whether a session that goes ahead is still full, in the version that the letter is about."""
    ahead = not session.cancelled and now < session.start
    return ahead and session.version == letter.revision and session.offer() is None


def _is_ended(letter: Letter, kind: LetterKind, file: ContactFile) -> bool:
    """Whether the appointment ended so, by the office or by its owner, and nothing was asked for anew since."""
    ended = file.appointment
    if ended is None or ended.state is not BookingState.CANCELLED or ended.revision != letter.revision:
        return False
    return (ended.refused is not None) == (kind is LetterKind.REFUSED)


def _is_same(booking: Booking, letter: Letter, session: Session) -> bool:
    """Whether it is the booking that the letter is about; what has left a slot may have moved on since."""
    return booking.revision == letter.revision or _has_left(booking, session)


def _has_left(booking: Booking, session: Session) -> bool:
    return session.kind is SessionKind.SLOT and booking.slot != session.id


def _is_ahead(letter: Letter, booking: Booking, matter: Matter, now: datetime) -> bool:
    """Whether the session goes ahead when the letter says, and who waits by their booking stands in the line."""
    session = matter.session
    if session is None or session.cancelled or session.start <= now:
        return False
    start, _, version = letter.start.partition("#")
    waits = booking.state is BookingState.WAITING
    return (
        start in ("", session.start.isoformat())
        and version in ("", str(session.version))
        and waits == (matter.file.contact.id in session.waiting)
    )
