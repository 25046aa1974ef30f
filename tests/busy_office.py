"""An office with much to do: many people and sessions, and all that can wait for staff."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from chalicelib.domain.booking import (
    APPOINTMENT,
    AppointmentRequest,
    Booking,
    BookingState,
    Person,
    SignUp,
    Wish,
)
from chalicelib.domain.days import Attended
from chalicelib.domain.deletion import new_contact
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.letter import LetterKind, LetterState, promised
from chalicelib.domain.retention import History
from chalicelib.domain.session import Meeting, Place, Session, SessionKind
from chalicelib.programme import periods
from chalicelib.storage import items, places
from chalicelib.storage.letter_items import of_letter
from chalicelib.storage.session_items import of_session
from chalicelib.storage.values import to_item
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.mark_attendance import Mark, mark_attendance
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.session_ports import Taking
from chalicelib.usecases.sign_up import sign_up

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
EARLIER = NOW - 60 * DAY
STAFF = "desk@forum-cai.example"
REQUESTS, CALLS, WRITTEN, FORMS, FAILED, INVITED, DEEDS = 60, 20, 20, 10, 10, 60, 300
WISH = Wish(("monday_morning",), "fr", "")
ONE = Person("Unica", "Fictiva", "unica@example.org", "+352621000001", "fr")


def session(session_id: str, kind: SessionKind, start: datetime, capacity: int = 40, **more: Any) -> Session:
    meetings = (Meeting(start, start + timedelta(hours=2), "Hall"),)
    return Session(session_id, kind, ("fr",), meetings, capacity, **{"waiting_max": 20, "published": True} | more)


PLANNED = (
    session("info", SessionKind.INFORMATION, NOW + 20 * DAY, CALLS),
    session("day", SessionKind.ORIENTATION, NOW + 30 * DAY),
    session("slot", SessionKind.SLOT, NOW + 10 * DAY, 1, waiting_max=0),
    session("past", SessionKind.INFORMATION, NOW - 20 * DAY),
    session("course", SessionKind.CITIZENSHIP, NOW - 10 * DAY),
)


def fill(client: Any, table: str, office: BackOffice, contacts: int, sessions: int) -> str:
    """So many people and sessions, those whom staff have to see to among them; a reference of one with all of it."""
    reference = _Day(office).begin()
    writes = ({"PutRequest": {"Item": to_item(each)}} for each in (*_crowd(contacts), *_calendar(sessions)))
    while chunk := list(islice(writes, 25)):
        client.batch_write_item(RequestItems={table: chunk})
    return reference


def _crowd(size: int) -> Iterator[dict[str, Any]]:
    """People who wait for nothing, as a year leaves them."""
    for number in range(size):
        person = Person(f"Numerus {number}", "Multus", f"{number}@example.org", f"+35262{number:07}", "en")
        asked = NOW - (number % 360) * DAY
        contact = new_contact(f"{number:032}", person, None, History(asked.date()), periods.retention())
        booking = Booking(APPOINTMENT, f"NUM-{number}", 1, BookingState.CONFIRMED, WISH, asked)
        letter = replace(
            promised(LetterKind.RECEIVED, contact, APPOINTMENT, booking.reference, asked), state=LetterState.SENT
        )
        yield items.of_contact(contact, frozenset({f"M{number}"}), frozenset({booking.reference}))
        yield items.of_booking(contact.id, booking)
        yield items.by_name(contact)
        yield items.by_phone(contact) or {}
        yield {**places.of_reference(booking.reference), "contact_id": contact.id}
        yield of_letter(letter)


def _calendar(size: int) -> Iterator[dict[str, Any]]:
    """Sessions of the last ten months and the next two, half of them slots."""
    kinds = (SessionKind.SLOT, SessionKind.INFORMATION, SessionKind.SLOT, SessionKind.CITIZENSHIP)
    for number in range(size):
        start = NOW + ((number * 360 / size) - 300) * DAY
        yield of_session(session(f"n{number}", kinds[number % 4], start, 1 if number % 2 == 0 else 30))


@dataclass(frozen=True)
class _Day:
    office: BackOffice

    def begin(self) -> str:
        for each in PLANNED:
            self.office.office.sessions.add(each)
        self._take_forms()
        for number in range(INVITED):
            self._invite(number)
        for number in range(DEEDS):
            self.office.audit.note(Deed(NOW - number * timedelta(minutes=1), STAFF, Act.CALLED, "2222-222A"))
        self._fail()
        return self._with_all()

    def _take_forms(self) -> None:
        for number in range(REQUESTS):
            self._ask(_person(number))
        for number in range(FORMS):
            self._ask(_person(number), replace(WISH, half_days=("friday_afternoon",)))
        for number in range(CALLS + WRITTEN):
            self._sign_up("info", _person(1000 + number, by_phone=number < CALLS))

    def _with_all(self) -> str:
        reference = self._ask(ONE, slot="slot")
        for session_id in ("past", "course"):
            booked = self._sign_up(session_id, ONE, EARLIER)
            mark_attendance(session_id, [Mark(booked, frozenset({1}), "confirmed")], STAFF, self.office, NOW)
        return reference

    def _ask(self, person: Person, wish: Wish = WISH, slot: str | None = None) -> str:
        form = AppointmentRequest(person, None, Attended(2026, 9, 1), wish, slot=slot)
        return request_appointment(form, self.office.office, f"{person.first_name} {wish.half_days}", NOW).reference

    def _sign_up(self, session_id: str, person: Person, now: datetime = NOW) -> str:
        return sign_up(
            SignUp(session_id, person), self.office.office, f"{session_id} {person.first_name}", now
        ).reference

    def _invite(self, number: int) -> None:
        """One of three has a place, one has not answered, one has declined."""
        state = (BookingState.CONFIRMED, BookingState.INVITED, BookingState.DECLINED)[number % 3]
        contacts, day = self.office.office.contacts, self.office.office.sessions.read("day")
        contact = new_contact(f"{number:031}d", _person(2000 + number), None, History(NOW.date()), periods.retention())
        taking = Taking(day, Place.SEAT, ()) if day and state is BookingState.CONFIRMED else None
        contacts.open(contact, Booking("day", f"DAY-{number}", 1, state, None, NOW), [f"day {number}"], (), taking)

    def _fail(self) -> None:
        """The letters that nobody took for days."""
        for letter in list(islice(self.office.outbox.due(NOW), FAILED)):
            claimed = self.office.outbox.claim(letter, NOW)
            if claimed:
                self.office.outbox.settle(claimed, LetterState.FAILED, NOW)


def _person(number: int, *, by_phone: bool = False) -> Person:
    name, email = f"Persona {number}", f"persona-{number}@example.org"
    return Person(name, "Agenda", None if by_phone else email, f"+35266{number:07}" if by_phone else None, "fr")
