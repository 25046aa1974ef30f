"""Promises the data protection officer the letter about each month that is over, also when it counts nothing."""

from datetime import datetime, timedelta

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import about_month
from chalicelib.usecases.ports import Months


def report_month(months: Months, now: datetime) -> bool:
    """Whether the letter about the month before the aware `now` was promised by this call; it is promised once."""
    last_day = day_in_luxembourg(now).replace(day=1) - timedelta(days=1)
    return months.promise(about_month(f"{last_day:%Y-%m}", now))
