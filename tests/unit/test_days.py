"""Days count in Luxembourg, whatever the hour in UTC."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.days import Attended, day_in_luxembourg, moment_in_luxembourg, months_after, years_after


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(datetime(2026, 1, 31, 22, 59, tzinfo=UTC), date(2026, 1, 31), id="winter, before midnight"),
        pytest.param(datetime(2026, 1, 31, 23, 0, tzinfo=UTC), date(2026, 2, 1), id="winter, midnight"),
        pytest.param(datetime(2026, 7, 31, 21, 59, tzinfo=UTC), date(2026, 7, 31), id="summer, before midnight"),
        pytest.param(datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 8, 1), id="summer, midnight"),
    ],
)
def test_a_day_begins_at_midnight_in_luxembourg(moment, day):
    assert day_in_luxembourg(moment) == day


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 11, 21), date(2027, 11, 21)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_a_year_after_29_february_is_28_february(day, later):
    assert years_after(day, 1) == later


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 10), 6, date(2026, 9, 10)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_a_month_that_has_no_such_day_ends_on_its_last(day, months, later):
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-03-15", date(2026, 3, 15), date(2026, 3, 15)),
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("9999-11", date(9999, 11, 1), date(9999, 11, 30)),
    ],
)
def test_a_month_may_have_been_any_of_its_days(written, first, last):
    attended = Attended.read(written)

    assert (attended.first, attended.last, str(attended)) == (first, last, written)


@pytest.mark.parametrize(
    "written",
    ["2026-13", "2026-02-29", "2026-00", "0-1", "2026-4-31", f"{10**40}-1", f"2026-{10**40}", f"2026-1-{10**40}"],
)
def test_a_day_that_no_calendar_has_is_refused(written):
    with pytest.raises(ValueError, match=r"day|month|year|calendar"):
        Attended.read(written)


@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        pytest.param("2026-01-15T09:30", "2026-01-15T08:30+00:00", id="winter"),
        pytest.param("2026-07-15T09:30", "2026-07-15T07:30+00:00", id="summer"),
        pytest.param("2026-10-25T02:30", "2026-10-25T00:30+00:00", id="shown twice"),
    ],
)
def test_what_clocks_show_is_a_moment(shown, moment):
    found = moment_in_luxembourg(datetime.fromisoformat(shown))

    assert found.isoformat(timespec="minutes") == moment
    assert found.tzinfo is UTC


def test_a_time_that_no_clock_shows_is_refused():
    with pytest.raises(ValueError, match="2026-03-29 02:30"):
        moment_in_luxembourg(datetime.fromisoformat("2026-03-29T02:30"))
