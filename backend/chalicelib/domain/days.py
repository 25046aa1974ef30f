"""Days as the programme counts them: in Luxembourg."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LUXEMBOURG = ZoneInfo("Europe/Luxembourg")


def day_in_luxembourg(moment: datetime) -> date:
    """The day that it is in Luxembourg at an aware `moment`."""
    return moment.astimezone(LUXEMBOURG).date()


def moment_in_luxembourg(shown: datetime) -> datetime:
    """The moment in UTC at which clocks in Luxembourg show it, the first one where they do so twice.

    Raises ValueError for a time that a clock which is put forward never shows.
    """
    moment = shown.replace(tzinfo=LUXEMBOURG).astimezone(UTC)
    if moment.astimezone(LUXEMBOURG).replace(tzinfo=None) != shown:
        raise ValueError(shown)
    return moment


def years_after(day: date, years: int) -> date:
    """The same day `years` later; 29 February counts to 28 February."""
    return months_after(day, 12 * years)


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Attended:
    """When somebody took part in an information session: a day, or a month when they remember no more."""

    year: int
    month: int
    day: int | None = None

    @classmethod
    def read(cls, written: str) -> "Attended":
        """From ISO 8601, "2026-03-15" or "2026-03". Raises ValueError for a day that no calendar has."""
        year, month, *day = (int(part) for part in written.split("-"))
        if max(year, month, *day) > MAXYEAR:
            raise ValueError("a number that no calendar has")
        date(year, month, *(day or [1]))
        return cls(year, month, day[0] if day else None)

    def __str__(self) -> str:
        day = f"-{self.day:02}" if self.day else ""
        return f"{self.year:04}-{self.month:02}{day}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can have been: the doubt of a month is the resident's (decisions/0004)."""
        if self.day:
            return self.first
        return (self.first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
