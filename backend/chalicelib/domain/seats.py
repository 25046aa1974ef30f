"""What a person who signed up for a session is told, and when."""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Contact
from chalicelib.domain.letter import (
    Letter,
    LetterKind,
    LetterState,
    about_booking,
    about_full_session,
    promised,
    with_call,
)
from chalicelib.domain.session import Session, SessionKind

REMINDER = timedelta(days=2)
CONFIRMATION = timedelta(days=5)


def full_letter(session: Session, now: datetime) -> Letter | None:
    """What tells staff that a session is full, unless they were told of this version; a slot is for one anyway."""
    if session.kind is SessionKind.SLOT or session.full_told == session.version:
        return None
    return about_full_session(session.id, session.version, now)


def booked_letters(contact: Contact, booking: Booking, session: Session, now: datetime) -> tuple[Letter, ...]:
    """The first letters about a booking: to the resident, to staff, who call where there is no address, and later."""
    told = (_kind_for(booking), LetterKind.STAFF_REQUEST)
    return (
        *(about_booking(kind, contact, booking, now) for kind in told),
        *letters_to_come(contact, booking, session, now),
    )


def exchanged_letters(
    contact: Contact, before: Booking, booking: Booking, session: Session, now: datetime
) -> tuple[Letter, ...]:
    """What tells that a booking has moved to `session`; the place before goes from the calendar of who has mail."""
    if before.session_id is None:
        return booked_letters(contact, booking, session, now)
    told = (_kind_for(booking), LetterKind.STAFF_MOVED)
    # An appointment is the same booking before and after, so its next revision tells one move from another.
    revision = booking.revision if booking.about == before.about else before.revision
    left = replace(about_booking(LetterKind.MOVED, contact, before, now), revision=revision)
    return (
        *(about_booking(kind, contact, booking, now) for kind in told),
        *((left,) if left.state is LetterState.WAITING else ()),
        *letters_to_come(contact, booking, session, now),
    )


def set_letters(
    contact: Contact, before: Booking, booking: Booking, session: Session, left: Session | None, now: datetime
) -> tuple[Letter, ...]:
    """What tells the resident of a date that staff have set for an appointment, or moved from the slot `left`."""
    told = about_booking(LetterKind.APPOINTMENT, contact, booking, now)
    later = letters_to_come(contact, booking, session, now)
    if left is None:
        return (*with_call(told), *later)
    gone = about_booking(LetterKind.MOVED, contact, before, now)
    gone = replace(gone, revision=booking.revision, start=_changed_by_staff(left))
    in_calendar = (gone,) if gone.state is LetterState.WAITING else ()
    return (*with_call(replace(told, start=_changed_by_staff(session))), *in_calendar, *later)


def refused_letters(contact: Contact, booking: Booking, now: datetime) -> tuple[Letter, ...]:
    """What tells somebody that the office gives no appointment, and why; never about a slot, which it may have lost."""
    letter = promised(LetterKind.REFUSED, contact, APPOINTMENT, booking.reference, now)
    return with_call(replace(letter, revision=booking.revision))


def placed_letters(contact: Contact, booking: Booking, session: Session, now: datetime) -> tuple[Letter, ...]:
    """What tells somebody that a seat came free for them, and what will remind of it.

    Less than 48 hours before the session, staff phone whoever has a phone, since a mail may be read too late.
    """
    letter = about_booking(LetterKind.PLACED, contact, booking, now)
    if contact.person.phone and not session.places_silently(now):
        letter = replace(letter, state=LetterState.BY_PHONE)
    return (*with_call(letter), *letters_to_come(contact, booking, session, now))


def cancelled_letters(contact: Contact, booking: Booking, now: datetime) -> tuple[Letter, ...]:
    """What confirms to the resident that a place was given up, and tells staff."""
    staff = about_booking(LetterKind.STAFF_CANCELLED, contact, booking, now)
    return (*with_call(about_booking(LetterKind.CANCELLED, contact, booking, now)), staff)


def called_off_letters(contact: Contact, booking: Booking, session: Session, now: datetime) -> tuple[Letter, ...]:
    """What tells somebody that the office has cancelled their session, and staff who needs another slot."""
    # The request goes on in the same revision and may be withdrawn next: without a start both would have one id.
    letter, staff = (
        replace(about_booking(kind, contact, booking, now), start=session.start.isoformat())
        for kind in (LetterKind.CANCELLED, LetterKind.STAFF_CANCELLED)
    )
    return (*with_call(letter), *((staff,) if session.kind is SessionKind.SLOT else ()))


def moved_letters(
    contact: Contact, booking: Booking, session: Session, known_start: datetime, now: datetime
) -> tuple[Letter, ...]:
    """What tells somebody that the session of their seat or place in the line has changed, and reminds of a new time.

    A reminder that was promised for the same time is still good: it is written when it is sent.
    """
    letter = about_booking(_kind_for(booking), contact, booking, now)
    told = with_call(replace(letter, start=_changed_by_staff(session)))
    return (*told, *(letters_to_come(contact, booking, session, now) if session.start != known_start else ()))


def letters_to_come(contact: Contact, booking: Booking, session: Session, now: datetime) -> tuple[Letter, ...]:
    """The reminder two days before, and for a course its confirmation five days before; at once when that is over.

    They are promised with a seat, and each for one start: a session that moves promises anew.
    Source: fact sheet, "a registration confirmation is sent shortly before the start of the course".
    """
    if booking.state is not BookingState.CONFIRMED:
        return ()
    kinds = {LetterKind.REMINDER: REMINDER}
    if session.kind is SessionKind.CITIZENSHIP:
        kinds[LetterKind.COURSE_CONFIRMATION] = CONFIRMATION
    letters = (
        _at(about_booking(kind, contact, booking, now), max(now, session.start - before), session)
        for kind, before in kinds.items()
    )
    return tuple(each for letter in letters for each in with_call(letter))


def _changed_by_staff(session: Session) -> str:
    """The start of a letter that tells of a change by staff."""
    return f"{session.start.isoformat()}#{session.version}"


def _kind_for(booking: Booking) -> LetterKind:
    """The letter that tells what was booked: the place is reserved, the date is set, or the person waits."""
    if booking.state is BookingState.WAITING:
        return LetterKind.IN_LINE
    return LetterKind.APPOINTMENT if booking.about == APPOINTMENT else LetterKind.RESERVED


def _at(letter: Letter, moment: datetime, session: Session) -> Letter:
    return replace(letter, waiting_since=moment, due_at=moment, start=session.start.isoformat())
