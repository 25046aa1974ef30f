"""A model of rosters that is simpler than the service, and counts in its own way what everybody was promised."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

SEAT, LINE = "seat", "line"
TWO_DAYS = timedelta(hours=48)

Promise = tuple[str, str, str, int]  # to which contact, about which session, what, and for its which booking


@dataclass(frozen=True)
class Somebody:
    """A person as the model knows them: in what ways they are reached, and under which id they are stored now."""

    name: str
    email: str | None
    phone: str | None
    contact_id: str | None = None
    leaving: bool = False


@dataclass
class Event:
    """A session: who sits, who waits in which order, and how often each came. `version` counts what staff changed."""

    name: str
    seats: int
    longest: int
    start: datetime
    planned: datetime
    course: bool = False
    cancelled: bool = False
    version: int = 1
    sitting: set[str] = field(default_factory=set)
    line: list[str] = field(default_factory=list)
    turns: Counter[str] = field(default_factory=Counter)
    known: dict[str, int] = field(default_factory=dict)

    @property
    def has_seats(self) -> bool:
        return len(self.sitting) < self.seats

    @property
    def has_seat(self) -> bool:
        """For who comes next; a seat that is free belongs to who waits."""
        return self.has_seats and not self.line

    def place_of(self, who: str) -> str | None:
        return SEAT if who in self.sitting else LINE if who in self.line else None


@dataclass
class Rosters:
    """All of it, and each promise that was made to somebody who is still stored."""

    people: dict[str, Somebody]
    events: dict[str, Event] = field(default_factory=dict)
    promised: Counter[Promise] = field(default_factory=Counter)

    def sign_up(self, who: str, event: Event, new_id: str) -> str:
        """A seat, a place in the line, or why not."""
        self.people[who] = replace(self.people[who], contact_id=self.people[who].contact_id or new_id)
        event.turns[who] += 1
        event.known[who] = event.version
        if event.has_seat:
            self._sit(who, event, "reserved")
        else:
            event.line.append(who)
            self._promise(who, event, "waiting")
        self._promise(who, event, "staff_request")
        return event.place_of(who)

    def refusal(self, event: Event, now: datetime) -> str | None:
        if event.cancelled or now >= event.start:
            return "closed"
        return None if event.has_seat or len(event.line) < event.longest else "full"

    def give_up(self, who: str, event: Event, now: datetime) -> None:
        seat = self._leave(who, event)
        for what in ("cancelled", "staff_cancelled"):
            self._promise(who, event, what)
        self._call(who, event, "cancelled", by_phone=self.people[who].email is None)
        if seat:
            self._follow(event, now)

    def move(self, who: str, here: Event, there: Event, now: datetime) -> None:
        seat, turn = self._leave(who, here), here.turns[who]
        there.turns[who] += 1
        self._sit(who, there, "reserved")
        self._promise(who, there, "staff_moved")
        if self.people[who].email:
            self.promised[self.people[who].contact_id, here.name, "moved", turn] += 1
        if seat:
            self._follow(here, now)

    def move_up(self, event: Event, now: datetime) -> None:
        """For as long as there are seats, also those that staff have added."""
        while event.line and event.has_seats:
            self._follow(event, now)

    def _follow(self, event: Event, now: datetime) -> None:
        # Who is being deleted and stands first is passed over, and out of the line from then on.
        while event.line and self.people[event.line[0]].leaving:
            event.line.pop(0)
        if event.line:
            self._sit(event.line.pop(0), event, "placed", late=now > event.start - TWO_DAYS)

    def forget(self, who: str, now: datetime) -> None:
        """Takes somebody out of everything; whoever moves up is told."""
        gone = self.people[who].contact_id
        for event in self.events.values():
            ahead = now < event.start and not event.cancelled
            if self._leave(who, event) and ahead:
                self._follow(event, now)
            event.turns.pop(who, None)
        self.promised = Counter({key: count for key, count in self.promised.items() if key[0] != gone})
        self.people[who] = replace(self.people[who], contact_id=None, leaving=False)

    def _leave(self, who: str, event: Event) -> bool:
        """Whether it was a seat."""
        seat = who in event.sitting
        event.sitting.discard(who)
        event.line = [each for each in event.line if each != who]
        event.known.pop(who, None)
        return seat

    def _sit(self, who: str, event: Event, what: str, *, late: bool = False) -> None:
        person = self.people[who]
        event.sitting.add(who)
        event.known[who] = event.version
        self._promise(who, event, what)
        phoned = person.email is None or (late and person.phone is not None)
        self._call(who, event, what, by_phone=phoned and what == "placed")

    def _call(self, who: str, event: Event, what: str, *, by_phone: bool) -> None:
        if by_phone:
            self._promise(who, event, f"call about {what}")

    def _promise(self, who: str, event: Event, what: str) -> None:
        self.promised[self.people[who].contact_id, event.name, what, event.turns[who]] += 1
