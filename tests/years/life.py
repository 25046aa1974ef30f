"""Ten years of the service: residents, a forgetful office and faults, held against what was promised."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from random import Random

from chalicelib.domain.retention import Retention
from chalicelib.programme import periods
from tests.days import day_of, last_sunday
from tests.store.stores import Store
from tests.years.office import Office
from tests.years.promises import Promises
from tests.years.residents import Resident, Residents
from tests.years.service import Service

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
START = datetime(2027, 1, 4, 7, tzinfo=UTC)
# Who signs in the last month is kept three years from the first measure, which may begin years later.
LONGEST = 9 * 366 * DAY


@dataclass(frozen=True)
class Report:
    seed: int
    counts: Counter[str]
    faults: Counter[str]
    broken: list[str]

    def __str__(self) -> str:
        parts = [f"{count:,} {what}" for what, count in (self.counts + self.faults).items()]
        return f"Seed {self.seed}: {', '.join(parts)}; {len(self.broken)} promises broken"


class Life:
    def __init__(
        self, seed: int, residents: int, store: Store, retention: Retention | None = None, years: int = 10
    ) -> None:
        self.seed, self.number, self.end = seed, residents, START + years * 366 * DAY
        self.chance, self.turns, self.queue = Random(seed), count(), []
        self.promises = Promises()
        self.service = Service(store, self.promises, self.chance, START, retention or periods.retention(), self.later)
        self.residents = Residents(self.service, self.chance)
        seats = max(1, round(residents / (12 * years * 4)))
        self.office = Office(self.service, self.chance, self.residents, seats, self.later)

    def later(self, after: timedelta, step: Callable[[], None]) -> None:
        heapq.heappush(self.queue, (self.service.now + after, next(self.turns), step))

    def run(self, most: int = 20) -> Report:
        """Until the last is gone, or so many promises were broken."""
        for number in range(self.number):
            self.later(self._moment() - START, partial(self.lives, self._resident(number)))
        self.later(DAY, self.a_day)
        self.later(HOUR, self.mail_goes_out)
        self.later(HOUR, self.a_month)
        self.later(30 * DAY, self.something_breaks)
        while self.queue and len(self.promises.broken) < most:
            self.service.now, _, step = heapq.heappop(self.queue)
            step()
        if len(self.promises.broken) < most:
            self.nothing_is_left()
        return Report(self.seed, self.service.counts, self.service.trouble.came, self.promises.broken)

    @property
    def goes_on(self) -> bool:
        return self.service.now < self.end or (bool(self.promises.people) and self.service.now < self.end + LONGEST)

    def _moment(self) -> datetime:
        """Any, but some come around midnight, and some in the nights in which clocks change."""
        moment = START + DAY + self.chance.random() * (self.end - START - 2 * DAY)
        moment = moment.replace(microsecond=0)
        if self.chance.random() < 0.05:
            return moment.replace(hour=22, minute=30) + self.chance.randint(0, 90) * MINUTE
        if self.chance.random() < 0.02:
            night = last_sunday(moment.year, self.chance.choice((3, 10)))
            return night + self.chance.randint(-180, 180) * MINUTE if START < night - DAY < self.end else moment
        return moment

    def _resident(self, number: int) -> Resident:
        mail, phone = self.chance.random() < 0.8, self.chance.random() < 0.6
        address = number - 1 if number and self.chance.random() < 0.05 else number
        return Resident(
            number,
            f"numerus-{address}@example.org" if mail else None,
            f"+352{621_000_000 + number}" if phone or not mail else None,
            refused=mail and address == number and self.chance.random() < 0.02,
        )

    def lives(self, resident: Resident) -> None:
        """One thing after another, with weeks in between; some come again when all was deleted."""
        self.residents.does_something(resident)
        if self.chance.random() < 0.75 and self.service.now < self.end:
            self.later(self.chance.random() ** 4 * 300 * DAY, lambda: self.lives(resident))

    def a_day(self) -> None:
        if not self.service.is_away:
            self.service.remind()
            self.service.delete()
        self.promises.nothing_is_late(self.service.now, self.service.calm_since)
        self.office.sees_to_requests()
        if self.goes_on:
            next_day = DAY + self.chance.randint(-60, 60) * MINUTE
            self.later(next_day, self.a_day)

    def mail_goes_out(self) -> None:
        if not self.service.is_away:
            self.service.deliver()
        if self.goes_on:
            self.later(8 * HOUR + self.chance.randint(0, 60) * MINUTE, self.mail_goes_out)

    def a_month(self) -> None:
        if self.service.now < self.end:
            if not self.service.is_away:
                self.office.plans_a_month()
            self.later(30 * DAY, self.a_month)
        self.everybody_is_as_promised()

    def something_breaks(self) -> None:
        """Mail is away for a day, or no job runs for a week."""
        if self.chance.random() < 0.6:
            self.service.mail_is_away(DAY)
        else:
            self.service.jobs_are_away(7 * DAY)
        if self.service.now < self.end:
            self.later(self.chance.randint(20, 90) * DAY, self.something_breaks)

    def everybody_is_as_promised(self) -> None:
        for who in self.promises.people.values():
            if who.leaving:
                continue
            file = self.service.calm.contacts.read(who.contact_id)
            self._check(file, f"{who.name} is not stored any more")
            if file:
                self._check(file.contact.delete_on == who.day, f"{who.name} is deleted on another day than {who.day}")
                states = {each.about: each.state.value for each in file.bookings}
                self._check(states == who.bookings, f"{who.name} has {states}, not {who.bookings}")

    def nothing_is_left(self) -> None:
        """Nobody; and each month was told once, with its deletions."""
        self._check(not self.promises.people, f"{len(self.promises.people)} are left at the end")
        today = day_of(self.service.now)
        passed = (today.year - START.year) * 12 + today.month - START.month + 1
        self._check(len(self.promises.months) == len(set(self.promises.months)) == passed, "a month was not told once")
        for month in self.promises.months:
            wanted = {why: number for (of, why), number in self.promises.deletions.items() if of == month}
            counted = self.service.store.months.read(month, today).deletions
            self._check(wanted == counted, f"{month} counts {counted}, not {wanted}")

    def _check(self, is_so: object, what: str) -> None:
        self.promises.check(is_so, f"{self.service.now:%F %R}: {what}")
