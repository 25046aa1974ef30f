"""Times and durations of ISO 8601, as they are typed or posted to the clock."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.days import LUXEMBOURG, months_after

_DURATION = re.compile(
    r"(?P<sign>[+-]?)P(?=\d|T\d)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?",
    re.ASCII,
)
_PLUS_READ_AS_SPACE = re.compile(r"(T.*) (\d\d:\d\d)$")


@dataclass(frozen=True)
class Duration:
    """Months of the calendar and exact time; a day has 24 hours."""

    months: int
    exact: timedelta

    def after(self, moment: datetime) -> datetime:
        """`moment` moved by this. A day that a month lacks becomes its last.

        Raises ValueError or OverflowError for what no calendar has.
        """
        return datetime.combine(months_after(moment.date(), self.months), moment.timetz()) + self.exact


def read_duration(written: str) -> Duration:
    """From ISO 8601 such as P30D, PT1H, P1Y2M or -P1D. Raises ValueError or OverflowError."""
    found = _DURATION.fullmatch(written)
    if not found:
        raise ValueError(written)
    sign = -1 if found["sign"] == "-" else 1
    parts = {name: sign * int(number or 0) for name, number in found.groupdict().items() if name != "sign"}
    months = 12 * parts.pop("years") + parts.pop("months")
    return Duration(months, timedelta(**parts))


def read_time(written: str) -> datetime:
    """From ISO 8601, aware; without an offset it is a time in Luxembourg. Raises ValueError."""
    moment = datetime.fromisoformat(_PLUS_READ_AS_SPACE.sub(r"\1+\2", written))
    return moment if moment.tzinfo else moment.replace(tzinfo=LUXEMBOURG)
