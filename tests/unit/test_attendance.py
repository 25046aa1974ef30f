"""What follows from who came, for the booking, the deletion day and the contract; each rule beside its neighbour."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.attendance import history_after, meetings_begun, noted
from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.contract import ContractRecord
from chalicelib.domain.days import Attended
from chalicelib.domain.retention import History
from chalicelib.domain.session import SessionKind
from tests.contract_examples import DAY, SIGNED, attended, session
from tests.examples import NOW

ON = date(2026, 5, 9)
DAY_OF = Attended(ON.year, ON.month, ON.day)
INFORMATION = session(SessionKind.INFORMATION, ON)
COURSE = session(SessionKind.CITIZENSHIP, ON, ON + 7 * DAY)
ASKED = History(date(2026, 2, 1))
BOOKING = Booking("one", "REF", 1, BookingState.CONFIRMED, None, NOW)


def history(known, of, *, came, was_there=()):
    return history_after(ContractRecord(known, (), was_there), of, came=came)


def test_a_meeting_has_begun_at_its_first_moment():
    start = COURSE.meetings[1].start

    assert meetings_begun(COURSE, start) == (1, 2)
    assert meetings_begun(COURSE, start - timedelta(seconds=1)) == (1,)


def test_who_is_noted_before_the_last_meeting_has_a_seat_still():
    too_early = replace(BOOKING, state=BookingState.ATTENDED, present=(1, 2))

    assert noted(too_early, COURSE, {1, 2}, COURSE.start) == replace(BOOKING, present=(1,))


@pytest.mark.parametrize(
    ("known", "after"),
    [
        pytest.param(ASKED, ON, id="nothing said"),
        pytest.param(replace(ASKED, attended=Attended(2026, 6)), ON, id="a later month claimed"),
        pytest.param(ASKED.took_part(ON - DAY), ON, id="an earlier one recorded"),
        pytest.param(ASKED.took_part(ON + DAY), ON + DAY, id="a later one recorded"),
    ],
)
def test_what_staff_record_overrides_what_was_said_and_the_latest_counts(known, after):
    assert history(known, INFORMATION, came=True) == known.took_part(after)


def test_who_is_noted_as_missing_keeps_what_else_is_known():
    claimed = replace(ASKED, attended=DAY_OF)
    there = (attended(SessionKind.INFORMATION, ON),)

    assert history(claimed, INFORMATION, came=False) == claimed
    assert history(ASKED.took_part(ON + DAY), INFORMATION, came=False, was_there=there) == ASKED.took_part(ON + DAY)
    assert history(ASKED.took_part(ON), INFORMATION, came=False, was_there=there) == ASKED


@pytest.mark.parametrize("first", [ON, ON + 3 * DAY], ids=["on that day", "on another day"])
def test_a_first_measure_that_staff_recorded_stays_when_somebody_missed_a_course(first):
    known = replace(ASKED, signed_on=SIGNED, first_measure_on=first)

    assert history(known, COURSE, came=False) == known


def test_only_the_measure_of_a_course_is_taken_back_with_it():
    there = (attended(SessionKind.CITIZENSHIP, ON, ON + 7 * DAY),)
    begun, begun_before = (replace(ASKED, signed_on=SIGNED, first_measure_on=each) for each in (ON, ON - DAY))

    assert history(begun, COURSE, came=False, was_there=there).first_measure_on is None
    assert history(begun_before, COURSE, came=False, was_there=there) == begun_before


def test_a_slot_says_nothing_of_the_first_measure():
    known = replace(ASKED, signed_on=SIGNED, first_measure_on=ON)

    assert history(known, session(SessionKind.SLOT, ON), came=False) == known
    assert history(known, session(SessionKind.SLOT, ON - DAY), came=True) == known


def test_a_measure_without_a_contract_is_none():
    there = (attended(SessionKind.CITIZENSHIP, ON, ON + 7 * DAY), attended(SessionKind.ORIENTATION, ON, name="two"))
    known = replace(ASKED, first_measure_on=ON)

    assert history(known, COURSE, came=False, was_there=there) == ASKED
