"""Letters that were promised, found by the day on which they are due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.storage import items, places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.table import DUE

_JOB = "deliver"
_DAY = timedelta(days=1)

# How far back the very first run looks. A contact is deleted a year after its request, and its letters with it.
_FIRST_LOOK = timedelta(days=366)


class DynamoOutbox:
    """`ports.Outbox` in a table of DynamoDB.

    A waiting letter is listed under the day, in UTC, on which it is due. The first day that may still hold one is
    kept, and moves on once the days before it are empty: so a letter is found however long nobody looked.
    """

    def __init__(self, client: Any, table: str) -> None:
        self._table = Table(client, table)

    def due(self, now: datetime) -> Iterator[Letter]:
        today = now.astimezone(UTC).date()
        for day in _days(self._move_on(today), today):
            yield from self._letters(places.due_on(day), until=now)

    def claim(self, letter: Letter, until: datetime) -> Letter | None:
        claimed = replace(letter, due_at=until, attempts=letter.attempts + 1)
        return claimed if self._change(letter, LetterState.WAITING, claimed) else None

    def settle(self, claimed: Letter, state: LetterState, due_at: datetime) -> None:
        self._change(claimed, LetterState.WAITING, replace(claimed, state=state, due_at=due_at))

    def in_state(self, state: LetterState) -> Iterator[Letter]:
        return self._letters(state.value)

    def resend(self, letter: Letter, now: datetime) -> bool:
        anew = replace(letter, state=LetterState.WAITING, waiting_since=now, due_at=now, attempts=0)
        return self._change(letter, LetterState.FAILED, anew)

    def oldest_unsent(self, now: datetime) -> datetime | None:
        today = now.astimezone(UTC).date()
        # A try that failed late in the evening is repeated tomorrow.
        days = _days(_first_day(self._stored_day(), today), today + _DAY)
        return min((each.waiting_since for day in days for each in self._letters(places.due_on(day))), default=None)

    def _change(self, letter: Letter, state: LetterState, after: Letter) -> bool:
        """Whether the letter, if nobody changed it since it was read in that state, is now as `after`."""
        progress = items.progress_of_letter(after)
        listed = progress["due_key"] is not None
        was = {"was": state.value, "was_due_at": items.write_moment(letter.due_at), "was_attempts": letter.attempts}
        change = "SET " + ", ".join(f"#{name} = :{name}" for name, value in progress.items() if value is not None)
        condition = "#state = :was AND #due_at = :was_due_at AND #attempts = :was_attempts"
        try:
            unlisted = "" if listed else " REMOVE #due_key"
            self._table.update(places.of_letter(letter), progress | was, change + unlisted, condition)
        except TakenError:
            return False
        return True

    def _letters(self, due_key: str, until: datetime | None = None, **settings: Any) -> Iterator[Letter]:
        where = "#due_key = :due_key" + (" AND #due_at <= :until" if until else "")
        values = {"due_key": due_key, "until": items.write_moment(until) if until else None}
        return map(items.to_letter, self._table.query(where, values, IndexName=DUE, **settings))

    def _move_on(self, today: date) -> date:
        stored = self._stored_day()
        before_yesterday = _days(_first_day(stored, today), today - 2 * _DAY)
        first = next((day for day in before_yesterday if self._holds_letters(day)), today - _DAY)
        if first != stored:
            self._table.put({**places.of_job(_JOB), "day": first.isoformat()})
        return first

    def _stored_day(self) -> date | None:
        job = self._table.get(places.of_job(_JOB))
        return date.fromisoformat(job["day"]) if job else None

    def _holds_letters(self, day: date) -> bool:
        return any(True for _ in self._letters(places.due_on(day), Limit=1))


def _first_day(stored: date | None, today: date) -> date:
    """Yesterday at the latest: the index may lag behind the table, and a local clock may be put back."""
    return min(stored or today - _FIRST_LOOK, today - _DAY)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + _DAY * passed for passed in range((last - first).days + 1))
