"""Sessions of the coming weeks, plainly examples, so that somebody who tries the service has a date to choose."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from chalicelib.domain.days import LUXEMBOURG, day_in_luxembourg
from chalicelib.domain.errors import TakenError
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.usecases.session_ports import Sessions


def publish_examples(sessions: Sessions, now: datetime) -> None:
    """Adds sessions that people sign up for and dates of appointments to a new table; may be cut off and repeated."""
    for session in _examples(now):
        with suppress(TakenError):
            sessions.add(session)


def _examples(now: datetime) -> Iterator[Session]:
    hall, room = "Example: hall, 1 Example Street, Luxembourg", "Example: room 2, 3 Example Street, Esch-sur-Alzette"
    information, course = SessionKind.INFORMATION, SessionKind.CITIZENSHIP
    yield _session("example-1", information, ("fr",), _meeting(now, 2, time(10), 2, hall))
    yield _session("example-2", information, ("en",), _meeting(now, 4, time(14), 2, room))
    yield _session("example-3", course, ("lb", "fr"), *(_meeting(now, week, time(9), 3, hall) for week in (3, 5)))

    for number, begins in enumerate((time(9), time(10), time(14))):
        hour = _meeting(now, 1 + number, begins, 1, room)
        yield replace(
            _session(f"example-slot-{number + 1}", SessionKind.SLOT, ("fr", "en"), hour), capacity=1, waiting_max=0
        )


def _session(name: str, kind: SessionKind, languages: tuple[str, ...], *meetings: Meeting) -> Session:
    return Session(name, kind, languages, meetings, capacity=12, waiting_max=20, published=True, example=True)


def _meeting(now: datetime, weeks: int, begins: time, hours: int, place: str) -> Meeting:
    """On the Saturday of a week to come."""
    today = day_in_luxembourg(now)
    day = today + timedelta(days=5 - today.weekday(), weeks=weeks)
    start = datetime.combine(day, begins, LUXEMBOURG).astimezone(UTC)
    return Meeting(start, start + timedelta(hours=hours), place)
