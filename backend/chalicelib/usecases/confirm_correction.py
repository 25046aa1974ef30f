"""Takes over what a further form said of a person, once its owner confirms it: data, marks and the deletion day."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import partial

from chalicelib.domain.booking import APPOINTMENT, Contact, ContactFile, Person
from chalicelib.domain.correcting import corrected
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import change_letters, with_warning
from chalicelib.domain.errors import CannotConfirmError, ChangedMeanwhileError
from chalicelib.domain.letter import CORRECTION, Letter, LetterKind, about_link, promised
from chalicelib.usecases.admit import Office
from chalicelib.usecases.settle import settle


def confirm_correction(contact_id: str, reference: str, office: Office, now: datetime, seen: int | None = None) -> None:
    """Confirms the form of that reference at the aware `now`; one that is gone does no harm.

    One transaction with a letter to staff, with what tells a new deletion day, and with the link to a new address.
    `seen` is the version of the contact on which staff decided, who then need no letter: ChangedMeanwhileError when it
    is another one. Raises CannotConfirmError, with nothing changed, where somebody else goes by what the form says, or
    where the data would be gone before a date that the person has; StoreBusyError when the store stays busy.
    """
    settle(partial(_confirm, contact_id, reference, office, now, seen))


def _confirm(contact_id: str, reference: str, office: Office, now: datetime, seen: int | None) -> None:
    known = office.contacts.read(contact_id)
    correction = known.correction(reference) if known else None
    if known is None or correction is None:
        return
    if seen not in (None, known.contact.version):
        raise ChangedMeanwhileError
    after, appointment = corrected(known, correction, office.retention)
    after = replace(after, mail_mark=office.identity.mail_mark(after.person.email))
    if is_somebody_else(correction.person, {contact_id}, office) or _ends_too_soon(known, after, office, now):
        raise CannotConfirmError
    after, warning = with_warning(after, known.reference, office.retention, now)
    staff = promised(LetterKind.STAFF_CONFIRMED, after, f"{CORRECTION}#{reference}", reference, now)
    told = (staff,) if seen is None else ()
    letters = (*told, *_letters(known, after, now), *warning)
    office.contacts.confirm(after, appointment, office.identity.marks(after.person), reference, letters)


def is_somebody_else(person: Person, own: Collection[str], office: Office) -> bool:
    """Whether a contact that is not among `own` goes by what is said of a person."""
    found = (office.contacts.find([mark]) for mark in office.identity.known_marks(person))
    return any(file is not None and file.contact.id not in own for file in found)


def _ends_too_soon(known: ContactFile, after: Contact, office: Office, now: datetime) -> bool:
    """Whether the data would be gone today, or by the last day of something that the person has a place in."""
    booked = (booking.slot or booking.about for booking in known.bookings if booking.state.is_open)
    sessions = (office.sessions.read(about) for about in booked if about != APPOINTMENT)
    last_days = [session.last_day for session in sessions if session and not session.cancelled]
    return after.delete_on <= max([day_in_luxembourg(now), *last_days])


def _letters(known: ContactFile, after: Contact, now: datetime) -> tuple[Letter, ...]:
    moved = after.person.email is not None and after.person.email != known.contact.person.email
    link = about_link(after, known.reference, now) if moved else ()
    return (*change_letters(known.contact, after, known.reference, now), *link)
