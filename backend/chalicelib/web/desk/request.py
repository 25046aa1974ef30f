"""All about one request: what was asked for, by whom, how far it has got, what was written, and what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.booking import Booking, BookingState, ContactFile, Correction
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import Letter
from chalicelib.domain.session import Session, SessionKind
from chalicelib.letters.told import as_stored, differences
from chalicelib.usecases.move_booking import appointment_mark
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.visit import Visit
from chalicelib.web.pages import render
from chalicelib.words.answers import ANSWERS
from chalicelib.words.catalogues import words
from chalicelib.words.choices import SESSIONS
from chalicelib.words.desk import LETTER_STATES, LETTERS, STATES
from chalicelib.words.refusals import REFUSALS

SLOTS_SHOWN = 50


@dataclass(frozen=True)
class Possible:
    """What can be done about a booking that was read with the `session` of its place, if it has one."""

    booking: Booking
    session: Session | None
    visit: Visit

    @property
    def is_appointment(self) -> bool:
        return self.booking.wish is not None

    @property
    def is_ahead(self) -> bool:
        """It waits for an answer, or for its day."""
        if self.session is None:
            return self.booking.state is BookingState.REQUESTED
        return self.booking.state is BookingState.CONFIRMED and self.visit.now < self.session.start

    @property
    def has_begun(self) -> bool:
        came = (BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.MISSED)
        return self.session is not None and self.session.start <= self.visit.now and self.booking.state in came

    @property
    def can_be_taken_up(self) -> bool:
        return self.is_ahead and self.booking.taken_up_by != self.visit.user


def show(visit: Visit, reference: str) -> Answer:
    """The contact to which the reference leads; 404 where there is none, or not any more."""
    return page(visit, reference)


def page(visit: Visit, reference: str, status: int = 200, summary: str = "") -> Answer:
    """The same, with a `summary` of what is wrong and what was typed."""
    file, letters = find_with_letters(visit, reference)
    if file is None:
        return nothing_stored(visit)
    wish = file.appointment.wish if file.appointment else None
    named = (*(each.session_id for each in file.bookings), *(each.slot for each in file.corrections))
    sessions = visit.office.office.sessions.read_all([each for each in named if each])
    booked = [Possible(each, sessions.get(each.session_id or ""), visit) for each in file.bookings]
    slots = _free_slots(visit) if any(each.is_appointment and each.is_ahead for each in booked) else []
    content = render(
        "desk/request.html",
        visit.language,
        file=file,
        person=as_stored(file.contact, wish, visit.language),
        booked=booked,
        slots=slots,
        refusals=REFUSALS,
        answers=ANSWERS,
        seen=appointment_mark(file),
        action=visit.address(visit.language),
        typed=visit.posted,
        tomorrow=(day_in_luxembourg(visit.now) + timedelta(days=1)).isoformat(),
        latest=(file.contact.delete_on - timedelta(days=1)).isoformat(),
        differing=[
            (each, differences(file.contact, wish, each, visit.language), _wished(each, file, sessions))
            for each in file.corrections
        ],
        letters=letters,
        sessions=SESSIONS,
        states=STATES,
        kinds=LETTERS,
        letter_states=LETTER_STATES,
        day_of=day_in_luxembourg,
        path_of=ways.path_of,
    )
    # NOTE: title of a page of the desk; %(reference)s is one such as 7KPX-2M4Q
    title = words(visit.language).gettext("Request %(reference)s") % {"reference": reference}
    return visit.page(title, content, status, summary)


def find(visit: Visit, reference: str) -> ContactFile | None:
    return visit.office.office.contacts.find_reference(reference) if ways.is_reference(reference) else None


def find_with_letters(visit: Visit, reference: str) -> tuple[ContactFile | None, Sequence[Letter]]:
    """The same with its letters, the oldest first."""
    contacts = visit.office.office.contacts
    file, letters = contacts.find_with_letters(reference) if ways.is_reference(reference) else (None, ())
    return file, sorted(letters, key=lambda each: each.waiting_since)


def nothing_stored(visit: Visit) -> Answer:
    # NOTE: title of a page of the desk: no request has this reference
    title = words(visit.language).gettext("Nothing is stored under this reference")
    return visit.page(title, render("desk/no_request.html", visit.language), 404)


def _wished(correction: Correction, file: ContactFile, sessions: Mapping[str, Session]) -> Session | None:
    """The slot that a further form asks for instead of the one that the appointment has."""
    kept = file.appointment.slot if file.appointment else None
    return sessions.get(correction.slot) if correction.slot and correction.slot != kept else None


def _free_slots(visit: Visit) -> list[Session]:
    """Those that are not published too, the next ones first."""
    planned = visit.office.office.sessions.planned(SessionKind.SLOT, visit.now)
    free = (each for each in planned if each.places_left and not each.cancelled and visit.now < each.start)
    return sorted(free, key=lambda each: each.start)[:SLOTS_SHOWN]
