"""What the API and the letters say in one language, as JSON: `python -m tests.site.answers CODE`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from html import escape
from itertools import product
from urllib.parse import urlencode

import vobject

from chalicelib.domain import link
from chalicelib.domain.booking import BookingState, ContactFile, Refusal
from chalicelib.domain.errors import (
    DateGoneError,
    DeletionComesFirstError,
    StoreBusyError,
    TooManyLinksError,
    TooManyRequestsError,
)
from chalicelib.domain.letter import Letter, LetterKind, LetterState, about_full_session
from chalicelib.domain.news import Matter
from chalicelib.domain.retention import NEVER_TOOK_PART, SIGNED, TOOK_PART
from chalicelib.domain.session import SessionKind
from chalicelib.forms.appointment import AppointmentForm
from chalicelib.forms.sign_up import SignUpForm
from chalicelib.letters.message import CalendarFile
from chalicelib.usecases.post_room import Subject
from chalicelib.web.checker import CheckerDesk
from chalicelib.web.invitations import Invitations
from chalicelib.web.links import LinkDesk
from chalicelib.web.own_page import OwnPage
from chalicelib.web.pages import Pages, setting
from chalicelib.web.problems import PROBLEMS, keep_answers, problem
from chalicelib.web.receipts import AppointmentReceipt, PlaceReceipt, Receipts
from chalicelib.web.request import FormData, Request
from tests.examples import NOW
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore
from tests.letter_examples import (
    ABOUT_NOBODY,
    COURSE,
    FILE,
    FULL,
    FURTHER,
    INFORMATION,
    INVITATIONS,
    LINK_KEYS,
    ORIENTATION,
    PLACES,
    REFERENCE,
    REPORT,
    SIGN_IN,
    SLOT,
    START,
    SUMMER,
    file_of,
    letter,
    refusal,
    sign_up,
    under_rule,
    writer,
)

SITE = "https://forum-cai.example"
PAGES = Pages("demonstration")
WRONG = {
    **{name: ["1"] for name in ("first_name", "surname", "matricule", "phone", "email", "half_days")},
    "attended_on-month": ["13"],
    "attended_on-year": ["2026"],
    "message": ["1" * 501],
}


def forms(language: str) -> Iterator[tuple[str, str]]:
    for name, fields in {"empty form": {}, "form with mistakes": WRONG}.items():
        form = AppointmentForm.read(FormData(fields), setting(language, NOW.date()))
        form.validate()
        yield name, PAGES.appointment(language, form)
    for refused in (StoreBusyError(), DateGoneError(), DeletionComesFirstError()):
        again = keep_answers(refused, language, lambda notice: PAGES.appointment(language, form, (SLOT,), notice))
        yield f"form to send again, {type(refused).__name__}", again.body
    for name, slots in {"dates": (SLOT,), "no dates": (), "unknown dates": None}.items():
        yield f"form with {name}", PAGES.appointment(language, slots=slots)


def dates(language: str) -> Iterator[tuple[str, str]]:
    full = replace(INFORMATION, id="full", taken=INFORMATION.capacity, waiting=("x",) * INFORMATION.waiting_max)
    line = replace(INFORMATION, id="line", taken=INFORMATION.capacity, waiting=(), example=True)
    for name, sessions in {"all": (INFORMATION, line, full), "full": (full,), "none": (), "unknown": None}.items():
        yield f"dates, {name}", PAGES.sign_up(SessionKind.INFORMATION, sessions, language)
    yield "dates of a course", PAGES.sign_up(SessionKind.CITIZENSHIP, (COURSE,), language)
    for name, fields in {"empty": {}, "wrong": {"session": ["a b"], "needs": ["1"], "email": ["1"]}}.items():
        form = SignUpForm.read(FormData(fields), setting(language, NOW.date()))
        form.validate()
        yield f"sign-up, {name}", PAGES.sign_up(SessionKind.INFORMATION, (INFORMATION,), language, form)


def receipts(language: str) -> Iterator[tuple[str, str]]:
    desk = Receipts(LINK_KEYS)
    for by_phone in (True, False):
        received = AppointmentReceipt(REFERENCE, by_phone, date(2027, 12, 1), date(2026, 12, 1))
        placed = (
            PlaceReceipt(REFERENCE, by_phone, date(2027, 12, 1), session.kind, session.meetings, position, came)
            for session, position, came in product((INFORMATION, COURSE), (0, 3), (NOW, START - timedelta(hours=1)))
        )
        for receipt in (received, replace(received, meetings=SLOT.meetings), *placed):
            token = desk.address(receipt, language, NOW).rpartition("/")[2]
            yield f"receipt: {receipt}", desk.show(token, language, PAGES, NOW).body


def problems(language: str) -> Iterator[tuple[str, str]]:
    for cause in PROBLEMS:
        happened = cause(timedelta(hours=1)) if cause in (TooManyLinksError, TooManyRequestsError) else cause
        happened = happened() if isinstance(happened, type) else happened
        yield f"problem: {cause}", problem(happened, language, PAGES).body


def checks(language: str) -> Iterator[tuple[str, str]]:
    desk = CheckerDesk(SITE, PAGES)
    for name, answers in {"unsure": {}, "young": {"age": "young", "residence": "legal", "settle": "no"}}.items():
        yield f"checker, {name}", desk.post(Request(body=urlencode(answers).encode()), language, NOW).body


def own_pages(language: str) -> Iterator[tuple[str, str]]:
    for form in (None, FURTHER):
        store = FakeStore({"c1": FILE})
        page = OwnPage(SITE, PAGES, partial(fake_office, store), LINK_KEYS)
        token = link.token(LINK_KEYS, "c1", FILE.contact.link_version, form)
        yield f"own page, form: {form}", page.show(token, language, NOW).body
        yield f"erased, form: {form}", page.post(Request(body=b"act=erase"), token, language, NOW).body


def own_contracts(language: str) -> Iterator[tuple[str, str]]:
    """Each sentence that a contract may have on the own page."""
    for name, today in {"runs": NOW, "is over": NOW + timedelta(days=1500)}.items():
        page = OwnPage(SITE, PAGES, partial(fake_office, FakeStore({"c1": under_rule(SIGNED)})), LINK_KEYS)
        yield f"own page, contract that {name}", page.show(link.token(LINK_KEYS, "c1", 1), language, today).body


def own_places(language: str) -> Iterator[tuple[str, str]]:
    for name, state, changes in (
        ("reserved", BookingState.CONFIRMED, {}),
        ("waiting", BookingState.WAITING, {"waiting": ("c1",)}),
        ("given up", BookingState.CANCELLED, {}),
        ("off", BookingState.CANCELLED, {"cancelled": True}),
    ):
        booking = replace(FILE.bookings[0], about=COURSE.id, state=state, wish=None)
        store = FakeStore({"c1": replace(FILE, bookings=(booking,))}, sessions={COURSE.id: replace(COURSE, **changes)})
        store.sessions["another"] = replace(COURSE, id="another")
        page = OwnPage(SITE, PAGES, partial(fake_office, store), LINK_KEYS)
        token = link.token(LINK_KEYS, "c1", FILE.contact.link_version)
        yield f"own page, place: {name}", page.show(token, language, NOW).body
        yield f"own page, place: {name}, later", page.show(token, language, SUMMER + timedelta(days=1)).body
        yield f"counter, place: {name}", page.show_counter(token, language, NOW).body


def own_appointments(language: str) -> Iterator[tuple[str, str]]:
    for state, told, slot in product(BookingState, LetterState, (None, SLOT.id, "off")):
        booking = replace(FILE.bookings[0], state=state, slot=slot)
        slots = {"off": replace(SLOT, id="off", cancelled=True), "other": replace(SLOT, id="other"), SLOT.id: SLOT}
        store = FakeStore({"c1": replace(FILE, bookings=(booking,))}, sessions=slots)
        store.promise([replace(letter(LetterKind.RECEIVED), state=told), sent(LetterKind.STAFF_REQUEST)])
        page = OwnPage(SITE, PAGES, partial(fake_office, store), LINK_KEYS)
        token = link.token(LINK_KEYS, "c1", FILE.contact.link_version)
        if (state is BookingState.CONFIRMED and slot == SLOT.id) or (state is BookingState.REQUESTED and slot is None):
            yield f"dates: {state}, {told}", page.show_dates(token, "APPOINTMENT", language, NOW).body
        yield f"own page, appointment: {state}, date: {slot}, letter: {told}", page.show(token, language, NOW).body
    for name, changes in {
        "refused": {"refused": Refusal.CONDITIONS},
        "taken up": {"taken_up_by": SIGN_IN.user},
    }.items():
        store = FakeStore({"c1": replace(FILE, bookings=(replace(FILE.bookings[0], **changes),))})
        store.promise([sent(LetterKind.STAFF_REQUEST)])
        page = OwnPage(SITE, PAGES, partial(fake_office, store), LINK_KEYS)
        yield f"own page, appointment: {name}", page.show(token, language, NOW).body


def links(language: str) -> Iterator[tuple[str, str]]:
    desk = LinkDesk(SITE, PAGES, partial(fake_office, FakeStore()))
    yield "link again", desk.show(language).body
    for email in ("nobody", "nobody@example.org"):
        yield f"link again, to {email}", desk.post(Request(body=b"email=" + email.encode()), language, NOW).body
    for reachable in (FILE, file_of(email=None)):
        page = OwnPage(SITE, PAGES, partial(fake_office, FakeStore({"c1": reachable})), LINK_KEYS)
        until = NOW if reachable is FILE else None
        token = link.token(LINK_KEYS, "c1", FILE.contact.link_version, until=until)
        yield f"own page, link until {until}", page.show(token, language, NOW).body
        yield (
            f"own page, with all data, until {until}",
            page.show(
                link.token(LINK_KEYS, "c1", FILE.contact.link_version, until=NOW + timedelta(minutes=1)), language, NOW
            ).body,
        )
        yield f"link to all data, until {until}", page.post(Request(body=b"act=link"), token, language, NOW).body


def sent(kind: LetterKind) -> Letter:
    return replace(letter(kind), state=LetterState.SENT)


def invitations(language: str) -> Iterator[tuple[str, str]]:
    for state, changes in product(
        ("invited", "declined", "confirmed", "waiting", "cancelled"),
        ({}, {"taken": 2}, {"taken": 2, "waiting_max": 0}, {"cancelled": True}),
    ):
        waiting = ("c1",) if state == "waiting" else ()
        booking = replace(FILE.bookings[0], about=ORIENTATION.id, state=BookingState(state), wish=None)
        session = replace(ORIENTATION, waiting=waiting, **changes)
        store = FakeStore({"c1": replace(FILE, bookings=(booking,))}, sessions={session.id: session})
        page = Invitations(SITE, PAGES, partial(fake_office, store), LINK_KEYS)
        token = link.invitation_token(LINK_KEYS, "c1", FILE.contact.link_version, session.id)
        yield f"invitation, {state}, {changes}", page.show(token, language, NOW).body


def letters(language: str) -> Iterator[tuple[str, str]]:
    write = writer("demonstration", staff__language=language).compose
    for kind, rule, further in product(LetterKind, (NEVER_TOOK_PART, TOOK_PART, SIGNED), (False, True)):
        file = under_rule(rule)
        file = replace(file, contact=replace(file.contact, person=replace(file.contact.person, language=language)))
        for number, (promised, subject) in enumerate(letters_of(kind, file, further)):
            written = write(promised, subject)
            name = f"{kind}, {number}, rule: {rule}, further: {further}"
            yield f"{name}, text", f"<title>{escape(written.subject)}</title><pre>{escape(written.text)}</pre>"
            yield f"{name}, html", written.html
            yield f"{name}, calendar", "".join(map(event, written.calendars))


def event(file: CalendarFile) -> str:
    """What a calendar shows of a file."""
    read = vobject.readOne(file.content).vevent
    return f"<p>{escape(read.summary.value)}</p><pre>{escape(read.description.value)}</pre>"


def refusals(language: str) -> Iterator[tuple[str, str]]:
    write = writer("demonstration", staff__language=language).compose
    for why, session in product(Refusal, (None, SLOT)):
        written = write(*refusal(file_of(language=language), session, reason=why))
        yield (
            f"refused: {why}, {session}, text",
            f"<title>{escape(written.subject)}</title><pre>{escape(written.text)}</pre>",
        )
        yield f"refused: {why}, {session}, html", written.html
    said = write(*refusal(file_of(language=language), news=LetterKind.REFUSED))
    yield "refused, by phone", said.html


def letters_of(kind: LetterKind, file: ContactFile, further: bool) -> Iterator[tuple[Letter, Subject]]:
    """Each way in which a letter of that kind may be written; `further` changes what it is about, where it can."""
    if kind in ABOUT_NOBODY:
        yield _about_nobody(kind, file.contact.person.language)
    elif kind in PLACES or kind in (LetterKind.STAFF_CANCELLED, LetterKind.STAFF_MOVED):
        sessions = (COURSE if further else INFORMATION, ORIENTATION, SLOT)
        yield from (sign_up(kind, file, replace(session, cancelled=further)) for session in sessions)
        yield from (sign_up(kind, file, session, start=f"{START.isoformat()}#1") for session in (INFORMATION, SLOT))
    elif kind in INVITATIONS:
        yield sign_up(kind, file, ORIENTATION)
    else:
        yield letter(kind, further=further), Matter(file)
    if kind is LetterKind.STAFF_REQUEST:
        yield from (sign_up(kind, file, session) for session in (INFORMATION, SLOT))
        yield sign_up(kind)[0], sign_up(LetterKind.IN_LINE, file)[1]
    if kind is LetterKind.STAFF_CALL:
        sessions = (INFORMATION, SLOT, replace(SLOT, cancelled=True))
        yield from (sign_up(kind, file, session, news) for session, news in product(sessions, sorted(PLACES)))
        yield from (sign_up(kind, file, ORIENTATION, news) for news in sorted(INVITATIONS | {LetterKind.CANCELLED}))


def _about_nobody(kind: LetterKind, language: str) -> tuple[Letter, Subject]:
    if kind is LetterKind.STAFF_FULL:
        return about_full_session(FULL.id, FULL.version, NOW), FULL
    return letter(kind), {"dpo_month": REPORT}.get(kind, replace(SIGN_IN, language=language))


def main(language: str) -> None:
    parts = (
        *(forms, dates, receipts, problems, checks),
        *(own_pages, own_contracts, own_places, own_appointments, links, invitations, letters, refusals),
    )
    print(json.dumps({name: html for part in parts for name, html in part(language)}))  # noqa: T201 - this is its answer


if __name__ == "__main__":
    main(sys.argv[1])
