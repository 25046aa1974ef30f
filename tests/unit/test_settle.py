"""A lost race is run again for at most eight seconds."""

import pytest

from chalicelib.domain.errors import StoreBusyError, TakenError
from chalicelib.usecases.settle import settle

WAITS = (0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1, 1)


def failing(times, error):
    """A step that loses so many times before it is through."""
    left = [error] * times

    def step():
        if left:
            raise left.pop()
        return "through"

    return step


class Time:
    """A clock that only pauses, and what a step takes, move on."""

    def __init__(self):
        self.now, self.pauses = 0.0, []

    def pause(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds

    def clock(self):
        return self.now


@pytest.mark.parametrize("error", [TakenError(), StoreBusyError("busy")], ids=["taken", "busy"])
def test_a_step_is_repeated_until_it_is_through(error):
    time = Time()

    assert settle(failing(3, error), time.pause, time.clock) == "through"
    assert len(time.pauses) == 3


def test_patience_ends_within_eight_seconds():
    time = Time()

    with pytest.raises(StoreBusyError):
        settle(failing(1000, TakenError()), time.pause, time.clock)
    assert len(time.pauses) > 5
    assert time.now <= 8


def test_a_slow_store_uses_up_the_patience_too():
    time = Time()
    tries = []

    def slow():
        tries.append(time.now)
        time.now += 5
        raise StoreBusyError("no answer")

    with pytest.raises(StoreBusyError):
        settle(slow, time.pause, time.clock)
    assert len(tries) == 2


def test_another_failure_is_not_repeated():
    with pytest.raises(KeyError):
        settle(failing(1, KeyError("x")), lambda _: None)


def test_pauses_begin_short_and_at_most_double():
    time = Time()

    settle(failing(8, TakenError()), time.pause, time.clock)

    assert [pause for pause, most in zip(time.pauses, WAITS, strict=True) if pause > most] == []


def test_a_lost_race_says_which_places_of_the_transaction_were_refused():
    assert TakenError("as a condition says", (0, 2)).refused == (0, 2)
