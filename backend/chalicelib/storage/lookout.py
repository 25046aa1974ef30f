"""What the index lists by day: who is to be deleted, and which days may still list what nobody has looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.table import DUE
from chalicelib.storage.values import Item

DAY = timedelta(days=1)
_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Lookout:
    """The days that one job looks through; `prefix` and a day are the key under which the index lists what is due.

    The first day that may still list something is kept, and moves on once the days before it are empty: so a thing is
    found however long nobody looked. Only the very first run of all, when the table is young, reads the whole index.
    """

    table: Table
    job: str
    prefix: str

    def move_on(self, today: date) -> date:
        """The first day that lists something, or yesterday; from now on it is where looking begins."""
        stored = self._stored_day()
        begin = _yesterday_at_latest(stored or self._earliest_of_all() or today, today)
        before_yesterday = days(begin, today - 2 * DAY)
        first = next((day for day in before_yesterday if self._lists_something(day)), today - DAY)
        if first != stored:
            self.table.put({**places.of_job(self.job), "day": first.isoformat()})
        return first

    def first_day(self, today: date) -> date:
        """Where looking begins; a year ago before the first run, since few may read the whole index."""
        return _yesterday_at_latest(self._stored_day() or today - _YEAR, today)

    def _stored_day(self) -> date | None:
        job = self.table.get(places.of_job(self.job))
        return date.fromisoformat(job["day"]) if job else None

    def _earliest_of_all(self) -> date | None:
        where = "begins_with(#due_key, :prefix)"
        listed = self.table.scanned(where, {"prefix": self.prefix}, "#due_key", IndexName=DUE)
        earliest = min((item["due_key"]["S"] for item in listed), default=None)
        return date.fromisoformat(earliest.removeprefix(self.prefix)) if earliest else None

    def _lists_something(self, day: date) -> bool:
        return any(True for _ in self.table.listed(f"{self.prefix}{day.isoformat()}", "#pk", Limit=1))


def days(first: date, last: date) -> Iterator[date]:
    """Each day from the first to the last, both included."""
    return (first + DAY * passed for passed in range((last - first).days + 1))


def leaving(table: Table, first: date, last: date, only: str | None = None) -> Iterator[Item]:
    """The contacts that are to be deleted between two days, both included, by day, as DynamoDB writes them."""
    values = {"due_key": places.DELETIONS, "first": first.isoformat(), "last": last.isoformat()}
    listed = table.found("#due_key = :due_key AND #due_at BETWEEN :first AND :last", values, only, IndexName=DUE)
    return (item for item in listed if item["sk"]["S"] == places.CONTACT)


def _yesterday_at_latest(first: date, today: date) -> date:
    """The index may lag behind the table, and a local clock may be put back."""
    return min(first, today - DAY)
