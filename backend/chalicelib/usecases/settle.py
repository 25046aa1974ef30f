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


def settle(step: Callable[[], Result], pause: Callable[[float], None] = time.sleep) -> Result:
    """The result of `step`, repeated with growing jittered waits while it raises TakenError or StoreBusyError.

    DynamoDB cancels transactions that meet and the SDK does not retry those. Raises StoreBusyError after eight
    seconds; a step reads anew each time, so repeating one that took effect without saying so does no harm.
    """
    waited, wait = 0.0, _FIRST_WAIT
    while True:
        try:
            return step()
        except (TakenError, StoreBusyError) as lost:
            if waited + wait > PATIENCE.total_seconds():
                raise StoreBusyError("no chance within eight seconds") from lost
        pause(random.uniform(0, wait))  # noqa: S311 - jitter is no secret
        waited, wait = waited + wait, min(2 * wait, _LONGEST_WAIT)
