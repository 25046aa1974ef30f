"""One year after participation, after the last request of who never took part, or after the contract's end."""

from datetime import date

import pytest

from chalicelib.domain.days import Attended
from chalicelib.domain.retention import NEVER_TOOK_PART, SIGNED, TOOK_PART, History
from chalicelib.programme import periods

TODAY = date(2026, 11, 21)


@pytest.fixture
def retention():
    return periods.retention()


@pytest.mark.parametrize(
    ("history", "rule", "day"),
    [
        pytest.param(History(TODAY), NEVER_TOOK_PART, date(2027, 11, 21), id="never took part"),
        pytest.param(History(date(2028, 2, 29)), NEVER_TOOK_PART, date(2029, 2, 28), id="asked on 29 February"),
        pytest.param(History(TODAY, Attended(2026, 10, 12)), TOOK_PART, date(2027, 10, 12), id="took part on a day"),
        pytest.param(History(TODAY, Attended(2026, 10)), TOOK_PART, date(2027, 10, 31), id="took part in a month"),
        pytest.param(
            History(TODAY, Attended(2028, 2, 29)), TOOK_PART, date(2029, 2, 28), id="took part on 29 February"
        ),
        pytest.param(
            History(TODAY, Attended(2026, 10), signed_on=date(2026, 12, 1)), SIGNED, date(2029, 12, 1), id="signed"
        ),
        pytest.param(
            History(TODAY, signed_on=date(2026, 12, 1), first_measure_on=date(2027, 3, 15)),
            SIGNED,
            date(2030, 3, 15),
            id="signed, first measure begun",
        ),
        pytest.param(
            History(TODAY, signed_on=date(2028, 2, 29)), SIGNED, date(2031, 2, 28), id="signed on 29 February"
        ),
    ],
)
def test_a_contact_is_deleted_by_the_rule_that_applies(retention, history, rule, day):
    assert (retention.rule(history), retention.deletion_day(history)) == (rule, day)


def test_the_warning_comes_thirty_days_before(retention):
    assert retention.warning_day(date(2027, 3, 31)) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("attended", "too_long_ago"),
    [
        pytest.param(Attended(2025, 11, 22), False, id="one day less than a year"),
        pytest.param(Attended(2025, 11, 21), True, id="a year, so the contact would be deleted today"),
        pytest.param(Attended(2025, 11), False, id="a month that may have been less than a year ago"),
        pytest.param(Attended(2025, 10), True, id="a month before that"),
    ],
)
def test_who_took_part_a_year_ago_takes_part_again(retention, attended, too_long_ago):
    assert retention.attended_too_long_ago(attended, TODAY) is too_long_ago


@pytest.mark.parametrize(
    ("known", "last_day", "after"),
    [
        pytest.param(None, date(2026, 12, 5), date(2026, 12, 5), id="the first session"),
        pytest.param(date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 5), id="a later one"),
        pytest.param(date(2026, 12, 9), date(2026, 12, 5), date(2026, 12, 9), id="an earlier one"),
    ],
)
def test_who_signs_up_is_heard_of_today_and_on_the_last_of_the_days(known, last_day, after):
    before, today = History(date(2026, 1, 1), last_session_on=known), date(2026, 11, 21)

    assert before.with_session(today, last_day) == History(today, last_session_on=after)


def test_a_participation_that_was_recorded_by_mistake_is_taken_back():
    assert History(TODAY).took_part(TODAY).took_part(None) == History(TODAY)
