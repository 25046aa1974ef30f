"""Ten years with residents, a forgetful office and faults break no promise; and what is wrong is found.

A year with 200 residents on the engine comes with `make full`, 20,000 in memory with `make bench ONLY=years`.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from chalicelib.domain.letter import LetterKind
from chalicelib.domain.retention import Retention
from chalicelib.programme import periods
from tests.engines import start_roto
from tests.store.stores import Store, dynamo_store, fake_store, new_table
from tests.years.life import Life

DAY = timedelta(days=1)


@dataclass
class Altered:
    """A part of the store of which some calls do something else."""

    real: Any
    names: str
    instead: Callable[..., Any]

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.real, name)
        return (lambda *given, **named: self.instead(real, *given, **named)) if name in self.names.split() else real


class DayLess(Retention):
    def deletion_day(self, history):
        return super().deletion_day(history) - DAY


class DayMore(Retention):
    def deletion_day(self, history):
        return super().deletion_day(history) + DAY


class MeasureForgotten(Retention):
    def contract_ends(self, history):
        return super().contract_ends(replace(history, first_measure_on=None))


def by(retention: type[Retention]) -> Retention:
    real = periods.retention()
    return retention(real.years, real.contract_years, real.warning)


def without(kind: LetterKind) -> Callable[..., Any]:
    """Keeps no promise of that kind."""

    def instead(real, *given, **named):
        parts = [
            tuple(each for each in part if getattr(each, "kind", None) is not kind) if type(part) is tuple else part
            for part in given
        ]
        return real(*parts, **named)

    return instead


def seldom(instead: Callable[..., Any], each: int = 50) -> Callable[..., Any]:
    numbers = count(1)
    return lambda real, *given, **named: (instead if next(numbers) % each == 0 else real)(*given, **named)


def days_ahead(days: int) -> Callable[..., Any]:
    """Takes today, which is given last, for another day."""
    return lambda real, *given: real(*given[:-1], given[-1] + days * DAY)


def nothing(*_given: Any, **_named: Any) -> None: ...


WRONG = {
    "a year less a day": ((), by(DayLess)),
    "a year and a day": ((), by(DayMore)),
    "two years from signing, whenever the first measure began": ((), by(MeasureForgotten)),
    "the job deletes a day early": (("deletions", "due begin", days_ahead(1)), None),
    "the job deletes a day late": (("deletions", "due begin", days_ahead(-1)), None),
    "nobody is warned": ((), replace(periods.retention(), warning=timedelta())),
    "everybody is warned two days early": ((), replace(periods.retention(), warning=32 * DAY)),
    "no reminder": (("contacts", "open", without(LetterKind.REMINDER)), None),
    "staff hear nothing of who comes": (("contacts", "book", without(LetterKind.STAFF_REQUEST)), None),
    "nobody hears that they move up": (("sessions", "give_back", without(LetterKind.PLACED)), None),
    "a new day is not told": (("contacts", "amend", without(LetterKind.DELETION_DAY_CHANGED)), None),
    "a booking is lost": (("contacts", "open", seldom(nothing)), None),
    "a letter is sent again": (("outbox", "settle", seldom(nothing)), None),
    "a letter is taken for sent": (("outbox", "due", lambda real, now: list(real(now))[1:]), None),
    "who asks to be forgotten is kept": (("contacts", "ask_deletion", nothing), None),
    "letters outlive their contact": (("deletions", "clear", nothing), None),
    "a place that was given up stays taken": (("sessions", "give_back", nothing), None),
}


def wrong(store: Store, part: str = "", names: str = "", instead: Callable[..., Any] = nothing) -> Store:
    return replace(store, **{part: Altered(getattr(store, part), names, instead)}) if part else store


def test_ten_years_break_no_promise():
    report = Life(2027, 500, fake_store()).run()

    sys.stdout.write(f"{report}\n")
    assert not report.broken
    assert report.counts["deletions"] == report.counts["residents stored"] >= 500
    assert min(report.faults.values()) >= 5


@pytest.mark.parametrize(("change", "retention"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_found(change, retention):
    report = Life(2027, 300, wrong(fake_store(), *change), retention).run(most=1)

    assert report.broken
    sys.stdout.write(f"{report.broken[0]}\n")


def test_the_same_seed_lives_the_same_years():
    assert str(Life(7, 20, fake_store()).run()) == str(Life(7, 20, fake_store()).run())


@pytest.mark.full
@pytest.mark.engine
@pytest.mark.timeout(3600)
def test_a_year_on_the_engine_breaks_no_promise(tmp_path):
    """Until the last is gone; each day of a job is some sixty calls, so that ten years would take hours."""
    engine = start_roto(tmp_path)
    try:
        client = engine.client()
        report = Life(2028, 200, dynamo_store(client, new_table(client, "2027-01-01")), years=1).run()
    finally:
        engine.stop()

    sys.stdout.write(f"{report}\n")
    assert not report.broken
