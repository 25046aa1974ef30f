"""Letters that were promised, found by the day on which they are due."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.letter_items import letters_in, progress_of_letter, promising, to_letter
from chalicelib.storage.lookout import DAY, Lookout, days
from chalicelib.storage.table import DUE
from chalicelib.storage.values import Values, assigned, write_moment
from chalicelib.usecases.ports import Outcome


class DynamoOutbox:
    """`ports.Outbox` in a table of DynamoDB.

    A waiting letter is listed under the day, in UTC, on which it is due.
    """

    def __init__(self, client: Any, table: str) -> None:
        self._table = Table(client, table)
        self._lookout = Lookout(self._table, "deliver", places.LETTERS_DUE)

    def due(self, now: datetime) -> Iterator[Letter]:
        today = now.astimezone(UTC).date()
        for day in days(self._lookout.move_on(today), today):
            yield from self._letters(places.due_on(day), until=now)

    def claim(self, letter: Letter, until: datetime) -> Letter | None:
        claimed = replace(letter, due_at=until, attempts=letter.attempts + 1)
        return claimed if self._change(letter, LetterState.WAITING, claimed) else None

    def settle(self, claimed: Letter, state: LetterState, due_at: datetime) -> None:
        self._change(claimed, LetterState.WAITING, replace(claimed, state=state, due_at=due_at))

    def fail(self, claimed: Letter, report: Letter, now: datetime) -> None:
        failed = replace(claimed, state=LetterState.FAILED, due_at=now)
        try:
            update = self._table.updating(*progress(claimed, LetterState.WAITING, failed))
            self._table.transact([update, *promising(self._table, [report])])
        except TakenError:  # staff were told before it was sent again, or the claim is lost
            self._change(claimed, LetterState.WAITING, failed)

    def gather(self, claimed: Letter, until: datetime) -> None:
        waiting = replace(claimed, waiting_since=until, due_at=until, attempts=0, gathered=True)
        self._change(claimed, LetterState.WAITING, waiting)

    def claim_all(self, letters: Sequence[Letter], until: datetime) -> tuple[Letter, ...] | None:
        claims = tuple(replace(letter, due_at=until, attempts=letter.attempts + 1) for letter in letters)
        try:
            self._transact(zip(letters, claims, strict=True))
        except TakenError:
            return None
        return claims

    def settle_all(self, outcomes: Sequence[Outcome]) -> None:
        try:
            self._transact((each.letter, _settled(each)) for each in outcomes)
        except TakenError:
            for each in outcomes:
                self._change(each.letter, LetterState.WAITING, _settled(each))

    def take_back(self, letter: Letter, call: Letter | None) -> None:
        # Nothing outlives a contact that is being deleted: the call comes with a letter that is still there.
        bounced = self._table.updating(*progress(letter, letter.state, replace(letter, state=LetterState.BOUNCED)))
        self._table.transact([bounced, *promising(self._table, [call] if call else [])])

    def in_state(self, *states: LetterState) -> Iterator[Letter]:
        return (letter for letter in letters_in(self._table.listed(places.STAFF)) if letter.state in states)

    def resend(self, letter: Letter, now: datetime) -> bool:
        anew = replace(letter, state=LetterState.WAITING, waiting_since=now, due_at=now, attempts=0)
        was = LetterState.BOUNCED if letter.state is LetterState.BOUNCED else LetterState.FAILED
        return self._change(letter, was, anew)

    def told(self, letter: Letter) -> bool:
        return self._change(letter, letter.state, replace(letter, state=LetterState.SENT))

    def postpone(self, letter: Letter, until: datetime) -> bool:
        return self._change(letter, letter.state, replace(letter, due_at=until, attempts=letter.attempts + 1))

    def void(self, letter: Letter) -> bool:
        return self._change(letter, letter.state, replace(letter, state=LetterState.VOID))

    def oldest_unsent(self, now: datetime) -> datetime | None:
        today = now.astimezone(UTC).date()
        # A try that failed late in the evening is repeated tomorrow.
        looked_through = days(self._lookout.first_day(today), today + DAY)
        waiting = (each for day in looked_through for each in self._letters(places.due_on(day)))
        return min((each.waiting_since for each in waiting), default=None)

    def _change(self, letter: Letter, state: LetterState, after: Letter) -> bool:
        """Whether the letter, if nobody changed it since it was read in that state, is now as `after`."""
        try:
            self._table.update(*progress(letter, state, after))
        except TakenError:
            return False
        return True

    def _transact(self, changes: Iterable[tuple[Letter, Letter]]) -> None:
        """Changes waiting letters that nobody changed since they were read, all or none."""
        updates = (progress(letter, LetterState.WAITING, after) for letter, after in changes)
        self._table.transact([self._table.updating(*update) for update in updates])

    def _letters(self, due_key: str, until: datetime | None = None) -> Iterator[Letter]:
        where = "#due_key = :due_key" + (" AND #due_at <= :until" if until else "")
        values = {"due_key": due_key, "until": write_moment(until) if until else None}
        return map(to_letter, self._table.query(where, values, IndexName=DUE))


def _settled(outcome: Outcome) -> Letter:
    return replace(outcome.letter, state=outcome.state, due_at=outcome.due_at)


def progress(letter: Letter, state: LetterState, after: Letter) -> tuple[places.Key, Values, str, str]:
    """The update of a letter that nobody changed since it was read in that state."""
    progress = progress_of_letter(after)
    was = {"was": state.value, "was_due_at": write_moment(letter.due_at), "was_attempts": letter.attempts}
    condition = "#state = :was AND #due_at = :was_due_at AND #attempts = :was_attempts"
    return places.of_letter(letter), progress | was, assigned(progress), condition
