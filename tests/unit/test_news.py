"""A letter about a session is sent only while what it says is so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.letter import LetterKind, about_full_session, call_for
from chalicelib.domain.news import Matter, still_full, still_true
from chalicelib.letters.invitation import KINDS as INVITATIONS
from chalicelib.letters.place import KINDS as PLACES
from tests.examples import NOW
from tests.letter_examples import ABOUT_NOBODY, FILE, FULL, INFORMATION, SLOT, START, letter, refusal, sign_up

SEAT = frozenset({"reserved", "placed", "reminder", "course_confirmation", "appointment"})
OPEN = SEAT | {"staff_request", "staff_moved"}
LINE = frozenset({"waiting", "staff_request"})
UNANSWERED = frozenset({"invitation", "invitation_reminder"})
END = frozenset({"cancelled", "moved", "staff_cancelled"})
STAFF = [LetterKind.STAFF_REQUEST, LetterKind.STAFF_CANCELLED, LetterKind.STAFF_MOVED]
KINDS = [*sorted(PLACES | INVITATIONS), *STAFF]


def case(state=BookingState.CONFIRMED, revision=1, waiting=("c9",), now=NOW, **session):
    return state, revision, replace(INFORMATION, waiting=waiting, **session), now


CONFIRMED, WAITING, CANCELLED = BookingState.CONFIRMED, BookingState.WAITING, BookingState.CANCELLED
# What became of the booking and its session since a letter was promised, and the kinds of letters that are still sent.
SINCE = {
    "a seat": (case(), OPEN),
    "in the line": (case(WAITING, waiting=("c9", "c1")), LINE),
    "in the line by the booking, and seated already by the session": (case(WAITING), frozenset()),
    "invited": (case(BookingState.INVITED), UNANSWERED),
    "invited, and it has begun": (case(BookingState.INVITED, now=START), frozenset()),
    "invited, and it is off": (case(BookingState.INVITED, cancelled=True), frozenset()),
    "declined": (case(BookingState.DECLINED), frozenset()),
    "given up": (case(CANCELLED), END),
    "given up, and signed up anew": (case(revision=2), frozenset()),
    "given up, and waiting anew": (case(WAITING, revision=2, waiting=("c1",)), frozenset()),
    "given up twice": (case(CANCELLED, revision=2), frozenset()),
    "called off, and not told yet": (case(cancelled=True), frozenset()),
    "called off while waiting": (case(WAITING, waiting=("c1",), cancelled=True), frozenset()),
    "called off, and told": (case(CANCELLED, cancelled=True), END),
    "about to begin": (case(now=START - timedelta(seconds=1)), OPEN),
    "begun": (case(now=START), frozenset()),
    "given up, and begun": (case(CANCELLED, now=START), END),
    "there": (case(BookingState.ATTENDED), frozenset()),
    "not there": (case(BookingState.MISSED), frozenset()),
}


def facts(kind, since, start=""):
    state, revision, session, now = since
    promised, matter = sign_up(kind, session=session, start=start)
    booking = replace(matter.file.booking(session.id), state=state, revision=revision)
    return promised, Matter(replace(matter.file, bookings=(*FILE.bookings, booking)), session), now


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("since", SINCE)
def test_a_letter_is_sent_while_its_news_are_so(since, kind):
    happened, sent = SINCE[since]
    promised, matter, now = facts(kind, happened)

    assert still_true(promised, matter, now) == (kind in sent)
    assert still_true(call_for(promised), matter, now) == (kind in sent)


@pytest.mark.parametrize("kind", ["reminder", "course_confirmation", "reserved"])
@pytest.mark.parametrize(
    ("start", "sent"),
    [
        pytest.param(START.isoformat(), True, id="as promised"),
        pytest.param(f"{START.isoformat()}#1", True, id="this change"),
        pytest.param(f"{START.isoformat()}#2", False, id="another change"),
        pytest.param((START + timedelta(hours=1)).isoformat(), False, id="moved since"),
    ],
)
def test_a_letter_for_a_start_is_not_sent_once_the_session_has_moved(kind, start, sent):
    assert still_true(*facts(LetterKind(kind), case(), start)) == sent


def test_the_news_that_the_office_has_cancelled_are_so_whatever_the_start_was():
    assert still_true(*facts(LetterKind.CANCELLED, case(CANCELLED, cancelled=True), "2026-12-01T09:00:00+00:00"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slot", [None, "another"], ids=["staff cancelled it", "moved on"])
def test_of_a_slot_that_an_appointment_has_left_only_its_end_is_told(kind, slot):
    promised, matter = sign_up(kind, session=SLOT)
    moved_on = replace(matter.file.appointment, state=CONFIRMED, revision=7, slot=slot)
    left = replace(matter, file=replace(matter.file, bookings=(moved_on,)))

    assert still_true(promised, left, NOW) == (kind in END)


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_slot_that_somebody_came_back_to_the_end_is_not_told(kind):
    promised, matter = sign_up(kind, session=SLOT)
    back = replace(matter.file.appointment, state=CONFIRMED)

    assert still_true(promised, replace(matter, file=replace(matter.file, bookings=(back,))), NOW) == (kind in OPEN)


def test_nothing_is_said_of_a_session_or_a_booking_that_is_not_there():
    promised, matter = sign_up(LetterKind.RESERVED)

    assert not still_true(promised, replace(matter, session=None), NOW)
    assert not still_true(promised, replace(matter, file=FILE), NOW)


@pytest.mark.parametrize(
    "kind", [kind for kind in LetterKind if kind not in {*KINDS, *ABOUT_NOBODY, "refused"} or kind == "staff_request"]
)
def test_what_is_about_no_session_is_always_sent(kind):
    assert still_true(letter(kind), Matter(FILE), NOW + timedelta(days=999))
    assert letter(kind, further=True).session_id is None


@pytest.mark.parametrize(
    ("session", "true"),
    [
        (FULL, True),
        (replace(FULL, waiting=("c7",)), False),
        (replace(FULL, version=2), False),
        (replace(FULL, cancelled=True), False),
    ],
    ids=["full", "a place came free", "changed since", "cancelled"],
)
def test_a_session_is_called_full_while_it_is(session, true):
    assert still_full(about_full_session("info", 1, NOW), session, NOW) == true
    assert not still_full(about_full_session("info", 1, NOW), session, session.start)


@pytest.mark.parametrize("news", [None, LetterKind.REFUSED], ids=["letter", "call"])
def test_a_refusal_is_told_until_the_person_asks_again(news):
    told, matter = refusal(news=news)
    (ended,) = matter.file.bookings
    anew = replace(matter.file, bookings=(replace(ended, refused=None, revision=2, state=BookingState.REQUESTED),))

    assert still_true(told, matter, NOW + timedelta(days=999))
    assert not still_true(told, Matter(anew), NOW)


def test_staff_hear_of_a_withdrawn_request_until_the_person_asks_again():
    told = letter(LetterKind.STAFF_CANCELLED)
    (booking,) = FILE.bookings
    withdrawn, refused = replace(booking, state=CANCELLED), replace(booking, state=CANCELLED, refused="conditions")
    anew = replace(booking, revision=2)

    assert still_true(told, Matter(replace(FILE, bookings=(withdrawn,))), NOW + timedelta(days=999))
    for other in (anew, refused, booking):
        assert not still_true(told, Matter(replace(FILE, bookings=(other,))), NOW)


@pytest.mark.parametrize("kind", [LetterKind.DELETION_WARNING, LetterKind.DELETION_DAY_CHANGED])
@pytest.mark.parametrize("days", [0, 1, 700])
def test_a_deletion_day_is_told_while_it_is_the_day(kind, days):
    contact = replace(FILE.contact, delete_on=FILE.contact.delete_on + timedelta(days=days))
    matter = Matter(replace(FILE, contact=contact))

    assert still_true(letter(kind), matter, NOW) == (days == 0)
    assert still_true(call_for(letter(kind)), matter, NOW) == (days == 0)
