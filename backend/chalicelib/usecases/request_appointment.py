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
from chalicelib.domain.errors import DateGoneError, DeletionComesFirstError, ReferenceTakenError
from chalicelib.domain.identity import CANDIDATES
from chalicelib.domain.letter import Letter, LetterKind, about_booking, about_correction
from chalicelib.domain.retention import History
from chalicelib.domain.seats import booked_letters
from chalicelib.domain.session import Place, Session, SessionKind
from chalicelib.usecases.admit import Office, admit
from chalicelib.usecases.move_deletion_day import move_deletion_day
from chalicelib.usecases.session_ports import Taking
from chalicelib.usecases.settle import settle


@dataclass(frozen=True)
class Accepted:
    """What the receipt may say: all of it follows from the form and the day, nothing from what is stored.

    `slot` is the date that the form chose, as it is now.
    """

    reference: str
    delete_on: date
    slot: Session | None = None


def request_appointment(
    request: AppointmentRequest, office: Office, contact_id: str, now: datetime, sender: str | None = None
) -> Accepted:
    """Stores the request, or finds that it is stored already, or keeps it as a correction of an earlier one.

    `contact_id` is a new random id, `now` is aware, `sender` is the network that the form came from. The same form gets
    the same reference, a differing one its own. A slot that was chosen is taken with the request. Raises DateGoneError
    when somebody else has it or it is not open, DeletionComesFirstError when the contact is deleted before it is over,
    TooManyRequestsError for many forms about one person from one network in a day, or for one mail address, and
    StoreBusyError when the store stays busy.
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
        slot = self._slot()
        known = self.office.contacts.find(self.office.identity.known_marks(self.request.person))
        booking = known.appointment if known else None
        if known and booking and booking.state.is_open:
            return self._again(known, booking, slot)
        admit(self.request, self.office, self.now, self.sender)
        return self._book(known, slot) if known else self._open(slot)

    def _slot(self) -> Session | None:
        if self.request.slot is None:
            return None
        slot = self.office.sessions.read(self.request.slot)
        if slot is None or slot.kind is not SessionKind.SLOT:
            raise DateGoneError
        return slot

    def _again(self, known: ContactFile, booking: Booking, slot: Session | None) -> Accepted:
        """The same form meets its booking or correction; a differing one becomes a correction."""
        given = self.office.identity.known_references(self.request, booking.revision)
        if booking.reference in given:
            self._ask_again(known)
            return self._accepted(booking.reference, slot)
        references = (*(each.reference for each in known.corrections), *known.contact.confirmed)
        earlier = next((each for each in references if each in given), None)
        return self._accepted(earlier or self._correct(known, booking, slot), slot)

    def _open(self, slot: Session | None) -> Accepted:
        request, identity, contact_id = self.request, self.office.identity, self.contact_id
        self._refuse_late_or_taken(slot, self.delete_on)
        booking = self._booking(slot, revision=1)
        sealed = self._sealed(contact_id)
        contact = new_contact(contact_id, request.person, sealed, self.history, self.office.retention)
        contact = replace(contact, mail_mark=identity.mail_mark(request.person.email))
        contact, warning = with_warning(contact, booking.reference, self.office.retention, self.now)
        letters = (*self._letters(contact, booking, slot), *warning)
        self.office.noting(booking.reference)
        self.office.contacts.open(contact, booking, identity.marks(request.person), letters, _seat(slot))
        return self._accepted(booking.reference, slot)

    def _book(self, known: ContactFile, slot: Session | None) -> Accepted:
        """For a contact without an open appointment; what the form says of the person is to be confirmed."""
        before = known.appointment
        history = replace(known.contact.history, last_request_on=self.today)
        after = with_history(known.contact, history, self.office.retention)
        self._refuse_late_or_taken(slot, after.delete_on)
        booking = self._booking(slot, revision=before.revision + 1 if before else 1)
        said = replace(self._said(known.contact, booking.reference), slot=None)
        letters = self._letters(after, booking, slot)
        self.office.noting(booking.reference)
        self.office.contacts.book(after, booking, letters, said, _seat(slot))
        return self._accepted(booking.reference, slot)

    def _ask_again(self, known: ContactFile) -> None:
        """Who never took part and asks again is kept a year from now; others are once nothing else counts any more."""
        asked_again = replace(known.contact.history, last_request_on=self.today)
        if self.today > known.contact.history.last_request_on:
            move_deletion_day(known, asked_again, self.office.contacts, self.office.retention, self.now)

    def _correct(self, known: ContactFile, booking: Booking, slot: Session | None) -> str:
        """Names the slot that it wishes for and takes none: whoever knows a name could move an appointment."""
        admit(self.request, self.office, self.now, self.sender)
        if slot and slot.id != booking.slot:
            self._refuse_late_or_taken(slot, known.contact.delete_on)
        contact = known.contact
        reference = self.office.identity.references(self.request, booking.revision)[self.turn]
        letters = about_correction(contact, reference, self.now)
        self.office.noting(reference)
        self.office.contacts.correct(contact.id, self._said(contact, reference), letters)
        return reference

    def _refuse_late_or_taken(self, slot: Session | None, delete_on: date) -> None:
        """`delete_on` is the day that follows from what is stored; what was posted counts as well."""
        if slot is None:
            return
        if not slot.is_open(self.now) or not slot.places_left:
            raise DateGoneError
        if min(delete_on, self.delete_on) <= slot.last_day:
            raise DeletionComesFirstError

    def _booking(self, slot: Session | None, revision: int) -> Booking:
        request = self.request
        reference = self.office.identity.references(request, revision)[self.turn]
        state = BookingState.CONFIRMED if slot else BookingState.REQUESTED
        return Booking(APPOINTMENT, reference, revision, state, request.wish, self.now, request.doubtful, request.slot)

    def _said(self, contact: Contact, reference: str) -> Correction:
        form, sealed = self.request, self._sealed(contact.id)
        return Correction(reference, form.person, sealed, form.attended, form.wish, self.now, form.doubtful, form.slot)

    def _sealed(self, contact_id: str) -> bytes | None:
        return self.office.seal.close(self.request.matricule, contact_id) if self.request.matricule else None

    def _letters(self, contact: Contact, booking: Booking, slot: Session | None) -> tuple[Letter, ...]:
        """One to the resident, at the address that is stored, and one to staff, who phone where there is none."""
        if slot:
            return booked_letters(contact, booking, slot, self.now)
        kinds = (LetterKind.RECEIVED, LetterKind.STAFF_REQUEST)
        return tuple(about_booking(kind, contact, booking, self.now) for kind in kinds)

    def _accepted(self, reference: str, slot: Session | None) -> Accepted:
        return Accepted(reference, self.delete_on, slot)


def _seat(slot: Session | None) -> Taking | None:
    return Taking(slot, Place.SEAT, ()) if slot else None
