"""Sessions of the programme and slots for appointments: when, where, for how many, and who waits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from chalicelib.domain.booking import APPOINTMENT
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import ImpossibleSessionError

PLACED_UNTIL = timedelta(hours=48)
LONGEST_PLACE = 200
COURSE = timedelta(hours=6)
SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


class SessionKind(StrEnum):
    INFORMATION = "information"
    CITIZENSHIP = "citizenship"
    ORIENTATION = "orientation"
    SLOT = "slot"


class Place(StrEnum):
    """What a session still has for the next person."""

    SEAT = "seat"
    WAITING = "waiting"


@dataclass(frozen=True)
class Meeting:
    """One time that people come together; aware, in UTC."""

    start: datetime
    end: datetime
    place: str


@dataclass(frozen=True)
class Session:
    """A session of one or more meetings, each of them required.

    `taken` seats of `capacity`; `waiting` holds contact ids in the order in which they came, at most `waiting_max`.
    `version` counts what staff changed, not who signed up. `dropped` are meetings that it had once, by the numbers
    after those that it has: they may still stand in calendars. `full_told` is the version of which staff were
    told that it is full.
    """

    id: str
    kind: SessionKind
    languages: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    capacity: int
    waiting_max: int
    published: bool = False
    cancelled: bool = False
    example: bool = False
    taken: int = 0
    waiting: tuple[str, ...] = ()
    version: int = 1
    dropped: tuple[Meeting, ...] = ()
    full_told: int = 0

    @property
    def about(self) -> str:
        """What a booking with a place in it is about: an appointment has one name, whatever its slot."""
        return APPOINTMENT if self.kind is SessionKind.SLOT else self.id

    @property
    def start(self) -> datetime:
        return self.meetings[0].start

    @property
    def last_day(self) -> date:
        """The day in Luxembourg on which it ends."""
        return day_in_luxembourg(self.meetings[-1].end)

    @property
    def places_left(self) -> int:
        """Seats for the next who come; none while somebody waits, since a seat is theirs first."""
        return 0 if self.waiting else max(0, self.capacity - self.taken)

    def offer(self) -> Place | None:
        """What the next person gets: a seat, a place in the line, or nothing."""
        if self.places_left:
            return Place.SEAT
        return Place.WAITING if len(self.waiting) < self.waiting_max else None

    def is_last(self, place: Place) -> bool:
        """Whether nothing is left for anybody once this place is taken."""
        if place is Place.WAITING:
            return len(self.waiting) + 1 >= self.waiting_max
        return self.waiting_max == 0 and self.taken + 1 >= self.capacity

    def turn(self, contact_id: str) -> int:
        """Whose turn in the line it is, from 1; 0 for who does not wait."""
        return self.waiting.index(contact_id) + 1 if contact_id in self.waiting else 0

    def is_open(self, now: datetime) -> bool:
        """Whether people can sign up: it is published, goes ahead, and has not begun."""
        return self.published and not self.cancelled and now < self.start

    def places_silently(self, now: datetime) -> bool:
        """Whether a seat that comes free goes to the head of the line by itself; later on, staff phone first."""
        return now <= self.start - PLACED_UNTIL


def checked(session: Session) -> Session:
    """The session, if it can take place.

    A citizenship course has six hours in two or three meetings (fact sheet: Duration); a slot is for one person. Raises
    ImpossibleSessionError with one of the keys below.
    """
    for why, possible in (
        ("id", bool(SESSION_ID.fullmatch(session.id))),
        ("order", _in_order(session.meetings)),
        ("languages", bool(session.languages)),
        ("capacity", session.capacity > 0),
        ("waiting", session.waiting_max >= 0),
        ("course", session.kind is not SessionKind.CITIZENSHIP or _is_course(session.meetings)),
        ("slot", session.kind is not SessionKind.SLOT or (session.capacity, session.waiting_max) == (1, 0)),
    ):
        if not possible:
            raise ImpossibleSessionError(session.id, why)
    return session


def _in_order(meetings: Sequence[Meeting]) -> bool:
    moments = [moment for meeting in meetings for moment in (meeting.start, meeting.end)]
    return bool(moments) and all(before < after for before, after in pairwise(moments))


def _is_course(meetings: Sequence[Meeting]) -> bool:
    hours = sum((meeting.end - meeting.start for meeting in meetings), timedelta())
    return len(meetings) in (2, 3) and hours == COURSE
