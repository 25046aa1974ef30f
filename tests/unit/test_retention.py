"""One year after participation, or after the last request of who never took part (fact sheet, ATTENTION)."""

from datetime import date

import pytest

from chalicelib.domain.days import Attended
from chalicelib.programme import periods

TODAY = date(2026, 11, 21)


@pytest.fixture
def retention():
    return periods.retention()


@pytest.mark.parametrize(
    ("attended", "day"),
    [
        pytest.param(None, date(2027, 11, 21), id="never took part"),
        pytest.param(Attended(2026, 10, 12), date(2027, 10, 12), id="took part on a day"),
        pytest.param(Attended(2026, 10), date(2027, 10, 31), id="took part in a month"),
        pytest.param(Attended(2028, 2, 29), date(2029, 2, 28), id="took part on 29 February"),
    ],
)
def test_a_contact_is_deleted_one_year_after(retention, attended, day):
    assert retention.deletion_day(last_request_on=TODAY, attended=attended) == day


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
