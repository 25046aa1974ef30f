"""What a person who signed up for a session is told, and when."""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.booking import Booking, BookingState, Contact
from chalicelib.domain.letter import Letter, LetterKind, LetterState, about_booking, with_call
from chalicelib.domain.session import Session, SessionKind

REMINDER = timedelta(days=2)
CONFIRMATION = timedelta(days=5)


def sign_up_letters(contact: Contact, booking: Booking, session: Session, now: datetime) -> tuple[Letter, ...]:
    """What tells that the place is reserved, or that the person waits, and staff; and with a seat what reminds of it.

    Who has no address is called by staff, as the letter to them says.
    """
    told = LetterKind.IN_LINE if booking.state is BookingState.WAITING else LetterKind.RESERVED
    first = (about_booking(kind, contact, booking, now) for kind in (told, LetterKind.STAFF_REQUEST))
    return (*first, *letters_to_come(contact, booking, session, now))


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
    return (
        *with_call(about_booking(LetterKind.CANCELLED, contact, booking, now)),
        about_booking(LetterKind.STAFF_CANCELLED, contact, booking, now),
    )


def called_off_letters(contact: Contact, booking: Booking, session: Session, now: datetime) -> tuple[Letter, ...]:
    """What tells somebody that the office has cancelled their session."""
    letter = about_booking(LetterKind.CANCELLED, contact, booking, now)
    return with_call(replace(letter, start=session.start.isoformat()))


def moved_letters(
    contact: Contact, booking: Booking, session: Session, known_start: datetime, now: datetime
) -> tuple[Letter, ...]:
    """What tells somebody who has a seat that their session has changed, and reminds of a new time.

    A reminder that was promised for the same time is still good: it is written when it is sent.
    """
    letter = about_booking(LetterKind.RESERVED, contact, booking, now)
    told = with_call(replace(letter, start=f"{session.start.isoformat()}#{session.version}"))
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


def _at(letter: Letter, moment: datetime, session: Session) -> Letter:
    return replace(letter, waiting_since=moment, due_at=moment, start=session.start.isoformat())
