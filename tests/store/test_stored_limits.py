"""What every count of requests promises."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.errors import ReferenceTakenError, TakenError, TooManyRequestsError
from chalicelib.domain.session import Place
from chalicelib.storage.limits import DynamoLimits
from chalicelib.usecases.session_ports import Taking
from tests.store.examples import Example
from tests.store.stores import rows
from tests.store.test_stored_sessions import INFORMATION

NOW = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class TestLimits:
    @pytest.mark.parametrize(
        ("window", "retry_after"), [(HOUR, timedelta(minutes=30)), (DAY, timedelta(minutes=90))], ids=["hour", "day"]
    )
    def test_one_request_too_many_is_told_when_to_come_back(self, store, window, retry_after):
        for number in range(3):
            store.limits.admit("someone", f"form {number}", 3, window, NOW)

        with pytest.raises(TooManyRequestsError) as refused:
            store.limits.admit("someone", "one more", 3, window, NOW)

        assert refused.value.retry_after == retry_after
        store.limits.admit("someone", "one more", 3, window, NOW + retry_after)

    def test_who_comes_back_too_early_is_refused_again(self, store):
        store.limits.admit("someone", "a form", 1, HOUR, NOW)

        with pytest.raises(TooManyRequestsError):
            store.limits.admit("someone", "another", 1, HOUR, NOW + timedelta(minutes=29, seconds=59))

    def test_the_same_request_counts_once(self, store):
        for _ in range(5):
            store.limits.admit("someone", "a form", 1, HOUR, NOW)

    def test_a_window_is_as_long_on_the_day_on_which_the_clocks_change(self, store):
        early, noon = (datetime(2026, 3, 29, hour, tzinfo=ZoneInfo("Europe/Luxembourg")) for hour in (1, 12))
        store.limits.admit("someone", "a form", 1, DAY, early)

        with pytest.raises(TooManyRequestsError) as refused:
            store.limits.admit("someone", "another", 1, DAY, noon)

        assert refused.value.retry_after == timedelta(hours=14)

    def test_what_is_counted_in_vain_is_never_too_much(self, store):
        for number in range(20):
            store.limits.as_a_letter("nobody", f"a form {number}", DAY, NOW)

        store.limits.admit("someone", "a form", 1, DAY, NOW)

    def test_each_mark_has_a_count_of_its_own(self, store):
        store.limits.admit("someone", "a form", 1, HOUR, NOW)

        store.limits.admit("somebody else", "another", 1, HOUR, NOW)

    def test_of_many_at_once_no_more_than_the_limit_are_admitted(self, store):
        def admitted(number):
            try:
                store.limits.admit("someone", f"form {number}", 10, HOUR, NOW)
            except TooManyRequestsError:
                return False
            return True

        with ThreadPoolExecutor(30) as threads:
            assert sum(threads.map(admitted, range(30))) == 10


def limits_in(client, name):
    return [item for item in rows(client, name) if item["sk"]["S"] == "LIMIT"]


def test_nothing_that_is_stored_leads_back_to_who_asked(table):
    client, name = table

    DynamoLimits(client, name, b"key").admit("192.0.2.7", "a form", 1, HOUR, NOW)
    DynamoLimits(client, name, b"key").admit("192.0.2.7", "a form", 1, HOUR, NOW + DAY)

    first, second = limits_in(client, name)
    assert "192.0.2.7" not in str([first, second])
    assert first["pk"]["S"].split("#")[1] != second["pk"]["S"].split("#")[1]


def test_a_count_expires_with_its_window(table):
    client, name = table

    DynamoLimits(client, name, b"key").admit("someone", "a form", 1, HOUR, NOW)

    (item,) = limits_in(client, name)
    assert int(item["expires"]["N"]) == datetime(2026, 11, 21, 23, 0, tzinfo=UTC).timestamp()


class TestCounts:
    """A sign-up carries its counts in its own transaction."""

    def test_what_is_stored_is_counted_and_no_more_than_the_limit_is_stored(self, store):
        store.sessions.add(replace(INFORMATION, capacity=9))
        for number in range(2):
            take(store, f"contact-{number}", most=2)

        with pytest.raises(TooManyRequestsError) as refused:
            take(store, "one-more", most=2)

        assert timedelta() < refused.value.retry_after <= DAY
        assert store.contacts.read("one-more") is None
        assert store.sessions.read("info").taken == 2
        with pytest.raises(TooManyRequestsError):
            store.limits.admit("someone", "another form", 2, DAY, NOW)

    def test_what_is_not_stored_is_not_counted(self, store):
        store.sessions.add(replace(INFORMATION, capacity=1, waiting_max=0))
        take(store, "one", most=2)

        with pytest.raises(TakenError) as refused:
            take(store, "two", most=2)

        assert not isinstance(refused.value, ReferenceTakenError)
        store.limits.admit("someone", "another form", 2, DAY, NOW)

    def test_a_reference_that_is_taken_is_told_from_a_limit(self, store):
        store.sessions.add(INFORMATION)
        take(store, "one", most=9)

        with pytest.raises(ReferenceTakenError):
            take(store, "two", most=9, reference="REF-one")


def take(store, who, most, reference=None):
    """A seat for a new person, counted with the forms of someone."""
    example, reference = Example(who, letters=()), reference or f"REF-{who}"
    count = store.limits.count("someone", reference, most, DAY, NOW)
    booking = Booking("info", reference, 1, BookingState.CONFIRMED, None, NOW)
    taking = Taking(store.sessions.read("info"), Place.SEAT, (), counts=(count,))
    store.contacts.open(example.contact, booking, example.given_marks, (), taking)
