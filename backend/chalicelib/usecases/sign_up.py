"""Signs somebody up for a session: a seat, or a place in the line, in one transaction with its letters."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain.booking import OPEN_AT_MOST, Booking, BookingState, Contact, ContactFile, Correction, SignUp
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import new_contact, with_history
from chalicelib.domain.errors import (
    DeletionComesFirstError,
    ReferenceTakenError,
    SessionClosedError,
    SessionFullError,
    TooManyBookingsError,
)
from chalicelib.domain.identity import CANDIDATES
from chalicelib.domain.letter import about_correction
from chalicelib.domain.retention import History, Retention
from chalicelib.domain.seats import booked_letters, full_letter
from chalicelib.domain.session import Place, Session, SessionKind
from chalicelib.usecases.admit import Office, admit, counts
from chalicelib.usecases.session_ports import Taking
from chalicelib.usecases.settle import settle

# Orientation days are by personal invitation, and a slot belongs to the appointment form.
LISTED = (SessionKind.INFORMATION, SessionKind.CITIZENSHIP)


@dataclass(frozen=True)
class SignedUp:
    """What the receipt may say: the same whenever the same form is sent, so as things were when it came at first.

    `position` in the line counts from 1, as the session was read; others may have come just before, and the letter says
    how things stand. It is 0 where there was a seat.
    """

    reference: str
    delete_on: date
    session: Session
    position: int
    received_at: datetime

    @property
    def place(self) -> Place:
        """What the session had for this form."""
        return Place.WAITING if self.position else Place.SEAT


def sign_up(
    form: SignUp,
    office: Office,
    contact_id: str,
    now: datetime,
    sender: str | None = None,
    *,
    kinds: Container[SessionKind] = LISTED,
) -> SignedUp:
    """Takes a seat, or a place in the line, once for each person and session however often the form is sent.

    `contact_id` is a new random id, `now` is aware, `sender` is the network that the form came from, `kinds` are those
    that people may sign up for. A form that differs from an earlier one of the same person is kept as a correction.
    Raises SessionClosedError, SessionFullError, TooManyBookingsError and DeletionComesFirstError, TooManyRequestsError
    as `admit` does, and StoreBusyError when the store stays busy.
    """
    return settle(_Desk(form, office, contact_id, now, sender, kinds).attempt)


def with_place(known: ContactFile, session: Session, retention: Retention, today: date) -> Contact:
    """The next version of a contact that gets a place. Raises TooManyBookingsError and DeletionComesFirstError."""
    if sum(each.state.is_open for each in known.bookings) >= OPEN_AT_MOST:
        raise TooManyBookingsError
    history = known.contact.history.with_session(today, session.last_day)
    after = with_history(known.contact, history, retention)
    if after.delete_on <= session.last_day:
        raise DeletionComesFirstError
    return after


@dataclass
class _Desk:
    form: SignUp
    office: Office
    contact_id: str
    now: datetime
    sender: str | None
    kinds: Container[SessionKind]
    turn: int = 0

    def attempt(self) -> SignedUp:
        try:
            return self._take()
        except ReferenceTakenError:
            self.turn = min(self.turn + 1, CANDIDATES - 1)
            raise

    def _take(self) -> SignedUp:
        marks = self.office.identity.known_marks(self.form.person)
        known, session = self.office.contacts.find_beside(marks, self.form.session_id)
        if session is None or session.kind not in self.kinds:
            raise SessionClosedError
        booking = known.booking(session.id) if known else None
        if known and booking and booking.state.is_open:
            return self._again(session, known, booking)
        if not session.is_open(self.now):
            raise SessionClosedError
        place = session.offer()
        if place is None:
            raise SessionFullError
        return self._book(session, place, known) if known else self._open(session, place)

    def _again(self, session: Session, known: ContactFile, booking: Booking) -> SignedUp:
        """The same form meets its booking or correction; a differing one becomes a correction."""
        given = self.office.identity.known_references(self.form, booking.revision)
        forms = {booking.reference: booking.requested_at}
        forms |= {each.reference: each.received_at for each in known.corrections}
        earlier = next((each for each in (*forms, *known.contact.confirmed) if each in given), None)
        if earlier is None:
            admit(self.form, self.office, self.now, self.sender)
            earlier = self._correct(known, booking)
        return self._signed_up(earlier, session, booking.first_position, forms.get(earlier, self.now))

    def _open(self, session: Session, place: Place) -> SignedUp:
        history = History(self._today).with_session(self._today, session.last_day)
        contact = new_contact(self.contact_id, self.form.person, None, history, self.office.retention)
        contact = replace(contact, mail_mark=self.office.identity.mail_mark(self.form.person.email))
        booking = self._booking(session, place, revision=1)
        letters = booked_letters(contact, booking, session, self.now)
        marks = self.office.identity.marks(self.form.person)
        self.office.noting(booking.reference)
        self.office.contacts.open(contact, booking, marks, letters, self._taking(session, place))
        return self._signed_up(booking.reference, session, booking.first_position, self.now)

    def _book(self, session: Session, place: Place, known: ContactFile) -> SignedUp:
        before = known.booking(session.id)
        booking = self._booking(session, place, revision=before.revision + 1 if before else 1)
        after = with_place(known, session, self.office.retention, self._today)
        letters = booked_letters(after, booking, session, self.now)
        said = None if self.form.person == known.contact.person else self._said(booking.reference)
        self.office.noting(booking.reference)
        self.office.contacts.book(after, booking, letters, said, self._taking(session, place))
        return self._signed_up(booking.reference, session, booking.first_position, self.now)

    def _correct(self, known: ContactFile, booking: Booking) -> str:
        reference = self.office.identity.references(self.form, booking.revision)[self.turn]
        letters = about_correction(known.contact, reference, self.now)
        self.office.noting(reference)
        self.office.contacts.correct(known.contact.id, self._said(reference), letters)
        return reference

    def _booking(self, session: Session, place: Place, revision: int) -> Booking:
        state = BookingState.CONFIRMED if place is Place.SEAT else BookingState.WAITING
        reference = self.office.identity.references(self.form, revision)[self.turn]
        position = len(session.waiting) + 1 if place is Place.WAITING else 0
        booking = Booking(session.id, reference, revision, state, None, self.now, self.form.doubtful)
        return replace(booking, first_position=position)

    def _taking(self, session: Session, place: Place) -> Taking:
        counted = counts(self.form, self.office, self.now, self.sender)
        return Taking(session, place, self.form.needs, full_letter(session, self.now), counted)

    def _said(self, reference: str) -> Correction:
        return Correction(reference, self.form.person, None, None, None, self.now, self.form.doubtful)

    def _signed_up(self, reference: str, session: Session, position: int, received_at: datetime) -> SignedUp:
        day = day_in_luxembourg(received_at)
        history = History(day).with_session(day, session.last_day)
        return SignedUp(reference, self.office.retention.deletion_day(history), session, position, received_at)

    @property
    def _today(self) -> date:
        return day_in_luxembourg(self.now)
