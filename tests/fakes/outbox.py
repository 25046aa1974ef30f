"""Stand-ins for the outbox, which passes the tests of the real one, and for who carries letters."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.letter import Letter, LetterState
from chalicelib.letters.message import Message
from chalicelib.usecases.ports import Outcome
from tests.fakes.store import FakeStore, key_of, whole


class FakeOutbox:
    def __init__(self, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()

    def due(self, now: datetime) -> Iterator[Letter]:
        return (letter for letter in self.in_state(LetterState.WAITING) if letter.due_at <= now)

    def claim(self, letter: Letter, until: datetime) -> Letter | None:
        claimed = replace(letter, due_at=until, attempts=letter.attempts + 1)
        return claimed if self._change(replace(letter, state=LetterState.WAITING), claimed) else None

    def settle(self, claimed: Letter, state: LetterState, due_at: datetime) -> None:
        self._change(replace(claimed, state=LetterState.WAITING), replace(claimed, state=state, due_at=due_at))

    def fail(self, claimed: Letter, report: Letter, now: datetime) -> None:
        with self.store.call():
            if self._change(claimed, replace(claimed, state=LetterState.FAILED, due_at=now)):
                self.store.letters.setdefault(key_of(report), whole(report))

    def gather(self, claimed: Letter, until: datetime) -> None:
        waiting = replace(claimed, waiting_since=until, due_at=until, attempts=0, gathered=True)
        self._change(claimed, waiting)

    def claim_all(self, letters: Sequence[Letter], until: datetime) -> tuple[Letter, ...] | None:
        with self.store.call():
            if any(self.store.letters.get(key_of(each)) != each for each in letters):
                return None
            return tuple(claimed for each in letters if (claimed := self.claim(each, until)))

    def settle_all(self, outcomes: Sequence[Outcome]) -> None:
        with self.store.call():
            for each in outcomes:
                self.settle(each.letter, each.state, each.due_at)

    def take_back(self, letter: Letter, call: Letter | None) -> None:
        with self.store.call():
            self.store.promise([call] if call else [], self.store.letters.get(key_of(letter)) != letter)
            self.store.letters[key_of(letter)] = replace(letter, state=LetterState.BOUNCED)

    def in_state(self, *states: LetterState) -> Iterator[Letter]:
        with self.store.call():
            found = [letter for letter in self.store.letters.values() if letter.state in states]
        return iter(sorted(found, key=lambda each: each.due_at))

    def resend(self, letter: Letter, now: datetime) -> bool:
        anew = replace(letter, state=LetterState.WAITING, waiting_since=now, due_at=now, attempts=0)
        was = LetterState.BOUNCED if letter.state is LetterState.BOUNCED else LetterState.FAILED
        return self._change(replace(letter, state=was), anew)

    def told(self, letter: Letter) -> bool:
        return self._change(letter, replace(letter, state=LetterState.SENT))

    def postpone(self, letter: Letter, until: datetime) -> bool:
        return self._change(letter, replace(letter, due_at=until, attempts=letter.attempts + 1))

    def void(self, letter: Letter) -> bool:
        return self._change(letter, replace(letter, state=LetterState.VOID))

    def oldest_unsent(self, now: datetime) -> datetime | None:
        return min((letter.waiting_since for letter in self.in_state(LetterState.WAITING)), default=None)

    def _change(self, before: Letter, after: Letter) -> bool:
        with self.store.call():
            unchanged = self.store.letters.get(key_of(before)) == before
            if unchanged:
                self.store.letters[key_of(before)] = whole(after)
            return unchanged


class FakePost:
    """Takes each letter, but raises one of `errors` for each of the first ones."""

    def __init__(self, errors: Iterable[Exception] = ()) -> None:
        self.errors = deque(errors)
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        if self.errors:
            raise self.errors.popleft()
        self.sent.append(message)
