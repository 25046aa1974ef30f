"""Repeats a step that lost a race, until it is through or eight seconds are over."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from chalicelib.domain.errors import StoreBusyError, TakenError

PATIENCE = timedelta(seconds=8)
_FIRST_WAIT = 0.02
_LONGEST_WAIT = 1.0

Result = TypeVar("Result")


def settle(
    step: Callable[[], Result],
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Result:
    """The result of `step`, repeated with growing jittered waits while it raises TakenError or StoreBusyError.

    DynamoDB cancels transactions that meet and the SDK does not retry those. Raises StoreBusyError where another try
    would begin after eight seconds; a step reads anew each time, so repeating one that took effect in silence does no
    harm.
    """
    end, wait = clock() + PATIENCE.total_seconds(), _FIRST_WAIT
    while True:
        try:
            return step()
        except (TakenError, StoreBusyError) as lost:
            if clock() + wait > end:
                raise StoreBusyError("no chance within eight seconds") from lost
        pause(random.uniform(0, wait))  # noqa: S311 - jitter is no secret
        wait = min(2 * wait, _LONGEST_WAIT)
