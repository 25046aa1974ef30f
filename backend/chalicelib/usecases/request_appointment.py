"""Takes a request for an appointment: stored with its letters, once, however often it is sent."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain.booking import (
    APPOINTMENT,
    AppointmentRequest,
    Booking,
    BookingState,
    Contact,
    ContactFile,
    Correction,
)
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import new_contact, with_history, with_warning
from chalicelib.domain.errors import ReferenceTakenError
from chalicelib.domain.identity import CANDIDATES
from chalicelib.domain.letter import Letter, LetterKind, promised
from chalicelib.domain.retention import History
from chalicelib.usecases.admit import Office, admit
from chalicelib.usecases.move_deletion_day import move_deletion_day
from chalicelib.usecases.settle import settle


@dataclass(frozen=True)
class Accepted:
    """What the receipt may say: all of it follows from the form and the day, nothing from what is stored."""

    reference: str
    delete_on: date


def request_appointment(
    request: AppointmentRequest, office: Office, contact_id: str, now: datetime, sender: str | None = None
) -> Accepted:
    """Stores the request, or finds that it is stored already, or keeps it as a correction of an earlier one.

    `contact_id` is a new random id, `now` is aware, `sender` is the network that the form came from. The same form gets
    the same reference, a differing one its own. Raises TooManyRequestsError for many forms about one person from one
    network in a day, or for one mail address, and StoreBusyError when the store stays busy.
    """
    return settle(_Desk(request, office, contact_id, now, sender).attempt)


@dataclass
class _Desk:
    """One request on its way; what a lost race has shown already is kept for the next attempt."""

    request: AppointmentRequest
    office: Office
    contact_id: str
    now: datetime
    sender: str | None
    turn: int = 0

    def attempt(self) -> Accepted:
        try:
            return self._take()
        except ReferenceTakenError:
            self.turn = min(self.turn + 1, CANDIDATES - 1)
            raise

    @property
    def today(self) -> date:
        return day_in_luxembourg(self.now)

    @property
    def delete_on(self) -> date:
        return self.office.retention.deletion_day(self.history)

    @property
    def history(self) -> History:
        return History(self.today, self.request.attended)

    def _take(self) -> Accepted:
        known = self.office.contacts.find(self.office.identity.known_marks(self.request.person))
        if known is None:
            admit(self.request, self.office, self.now, self.sender)
            return self._open()
        booking = known.appointment
        if booking is None:
            admit(self.request, self.office, self.now, self.sender)
            return self._book(known)
        given = self.office.identity.known_references(self.request, booking.revision)
        if booking.reference in given:
            return self._repeat(known, booking)
        for correction in known.corrections:
            if correction.reference in given:
                return Accepted(correction.reference, self.delete_on)
        admit(self.request, self.office, self.now, self.sender)
        return self._correct(known, booking)

    def _open(self) -> Accepted:
        request, identity, contact_id = self.request, self.office.identity, self.contact_id
        reference = identity.references(request, revision=1)[self.turn]
        booking = self._booking(reference)
        sealed = self._sealed(contact_id)
        contact = new_contact(contact_id, request.person, sealed, self.history, self.office.retention)
        contact, warning = with_warning(contact, reference, self.office.retention, self.now)
        letters = (*self._letters(contact, APPOINTMENT, reference), *warning)
        self.office.contacts.open(contact, booking, identity.marks(request.person), letters)
        return Accepted(reference, self.delete_on)

    def _book(self, known: ContactFile) -> Accepted:
        """For a contact that only signed up so far; what the form says of the person is to be confirmed."""
        reference = self.office.identity.references(self.request, revision=1)[self.turn]
        said = self._said(known.contact, reference)
        history = replace(known.contact.history, last_request_on=self.today)
        after = with_history(known.contact, history, self.office.retention)
        letters = self._letters(after, APPOINTMENT, reference)
        self.office.contacts.book(after, self._booking(reference), letters, said)
        return Accepted(reference, self.delete_on)

    def _repeat(self, known: ContactFile, booking: Booking) -> Accepted:
        """Who never took part and asks again is kept a year from now; nothing else moves."""
        asked_again = replace(known.contact.history, last_request_on=self.today)
        if self.office.retention.deletion_day(asked_again) > known.contact.delete_on:
            move_deletion_day(known, asked_again, self.office.contacts, self.office.retention, self.now)
        return Accepted(booking.reference, self.delete_on)

    def _correct(self, known: ContactFile, booking: Booking) -> Accepted:
        contact = known.contact
        reference = self.office.identity.references(self.request, booking.revision)[self.turn]
        letters = self._letters(contact, f"CORRECTION#{reference}", reference)
        self.office.contacts.correct(contact.id, self._said(contact, reference), letters)
        return Accepted(reference, self.delete_on)

    def _booking(self, reference: str) -> Booking:
        request = self.request
        return Booking(APPOINTMENT, reference, 1, BookingState.REQUESTED, request.wish, self.now, request.doubtful)

    def _said(self, contact: Contact, reference: str) -> Correction:
        request, sealed = self.request, self._sealed(contact.id)
        return Correction(reference, request.person, sealed, request.attended, request.wish, self.now, request.doubtful)

    def _sealed(self, contact_id: str) -> bytes | None:
        return self.office.seal.close(self.request.matricule, contact_id) if self.request.matricule else None

    def _letters(self, contact: Contact, about: str, reference: str) -> tuple[Letter, ...]:
        """One to the resident, at the address that is stored, and one to staff, who phone where there is none."""
        kinds = (LetterKind.RECEIVED, LetterKind.STAFF_REQUEST)
        return tuple(promised(kind, contact, about, reference, self.now) for kind in kinds)
