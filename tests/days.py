"""Days in Luxembourg, counted without the service's own rules: what tests hold it against."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta


def years_on(day: date, years: int) -> date:
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def last_sunday(year: int, month: int) -> datetime:
    """At one o'clock UTC, when the clocks change in the European Union."""
    day = date(year, month, 31)
    return datetime(year, month, 31 - (day.weekday() + 1) % 7, 1, tzinfo=UTC)


def day_of(moment: datetime) -> date:
    summer = last_sunday(moment.year, 3) <= moment < last_sunday(moment.year, 10)
    return (moment + timedelta(hours=2 if summer else 1)).date()


def midnight(day: date) -> datetime:
    before = (datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=hours) for hours in (2, 1))
    return next(moment for moment in before if day_of(moment) == day)
