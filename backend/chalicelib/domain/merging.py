"""What becomes of two contacts of one person when staff put them together: what is kept of each, and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Contact, ContactFile, Correction
from chalicelib.domain.contract import contract_record
from chalicelib.domain.days import Attended
from chalicelib.domain.deletion import with_history
from chalicelib.domain.errors import CannotMergeError
from chalicelib.domain.letter import DELETION, Letter, LetterState
from chalicelib.domain.retention import History, Retention
from chalicelib.domain.session import Session

# Of two bookings with one name the later in the list is kept: what is open before what is over, and of a session
# what happened before what was planned.
_APPOINTMENT = [
    BookingState.CANCELLED,
    BookingState.MISSED,
    BookingState.ATTENDED,
    BookingState.REQUESTED,
    BookingState.CONFIRMED,
]
_PLACE = [
    BookingState.CANCELLED,
    BookingState.DECLINED,
    BookingState.INVITED,
    BookingState.WAITING,
    BookingState.MISSED,
    BookingState.CONFIRMED,
    BookingState.ATTENDED,
]

Sealed = TypeVar("Sealed", Contact, Correction)


class Obstacle(StrEnum):
    """Why two contacts cannot be put together; the words are in words/merging.py."""

    SAME = "same"
    SIGNED = "signed"
    APPOINTMENTS = "appointments"
    PAPERS = "papers"
    TOO_SOON = "too_soon"
    SOMEBODY_ELSE = "somebody_else"
    TOO_MUCH = "too_much"


@dataclass(frozen=True)
class Merger:
    """Two contacts as they were read, and what `kept` becomes once all of `gone` is with it.

    `moved` are the bookings of `gone` as they stand from then on; one takes the place of a booking of `kept` with the
    same name. `dropped` are those of which `kept` has a better one: they end with `gone`.
    """

    kept: ContactFile
    gone: ContactFile
    after: Contact
    moved: tuple[Booking, ...]
    dropped: tuple[Booking, ...]

    @property
    def bookings(self) -> tuple[Booking, ...]:
        """All that the person has asked for, as it stands from then on."""
        displaced = {each.about for each in self.moved}
        return (*(each for each in self.kept.bookings if each.about not in displaced), *self.moved)

    @property
    def file(self) -> ContactFile:
        """The one contact that it is from then on, with all that belongs to it."""
        return ContactFile(
            self.after,
            self.bookings,
            tuple(sorted((*self.kept.corrections, *self.corrections), key=lambda each: each.received_at)),
            (*self.kept.vouchers, *self.gone.vouchers),
            (*self.kept.certificates, *self.gone.certificates),
        )

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What further forms of `gone` said, as `kept` has them from then on."""
        return tuple(_still_openable(each, self.gone.contact.id) for each in self.gone.corrections)

    def carried(self, letter: Letter) -> Letter | None:
        """A letter to `gone` as it goes to `kept`; None for one whose news are said otherwise, or not so any more.

        One that was sent keeps its id, by which a mail service may still say that it came back.
        """
        subject = letter.about.partition("#")[0]
        booking = self.gone.booking(subject) or (self.gone.appointment if letter.session_id else None)
        if subject == DELETION or booking in self.dropped:
            return None
        sent = letter.state is LetterState.SENT
        later = self._later(booking) if booking and subject in (booking.about, booking.slot) and not sent else 0
        return replace(letter, contact_id=self.after.id, revision=letter.revision + later)

    def _later(self, booking: Booking) -> int:
        """By how much the revision of a booking grew, so that no letter about it meets one about another."""
        return next(each.revision for each in self.moved if each.about == booking.about) - booking.revision


@dataclass(frozen=True)
class Carried:
    """A letter to the contact that goes, and as it goes to the one that stays, if it does."""

    before: Letter
    after: Letter | None

    @property
    def is_sent(self) -> bool:
        """Whether nobody is to be told any more."""
        return self.before.state is LetterState.SENT


def merged(
    kept: ContactFile, gone: ContactFile, sessions: Mapping[str, Session], retention: Retention, today: date
) -> Merger:
    """Both contacts as one, on a day in Luxembourg; `sessions` are those of all their bookings.

    What `kept` has stays, what it lacks comes from `gone`; what happened is put together, and the deletion day follows.
    Raises CannotMergeError with an Obstacle.
    """
    _refuse_what_only_staff_decide(kept, gone)
    history = _history(kept, gone, sessions)
    after = with_history(_person_of_both(kept.contact, gone.contact), history, retention)
    moved = tuple(
        replace(each, revision=_later_revision(each, own))
        for each in gone.bookings
        if (own := kept.booking(each.about)) is None or _is_better(each, own, kept, gone, sessions)
    )
    names = {each.about for each in moved}
    dropped = tuple(each for each in gone.bookings if each.about not in names)
    merger = Merger(kept, gone, after, moved, dropped)
    _refuse_to_end_too_soon(merger, sessions, today)
    return merger


def _later_revision(booking: Booking, own: Booking | None) -> int:
    """Later than that of the booking whose place it takes; who is invited is invited anew, by a link that works."""
    return booking.revision + (own.revision if own else 0) + (booking.state is BookingState.INVITED)


def _refuse_what_only_staff_decide(kept: ContactFile, gone: ContactFile) -> None:
    signed = {each.contact.history.signed_on for each in (kept, gone)} - {None}
    both_ask = all(each.appointment and each.appointment.state.is_open for each in (kept, gone))
    both_have_papers = all(each.vouchers or each.certificates for each in (kept, gone))
    for why, is_so in (
        (Obstacle.SAME, kept.contact.id == gone.contact.id),
        (Obstacle.SIGNED, len(signed) > 1),
        (Obstacle.APPOINTMENTS, both_ask),
        (Obstacle.PAPERS, both_have_papers),
    ):
        if is_so:
            raise CannotMergeError(why)


def _refuse_to_end_too_soon(merger: Merger, sessions: Mapping[str, Session], today: date) -> None:
    booked = (sessions.get(each.session_id or "") for each in merger.bookings if each.state.is_open)
    last_days = [each.last_day for each in booked if each and not each.cancelled]
    if merger.after.delete_on <= max([today, *last_days]):
        raise CannotMergeError(Obstacle.TOO_SOON)


def _person_of_both(kept: Contact, gone: Contact) -> Contact:
    person = replace(
        kept.person, email=kept.person.email or gone.person.email, phone=kept.person.phone or gone.person.phone
    )
    sealed = kept if kept.sealed_matricule or not gone.sealed_matricule else _still_openable(gone, gone.id)
    return replace(
        kept,
        person=person,
        sealed_matricule=sealed.sealed_matricule,
        sealed_for=sealed.sealed_for,
        mail_mark=kept.mail_mark or gone.mail_mark,
        confirmed=kept.confirmed | gone.confirmed,
    )


def _still_openable(said: Sealed, contact_id: str) -> Sealed:
    """With the id for which its number was sealed, which nobody can seal anew without opening it."""
    return replace(said, sealed_for=said.sealed_for or contact_id) if said.sealed_matricule else said


def _history(kept: ContactFile, gone: ContactFile, sessions: Mapping[str, Session]) -> History:
    both = (kept.contact.history, gone.contact.history)
    signed_on = next((each.signed_on for each in both if each.signed_on), None)
    last_sessions = [each.last_session_on for each in both if each.last_session_on]
    return History(
        last_request_on=max(each.last_request_on for each in both),
        attended=_attended([each for each in both if each.attended_recorded] or both),
        attended_recorded=any(each.attended_recorded for each in both),
        signed_on=signed_on,
        first_measure_on=_first_measure((kept, gone), sessions, signed_on) if signed_on else None,
        last_session_on=max(last_sessions, default=None),
    )


def _attended(histories: Iterable[History]) -> Attended | None:
    """The year runs from the last participation; what staff recorded counts before what the person said."""
    said = [each.attended for each in histories if each.attended]
    return max(said, key=lambda each: (each.last, each.day is not None), default=None)


def _first_measure(files: Iterable[ContactFile], sessions: Mapping[str, Session], signed_on: date) -> date | None:
    """What was recorded under the contract; what was attended under the contact that knew of no contract counts too."""
    days = []
    for file in files:
        unsigned = file.contact.history.signed_on is None
        since = contract_record(file, sessions.values()).first_measure_since(signed_on) if unsigned else None
        days += [file.contact.history.first_measure_on, since]
    return min((day for day in days if day), default=None)


def _is_better(
    other: Booking, own: Booking, kept: ContactFile, gone: ContactFile, sessions: Mapping[str, Session]
) -> bool:
    if own.about == APPOINTMENT:
        return _APPOINTMENT.index(other.state) > _APPOINTMENT.index(own.state)
    if other.state is own.state is BookingState.WAITING:
        line = sessions[own.about].waiting if own.about in sessions else ()
        ours, theirs = (line.index(each) if each in line else len(line) for each in (kept.contact.id, gone.contact.id))
        return theirs < ours
    return _PLACE.index(other.state) > _PLACE.index(own.state)
