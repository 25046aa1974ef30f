"""Moves an appointment or a place in a session to another date: the old one is kept until the new one is sure."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, ContactFile, SignUp
from chalicelib.domain.deletion import with_history
from chalicelib.domain.errors import (
    ChangedMeanwhileError,
    DateGoneError,
    DeletionComesFirstError,
    ReferenceTakenError,
)
from chalicelib.domain.identity import CANDIDATES
from chalicelib.domain.retention import History
from chalicelib.domain.seats import exchanged_letters, full_letter, set_letters
from chalicelib.domain.session import Place, Session, SessionKind
from chalicelib.usecases.admit import Office
from chalicelib.usecases.give_up_place import follower_letters
from chalicelib.usecases.session_ports import Taking
from chalicelib.usecases.settle import settle


def move_booking(contact_id: str, about: str, to: str, office: Office, now: datetime) -> str | None:
    """Moves the booking `about` APPOINTMENT or a session to the session `to` of the same kind, at the aware `now`.

    One transaction takes the new seat, gives back the old place, which goes to the head of its line, and promises the
    letters; where the new seat is gone nothing changes. Gives the reference that holds from then on, or None where
    there is no open booking to move, which does no harm. An appointment keeps its reference, also when it gets its
    first date; a place in a session becomes a new booking under the reference that the form for that session would
    have given, so that both references lead to the person.

    Raises DateGoneError when no seat is free there (a move never leads into a line), DeletionComesFirstError, and
    StoreBusyError when the store stays busy.
    """
    return settle(_Move(contact_id, about, to, office, now).attempt)


def set_date(contact_id: str, seen: str, to: str, office: Office, now: datetime) -> str | None:
    """Gives an appointment the slot `to` for staff, who may use one that is not published, and moves it there.

    `seen` is what `appointment_mark` said when they decided. The letters go to the resident alone. As `move_booking`
    otherwise; raises ChangedMeanwhileError too, when the appointment is not as it was seen any more.
    """
    return settle(_Move(contact_id, APPOINTMENT, to, office, now, seen=seen).attempt)


def appointment_mark(file: ContactFile) -> str:
    """What is different after each change of a contact or its appointment."""
    booking = file.appointment
    if booking is None:
        return str(file.contact.version)
    return f"{file.contact.version}.{booking.revision}.{booking.state.value}.{booking.slot or ''}"


def may_move(booking: Booking, session: Session | None, now: datetime) -> bool:
    """Whether a booking may move at the aware `now`; `session` is where it has its place, if it has one.

    An appointment without a date may get one; nobody moves away from what has begun or was cancelled.
    """
    if session is None:
        return booking.state is BookingState.REQUESTED
    return booking.state.is_open and now < session.start and not session.cancelled


@dataclass
class _Move:
    contact_id: str
    about: str
    to: str
    office: Office
    now: datetime
    turn: int = 0
    seen: str | None = None

    def attempt(self) -> str | None:
        try:
            return self._move()
        except ReferenceTakenError:
            self.turn = min(self.turn + 1, CANDIDATES - 1)
            raise

    def _move(self) -> str | None:
        file = self.office.contacts.read(self.contact_id)
        before = file.booking(self.about) if file else None
        if file is None or before is None:
            return None
        there = file.booking(self.to)
        if there and there.state.is_open:
            return there.reference
        if self.seen is not None and self.seen != appointment_mark(file):
            raise ChangedMeanwhileError
        left = self.office.sessions.read(before.session_id) if before.session_id else None
        if not may_move(before, left, self.now):
            return None
        return self._exchange(file, before, left)

    def _exchange(self, file: ContactFile, before: Booking, left: Session | None) -> str:
        session = self._open_session(left.kind if left else SessionKind.SLOT)
        needs = self._needs(left)
        after = with_history(file.contact, _history(file.contact.history, session), self.office.retention)
        if after.delete_on <= session.last_day:
            raise DeletionComesFirstError
        booking = self._booking(file, before, needs)
        if self.seen is not None:
            letters = set_letters(after, before, booking, session, left, self.now)
        else:
            letters = exchanged_letters(after, before, booking, session, self.now)
        if left:
            letters = (*letters, *follower_letters(left, self.contact_id, self.office.rosters, self.now))
        self.office.contacts.move(after, booking, letters, left, self._taking(session, needs))
        return booking.reference

    def _taking(self, session: Session, needs: tuple[str, ...]) -> Taking:
        return Taking(session, Place.SEAT, needs, full_letter(session, self.now))

    def _open_session(self, kind: SessionKind) -> Session:
        session = self.office.sessions.read(self.to)
        by_staff = self.seen is not None
        if session is None or session.kind is not kind or not (by_staff or session.published):
            raise DateGoneError
        if session.cancelled or session.start <= self.now or not session.places_left:
            raise DateGoneError
        return session

    def _booking(self, file: ContactFile, before: Booking, needs: tuple[str, ...]) -> Booking:
        if before.about == APPOINTMENT:
            return replace(before, revision=before.revision + 1, state=BookingState.CONFIRMED, slot=self.to)
        earlier = file.booking(self.to)
        revision = earlier.revision + 1 if earlier else 1
        form = SignUp(self.to, file.contact.person, needs)
        reference = self.office.identity.references(form, revision)[self.turn]
        return Booking(self.to, reference, revision, BookingState.CONFIRMED, None, self.now, before.doubtful)

    def _needs(self, left: Session | None) -> tuple[str, ...]:
        """What the person needs there moves with them."""
        seat = self.office.sessions.seat(left.id, self.contact_id) if left else None
        return seat.needs if seat else ()


def _history(known: History, session: Session) -> History:
    """A session may be the last day that the person is heard of; the slot of an appointment is not (sign_up)."""
    if session.kind is SessionKind.SLOT:
        return known
    return replace(known, last_session_on=max(session.last_day, known.last_session_on or session.last_day))
