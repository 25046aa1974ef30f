"""The clock of the demonstration: a file with the seconds by which it differs from the real one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from local.duration import read_duration, read_time

REAL = "real"
# Longer than anything is kept. The jobs look at each day that passed, so a century would keep them busy.
_FARTHEST = timedelta(days=3660)


class BadTimeError(Exception):
    """What was posted is no time that the clock can show; the message is a sentence for the person who posted it."""


class Clock:
    """Moves what `now`, the clock of the functions, reads from `file`; each process sees it and it outlives them.

    Without a file it cannot be moved.
    """

    def __init__(self, file: Path | None, now: Callable[[], datetime]) -> None:
        self._file, self.now = file, now
        self._lock = Lock()

    def set(self, written: str) -> None:
        """To an ISO 8601 time, or back to the real one. Raises BadTimeError."""
        with self._lock:
            self._show(datetime.now(UTC) if written == REAL else _time(written))

    def advance(self, written: str) -> None:
        """By an ISO 8601 duration, which may be negative. Raises BadTimeError."""
        with self._lock:
            self._show(_moved(self.now(), written))

    def _show(self, moment: datetime) -> None:
        if self._file is None:
            raise BadTimeError("The clock can be moved in the mode demonstration only.")
        offset = moment - datetime.now(UTC)
        if abs(offset) > _FARTHEST:
            raise BadTimeError("The clock moves at most ten years from the real time.")
        new = self._file.with_suffix(".new")
        new.write_text(str(offset.total_seconds()), "ascii")
        new.replace(self._file)


def _time(written: str) -> datetime:
    try:
        return read_time(written)
    except ValueError as wrong:
        raise BadTimeError("now= takes an ISO 8601 time such as 2027-03-01T10:00:00+01:00, or real.") from wrong


def _moved(moment: datetime, written: str) -> datetime:
    try:
        return read_duration(written).after(moment)
    except (ValueError, OverflowError) as wrong:
        raise BadTimeError("advance= takes an ISO 8601 duration such as PT1H, P30D or P1Y2M.") from wrong
