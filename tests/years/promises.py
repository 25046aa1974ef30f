"""What each person was promised, written down a second time; nothing of the service is asked or imported.

A day of deletion, letters that come once and in time, and a place in a session that nobody else has.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.days import day_of, midnight, years_on

TWO_DAYS, FIVE_DAYS, MONTH = timedelta(days=2), timedelta(days=5), timedelta(days=30)
# A letter may wait for the next run, and a day of trouble takes its tries four hours apart.
IN_TIME = timedelta(hours=26)
OPEN = ("requested", "waiting", "confirmed")
THE_END = ("cancelled", "moved", "staff_cancelled", "refused")
APPOINTMENT, DELETION = "APPOINTMENT", "DELETION"


@dataclass
class Awaited:
    """A letter that is to come, not before it is `due`."""

    due: datetime
    about: str
    what: str


@dataclass(eq=False)
class Gathering:
    """A session: who sits, and who waits in which order."""

    name: str
    kind: str
    seats: int
    longest: int
    start: datetime
    weeks: int = 0
    cancelled: bool = False
    version: int = 1
    full_told: int = 0
    sitting: list["Somebody"] = field(default_factory=list)
    line: list["Somebody"] = field(default_factory=list)
    invited: list["Somebody"] = field(default_factory=list)

    @property
    def about(self) -> str:
        return APPOINTMENT if self.kind == "slot" else self.name

    @property
    def last_day(self) -> date:
        return day_of(self.start + timedelta(weeks=self.weeks, hours=3))

    @property
    def has_seat(self) -> bool:
        return len(self.sitting) < self.seats and not self.line

    @property
    def is_full(self) -> bool:
        return not self.has_seat and len(self.line) >= self.longest

    def is_ahead(self, now: datetime) -> bool:
        return now < self.start and not self.cancelled


@dataclass(eq=False)
class Somebody:
    """A person, from the first form to the deletion; `refused` is a mail address that no service takes."""

    name: str
    email: str | None
    phone: str | None
    refused: bool
    contact_id: str
    asked_on: date
    session_on: date | None = None
    attended: date | None = None
    recorded: bool = False
    signed: date | None = None
    measure: date | None = None
    measures: list[tuple[str, date]] = field(default_factory=list)
    leaving: bool = False
    bookings: dict[str, str] = field(default_factory=dict)
    slot: Gathering | None = None
    places: list[Gathering] = field(default_factory=list)
    corrections: dict[str, tuple[date | None, object]] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    form: object = None
    awaited: list[Awaited] = field(default_factory=list)
    warned: date | None = None
    asked_for_link: datetime | None = None
    day: date = date.min
    day_since: datetime | None = None

    @property
    def rule(self) -> str:
        return "signed" if self.signed else "took_part" if self.attended else "never_took_part"

    @property
    def contract_ends(self) -> date | None:
        """Two years from the first measure, or from signing where none began."""
        return years_on(self.measure or self.signed, 2) if self.signed else None

    @property
    def last_day(self) -> date:
        """A year after the contract ended, after taking part, or after the last sign of interest."""
        if self.signed:
            return years_on(self.contract_ends, 1)
        return years_on(self.attended or max(self.asked_on, self.session_on or self.asked_on), 1)

    def settle(self, now: datetime) -> bool:
        """Whether the day of deletion is another one than before, of which nobody needs to be told any more."""
        before, self.day = self.day, self.last_day
        if before != self.day:
            self.day_since = now
            self.awaited = [each for each in self.awaited if each.about != DELETION]
        return before not in (self.day, date.min)

    def is_in(self, gathering: Gathering) -> bool:
        return self in gathering.sitting or self in gathering.line


@dataclass
class Promises:
    """All that is promised and not yet kept; `broken` says in words what was not."""

    people: dict[str, Somebody] = field(default_factory=dict)
    gatherings: dict[str, Gathering] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    full: set[tuple[str, int]] = field(default_factory=set)
    deletions: Counter[tuple[str, str]] = field(default_factory=Counter)
    months: list[str] = field(default_factory=list)

    def check(self, is_so: object, what: str) -> None:
        if not is_so:
            self.broken.append(what)

    # Letters

    def told(self, who: Somebody, about: str, what: str, due: datetime, *, phoned: bool | None = None) -> None:
        """By letter, by a call that staff are asked for, or, where the address is refused, by what tells staff so."""
        if who.email is None if phoned is None else phoned:
            what = f"call about {what}"
        elif who.refused:
            what = f"failure of {what}"
        who.awaited.append(Awaited(due, about, what))

    def staff_told(self, who: Somebody, about: str, what: str, due: datetime) -> None:
        who.awaited.append(Awaited(due, about, what))

    def received(self, who: Somebody, about: str, what: str, now: datetime) -> None:
        """The first letters about something; staff who read theirs see that there is no address, and call."""
        if who.email:
            self.told(who, about, what, now)
        self.staff_told(who, about, "staff_request", now)

    def day_told(self, who: Somebody, now: datetime) -> None:
        """Where what happened moves the day of deletion, its owner is told."""
        if who.settle(now):
            self.told(who, DELETION, "deletion_day_changed", now)

    def drop(self, who: Somebody, about: str, *, but: tuple[str, ...] = ()) -> None:
        """What is not so any more is not told."""
        who.awaited = [each for each in who.awaited if each.about != about or each.what in but]

    def arrived(self, who: Somebody | None, about: str, what: str, now: datetime) -> None:
        """A letter came: one that was promised and is due, or it should not have come."""
        if who is None or who.leaving:
            self.check(False, f"{now:%F %R}: {what} came to somebody who is gone or asked to be")
            return
        found = [each for each in who.awaited if (each.about, each.what) == (about, what) and each.due <= now]
        if found:
            who.awaited.remove(min(found, key=lambda each: each.due))
        elif what.endswith("deletion_warning"):
            self._warned(who, now)
        else:
            self.check(False, f"{now:%F %R}: {who.name} got {what} about {about}, which nobody promised, or twice")

    def _warned(self, who: Somebody, now: datetime) -> None:
        self.check(who.warned != who.day, f"{now:%F %R}: {who.name} was warned twice of {who.day}")
        self.check(day_of(now) >= who.day - MONTH, f"{now:%F %R}: {who.name} was warned early of {who.day}")
        who.warned = who.day

    def nothing_is_late(self, now: datetime, calm_since: datetime) -> None:
        """By now all has come that was due a day ago, if there was no trouble since; what is over is not told."""
        today, before = day_of(now), now - IN_TIME
        for who in self.people.values():
            if not who.leaving and calm_since <= before:
                self._is_in_time(who, now, calm_since)
                self._is_warned(who, today, before)
            who.awaited = [each for each in who.awaited if not self._is_over(each, now)]

    def _is_in_time(self, who: Somebody, now: datetime, calm_since: datetime) -> None:
        for each in [each for each in who.awaited if each.due < now - IN_TIME and self._had_time(each, calm_since)]:
            who.awaited.remove(each)
            self.check(False, f"{now:%F %R}: {who.name} did not get {each.what} about {each.about}, due {each.due:%F}")

    def _is_warned(self, who: Somebody, today: date, before: datetime) -> None:
        if who.warned != who.day and who.day - MONTH < today < who.day:
            known = max(midnight(who.day - MONTH), who.day_since)
            self.check(known >= before, f"{today}: {who.name} was not warned of {who.day}")

    def _is_over(self, letter: Awaited, now: datetime) -> bool:
        gathering = self.gatherings.get(letter.about)
        return gathering is not None and not gathering.is_ahead(now) and not letter.what.endswith(THE_END)

    def _had_time(self, letter: Awaited, calm_since: datetime) -> bool:
        """Unless it is about a session that began before there was time to tell."""
        gathering = self.gatherings.get(letter.about)
        return gathering is None or gathering.start > max(letter.due, calm_since) + IN_TIME

    # Places

    def takes_place(self, who: Somebody, gathering: Gathering, now: datetime) -> None:
        """A seat, or a place in the line, with the letter that says so."""
        self.received(who, gathering.name, "reserved" if gathering.has_seat else "waiting", now)
        if gathering.has_seat:
            self.sit(who, gathering, now)
        else:
            self.stand(who, gathering)
        self.takes_last(gathering)

    def sit(self, who: Somebody, gathering: Gathering, now: datetime) -> None:
        """Takes a seat, of which one is reminded two days before, and of a course also five days before."""
        gathering.sitting.append(who)
        who.places.append(gathering)
        who.bookings[gathering.about] = "confirmed"
        if gathering.kind == "slot":
            who.slot = gathering
        self._remind(who, gathering, now)

    def stand(self, who: Somebody, gathering: Gathering) -> None:
        gathering.line.append(who)
        who.places.append(gathering)
        who.bookings[gathering.name] = "waiting"

    def takes_last(self, gathering: Gathering) -> None:
        """Staff are told once that nothing is left, for each version of a session."""
        if gathering.is_full and gathering.kind != "slot" and gathering.full_told != gathering.version:
            gathering.full_told = gathering.version
            self.full.add((gathering.name, gathering.version))

    def leave(self, who: Somebody, gathering: Gathering, now: datetime) -> None:
        """Gives a place back; the seat goes to the head of the line."""
        seat = who in gathering.sitting
        (gathering.sitting if seat else gathering.line).remove(who)
        who.places.remove(gathering)
        self.drop(who, gathering.name)
        if seat:
            self.follow(gathering, now)

    def follow(self, gathering: Gathering, now: datetime) -> None:
        while gathering.line and gathering.line[0].leaving:
            passed = gathering.line.pop(0)
            passed.places.remove(gathering)
        if gathering.line and len(gathering.sitting) < gathering.seats:
            head = gathering.line.pop(0)
            head.places.remove(gathering)
            self.drop(head, gathering.name, but=("staff_request",))
            late = now > gathering.start - TWO_DAYS
            self.told(head, gathering.name, "placed", now, phoned=head.email is None or bool(late and head.phone))
            self.sit(head, gathering, now)

    def moved(self, gathering: Gathering, start: datetime, seats: int, now: datetime) -> None:
        """Staff change a session: its roster is told, and reminded anew of a new time."""
        anew, gathering.start = gathering.start != start, start
        gathering.seats, gathering.version = seats, gathering.version + 1
        for who in [each for each in (*gathering.sitting, *gathering.line) if not each.leaving]:
            kind = "waiting" if who in gathering.line else "appointment" if gathering.kind == "slot" else "reserved"
            self.told(who, gathering.name, kind, now)
            if anew and who in gathering.sitting:
                reminders = ("reminder", "course_confirmation")
                old = [e for e in who.awaited if e.about == gathering.name and e.what.endswith(reminders)]
                who.awaited = [each for each in who.awaited if each not in old]
                self._remind(who, gathering, now)
        while gathering.line and len(gathering.sitting) < gathering.seats:
            self.follow(gathering, now)

    def called_off(self, gathering: Gathering, now: datetime) -> None:
        gathering.cancelled, gathering.version = True, gathering.version + 1
        for who in [*gathering.sitting, *gathering.line, *gathering.invited]:
            self.drop(who, gathering.name)
            if gathering in who.places:
                who.places.remove(gathering)
            if gathering.kind == "slot":
                who.slot = None
            who.bookings[gathering.about] = "requested" if gathering.kind == "slot" else "cancelled"
            self.told(who, gathering.name, "cancelled", now)
            if gathering.kind == "slot":
                self.staff_told(who, gathering.name, "staff_cancelled", now)
        gathering.sitting, gathering.line, gathering.invited = [], [], []

    def _remind(self, who: Somebody, gathering: Gathering, now: datetime) -> None:
        self.told(who, gathering.name, "reminder", max(now, gathering.start - TWO_DAYS))
        if gathering.kind == "citizenship":
            self.told(who, gathering.name, "course_confirmation", max(now, gathering.start - FIVE_DAYS))

    # The end

    def due(self, today: date) -> list[Somebody]:
        return [who for who in self.people.values() if who.leaving or who.day <= today]

    def forget(self, who: Somebody, why: str, now: datetime) -> None:
        """Whoever is gone leaves every roster; who comes after them is told."""
        del self.people[who.contact_id]
        self.deletions[f"{day_of(now):%Y-%m}", why] += 1
        for gathering in list(who.places):
            if gathering.is_ahead(now):
                self.leave(who, gathering, now)
            else:
                (gathering.sitting if who in gathering.sitting else gathering.line).remove(who)
        for gathering in self.gatherings.values():
            if who in gathering.invited:
                gathering.invited.remove(who)
