"""The numbers of a month at the desk, and the letter about it, which goes once it is over."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.letter import LetterKind
from chalicelib.usecases.look_at_month import MOST_DEEDS, look_at_month
from chalicelib.usecases.report_month import report_month
from tests.examples import NOW
from tests.fakes.deletions import FakeMonths
from tests.fakes.store import FakeStore
from tests.unit.test_mark_attendance import STAFF, Desk

MINUTE = timedelta(minutes=1)
COMING_AND_GOING = {Act.SIGNED_IN, Act.SIGNED_OUT}


@pytest.fixture
def desk():
    return Desk()


def test_the_forms_deletions_and_deeds_of_a_month_are_counted(desk):
    for who in ("ada", "ben"):
        desk.asked(who)
    desk.signed_up("ada")
    desk.store.deletions["2026-11", "asked"] = 3
    for what in (Act.CALLED, Act.CALLED, Act.DATE_SET):
        desk.audit.note(Deed(NOW, STAFF, what))

    month = look_at_month("2026-11", desk.back, NOW)

    assert month.received == {"slot": 2, "information": 1}
    assert month.report == MonthReport("2026-11", {"asked": 3}, 0)
    assert {act: count for act, count in month.deeds.items() if count} == {Act.CALLED: 2, Act.DATE_SET: 1}
    empty = look_at_month("2026-10", desk.back, NOW)
    assert (empty.received, empty.report, set(empty.deeds.values())) == ({}, MonthReport("2026-10", {}, 0), {0})


def test_all_that_staff_can_do_is_listed_but_when_they_came_and_went(desk):
    for what in Act:
        desk.audit.note(Deed(NOW, STAFF, what))

    assert look_at_month("2026-11", desk.back, NOW).deeds == dict.fromkeys(set(Act) - COMING_AND_GOING, 1)


def test_what_is_overdue_is_counted_by_the_day_in_luxembourg(desk):
    desk.asked("ada")
    delete_on = desk.file("ada").contact.delete_on
    last_hour = datetime(delete_on.year, delete_on.month, delete_on.day, 21, 59, tzinfo=UTC)

    overdue = [look_at_month("2026-11", desk.back, last_hour + wait * MINUTE).report.overdue for wait in (0, 1)]

    assert overdue == [0, 1]


def test_deeds_of_more_than_a_year_ago_are_not_counted(desk):
    desk.audit.note(Deed(NOW, STAFF, Act.CALLED))
    year = timedelta(days=365)

    counted = [
        look_at_month("2026-11", desk.back, NOW + year - wait).deeds[Act.CALLED] for wait in (timedelta(1), timedelta())
    ]

    assert counted == [1, 0]


def test_the_newest_deeds_are_counted_where_there_are_very_many(desk):
    desk.audit.deeds = [Deed(NOW, STAFF, Act.CALLED), *[Deed(NOW + MINUTE, STAFF, Act.DATE_SET)] * MOST_DEEDS]

    deeds = look_at_month("2026-11", desk.back, NOW).deeds

    assert (deeds[Act.CALLED], deeds[Act.DATE_SET]) == (0, MOST_DEEDS)


@pytest.mark.parametrize(
    ("now", "month"),
    [
        pytest.param(datetime(2026, 11, 30, 22, 59, tzinfo=UTC), "2026-10", id="the last minute in Luxembourg"),
        pytest.param(datetime(2026, 11, 30, 23, 0, tzinfo=UTC), "2026-11", id="the first minute in Luxembourg"),
        pytest.param(datetime(2027, 1, 31, 9, tzinfo=UTC), "2026-12", id="over new year"),
    ],
)
def test_the_letter_about_the_month_before_is_promised_once(now, month):
    store = FakeStore()

    assert [report_month(FakeMonths(store), now) for _ in range(2)] == [True, False]

    (letter,) = store.letters.values()
    assert (letter.kind, letter.start, letter.due_at) == (LetterKind.DPO_MONTH, month, now)
