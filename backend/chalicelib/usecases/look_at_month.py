"""Looks at the numbers of a month, in which nobody is named."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.desk import Act
from chalicelib.usecases.desk import BackOffice

MOST_DEEDS = 20_000
_COMING_AND_GOING = (Act.SIGNED_IN, Act.SIGNED_OUT)


@dataclass(frozen=True)
class Month:
    """The forms and the deletions of a month, how many are overdue now, and how often staff did what.

    Forms are counted until their contacts are deleted; what staff did is kept for a year.
    """

    received: Mapping[str, int]
    report: MonthReport
    deeds: Mapping[Act, int]


def look_at_month(month: str, desk: BackOffice, now: datetime) -> Month:
    """A month such as 2026-11, as things are at the aware `now`. Raises StoreBusyError."""
    done = Counter(deed.what for deed in desk.audit.newest(month, MOST_DEEDS, now))
    counted = {act: done[act] for act in Act if act not in _COMING_AND_GOING}
    return Month(desk.worklist.received(month), desk.months.read(month, day_in_luxembourg(now)), counted)
