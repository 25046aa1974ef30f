"""A lost race is run again for at most eight seconds."""

import pytest

from chalicelib.domain.errors import StoreBusyError, TakenError
from chalicelib.usecases.settle import settle


def failing(times, error):
    """A step that loses so many times before it is through."""
    left = [error] * times

    def step():
        if left:
            raise left.pop()
        return "through"

    return step


@pytest.mark.parametrize("error", [TakenError(), StoreBusyError("busy")], ids=["taken", "busy"])
def test_a_step_is_repeated_until_it_is_through(error):
    pauses = []

    assert settle(failing(3, error), pauses.append) == "through"
    assert len(pauses) == 3


def test_patience_ends_within_eight_seconds():
    pauses = []

    with pytest.raises(StoreBusyError):
        settle(failing(1000, TakenError()), pauses.append)
    assert len(pauses) > 5
    assert sum(pauses) <= 8


def test_another_failure_is_not_repeated():
    with pytest.raises(KeyError):
        settle(failing(1, KeyError("x")), lambda _: None)
