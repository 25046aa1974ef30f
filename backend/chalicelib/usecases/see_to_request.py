"""What staff do about a request for an appointment: set its date, refuse it, see to it, and say who came."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from chalicelib.domain.booking import Booking, BookingState, ContactFile, Refusal
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import ChangedMeanwhileError, DeletionComesFirstError, UnknownReferenceError
from chalicelib.domain.seats import refused_letters
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.give_up_place import give_up_place, withdraw_request
from chalicelib.usecases.move_booking import appointment_mark, set_date
from chalicelib.usecases.plan_sessions import plan_sessions
from chalicelib.usecases.settle import settle

# The booking as it is to be, which may be as it is; None where that cannot be.
Change = Callable[[Booking], Booking | None]

_CAME = {BookingState.ATTENDED: Act.NOTED_ATTENDED, BookingState.MISSED: Act.NOTED_MISSED}
_MAY_HAVE_COME = (BookingState.CONFIRMED, *_CAME)


@dataclass(frozen=True)
class RequestDesk:
    """One member of staff at the appointment of one contact, as a page showed it at the aware `now`.

    `seen` is what `appointment_mark` said then. Doing again what was done does no harm. All raise
    ChangedMeanwhileError, with nothing done, when the appointment is not as it was seen any more,
    UnknownReferenceError, and StoreBusyError.
    """

    reference: str
    seen: str
    who: str
    desk: BackOffice
    now: datetime

    def set_date(self, slot_id: str) -> None:
        """Gives the appointment a slot, published or not. Raises what `move_booking` raises."""
        file = self.read()
        if _stands_in(file, slot_id):
            return
        self.refuse_stale(file)
        self.note(Act.DATE_SET)
        if set_date(file.contact.id, self.seen, slot_id, self.desk.office, self.now) is None:
            raise ChangedMeanwhileError

    def make_date(self, meeting: Meeting) -> None:
        """The same with a slot of its own, which nobody else is offered. Raises ImpossiblePlanError too."""
        file = self.read()
        slot = _own_slot(file, meeting)
        if not _stands_in(file, slot.id):
            self.refuse_stale(file)
            if file.contact.delete_on <= slot.last_day:
                raise DeletionComesFirstError
            plan_sessions([slot], self.desk.office.sessions, self.now)
        self.set_date(slot.id)

    def refuse(self, why: Refusal) -> None:
        """Ends the request, gives back its slot, and tells the resident why."""
        self._change(Act.REFUSED, lambda booking: _refused(booking, why))

    def take_up(self) -> None:
        """Says on the resident's own page that somebody sees to it, and to colleagues who."""
        self._change(
            Act.TAKEN_UP, lambda booking: replace(booking, taken_up_by=self.who) if _is_open(booking) else None
        )

    def record(self, came: BookingState) -> None:
        """The person came (ATTENDED) or did not (MISSED), once the appointment has begun."""
        self._change(_CAME[came], lambda booking: replace(booking, state=came) if self._is_past(booking) else None)

    def cancel(self) -> None:
        """The person says that they do not come: the slot is given back, or the request without a date is over."""
        file = self.read()
        if _is_cancelled(file):
            return
        self.refuse_stale(file)
        self.note(Act.GAVE_UP_PLACE)
        if file.appointment and file.appointment.slot:
            give_up_place(file.contact.id, file.appointment.slot, self.desk.rosters, self.now)
        else:
            withdraw_request(file.contact.id, self.desk.office.contacts, self.now)
        if not _is_cancelled(self.read()):
            raise ChangedMeanwhileError

    def _change(self, act: Act, change: Change) -> None:
        if self._wanted(self.read(), change):
            self.note(act)
            settle(lambda: self._store(self.read(), change))

    def _wanted(self, file: ContactFile, change: Change) -> Booking | None:
        """The appointment as it is to be; None where it is so already."""
        after = change(file.appointment) if file.appointment else None
        if after and after == file.appointment:
            return None
        self.refuse_stale(file)
        if after is None:
            raise ChangedMeanwhileError
        return after

    def _store(self, file: ContactFile, change: Change) -> None:
        before, after = file.appointment, self._wanted(file, change)
        if before is None or after is None:
            return
        ends = after.state is BookingState.CANCELLED
        left = self.desk.office.sessions.read(before.slot) if ends and before.slot else None
        letters = refused_letters(file.contact, after, self.now) if ends else ()
        contact = replace(file.contact, version=file.contact.version + 1)
        self.desk.office.contacts.see_to(contact, after, before.state, letters, day_in_luxembourg(self.now), left)

    def read(self) -> ContactFile:
        file = self.desk.office.contacts.find_reference(self.reference)
        if file is None:
            raise UnknownReferenceError(self.reference)
        return file

    def refuse_stale(self, file: ContactFile) -> None:
        if appointment_mark(file) != self.seen:
            raise ChangedMeanwhileError

    def note(self, act: Act) -> None:
        self.desk.audit.note(Deed(self.now, self.who, act, self.reference))

    def _is_past(self, booking: Booking) -> bool:
        session = self.desk.office.sessions.read(booking.slot) if booking.slot else None
        return booking.state in _MAY_HAVE_COME and session is not None and session.start <= self.now


def _is_cancelled(file: ContactFile) -> bool:
    return file.appointment is not None and file.appointment.state is BookingState.CANCELLED


def _is_open(booking: Booking) -> bool:
    return booking.state in (BookingState.REQUESTED, BookingState.CONFIRMED)


def _refused(booking: Booking, why: Refusal) -> Booking | None:
    after = replace(booking, state=BookingState.CANCELLED, refused=why)
    return after if _is_open(booking) or booking == after else None


def _stands_in(file: ContactFile, slot_id: str) -> bool:
    booking = file.appointment
    return booking is not None and booking.state is BookingState.CONFIRMED and booking.slot == slot_id


def _own_slot(file: ContactFile, meeting: Meeting) -> Session:
    """The same for the same meeting, so that a form sent twice makes one; its id says nothing of the person."""
    wish = file.appointment.wish if file.appointment else None
    if wish is None:
        raise ChangedMeanwhileError
    of_all = f"{file.contact.id}\0{meeting.start.isoformat()}\0{meeting.end.isoformat()}\0{meeting.place}"
    name = f"slot-{sha256(of_all.encode()).hexdigest()[:24]}"
    return Session(name, SessionKind.SLOT, (wish.meeting_language,), (meeting,), capacity=1, waiting_max=0)
