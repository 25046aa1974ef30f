"""Stand-ins for what counts requests, which passes the tests of the real one, and for the seal."""

from datetime import UTC, datetime, timedelta
from threading import RLock

from chalicelib.usecases.session_ports import Count
from tests.fakes.store import FakeStore, check


class FakeLimits:
    """Nothing is keyed here, so that tests see what is counted."""

    def __init__(self, store: FakeStore | None = None) -> None:
        self.requests = (store or FakeStore()).requests
        self._lock = RLock()

    def count(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> Count:
        now = now.astimezone(UTC)
        start = now - (now - datetime(1970, 1, 1, tzinfo=UTC)) % window
        return Count(mark, request, most, start, start + window - now, start + window)

    def admit(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> None:
        count = self.count(mark, request, most, window, now)
        with self._lock:
            known = self.requests[mark, count.start]
            check(count, known)
            known.add(request)

    def as_a_letter(self, mark: str, request: str, window: timedelta, now: datetime) -> None:
        count = self.count(mark, request, 0, window, now)
        with self._lock:
            self.requests[mark, count.start].add(request)


class FakeSeal:
    """Closes nothing: the text can be read, so that tests see what was sealed for whom."""

    def close(self, text: str, contact_id: str) -> bytes:
        return f"sealed for {contact_id}: {text}".encode()
