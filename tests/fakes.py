"""Stand-ins for the ports of the use cases, in memory; the stores among them pass the tests of the real ones."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from threading import RLock

from chalicelib.domain.booking import Booking, Contact, ContactFile, Correction
from chalicelib.domain.errors import ReferenceTakenError, StoreBusyError, TakenError, TooManyRequestsError
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.letters.message import Message

LetterKey = tuple[str, str, str, int]


@dataclass
class FakeStore:
    """What FakeContacts and FakeOutbox share. `busy` is how many calls still find the store too busy."""

    files: dict[str, ContactFile] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    letters: dict[LetterKey, Letter] = field(default_factory=dict)
    deleting: set[str] = field(default_factory=set)
    busy: int = 0
    _lock: RLock = field(default_factory=RLock)

    @contextmanager
    def call(self) -> Iterator[None]:
        """One call at a time, as a transaction is."""
        with self._lock:
            if self.busy:
                self.busy -= 1
                raise StoreBusyError("as asked for")
            yield

    def living(self, contact_id: str | None) -> ContactFile | None:
        return None if contact_id is None or contact_id in self.deleting else self.files.get(contact_id)


class FakeContacts:
    def __init__(self, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()

    def find(self, marks: Sequence[str]) -> ContactFile | None:
        with self.store.call():
            found = (self.store.living(self.store.marks.get(mark)) for mark in marks)
            return next((file for file in found if file), None)

    def read(self, contact_id: str) -> ContactFile | None:
        with self.store.call():
            return self.store.living(contact_id)

    def open(self, contact: Contact, booking: Booking, marks: Sequence[str], letters: Sequence[Letter]) -> None:
        with self.store.call():
            taken = contact.id in self.store.files or not self.store.marks.keys().isdisjoint(marks)
            self._promise(contact.id, booking.reference, letters, taken)
            self.store.files[contact.id] = ContactFile(contact, booking)
            self.store.marks |= dict.fromkeys(marks, contact.id)

    def correct(self, contact_id: str, correction: Correction, letters: Sequence[Letter]) -> None:
        with self.store.call():
            file = self.store.living(contact_id)
            self._promise(
                contact_id, correction.reference, letters, file is None or bool(file.correction(correction.reference))
            )
            corrections = sorted((*file.corrections, correction), key=lambda each: each.received_at)
            self.store.files[contact_id] = replace(file, corrections=tuple(corrections))

    def renew(self, contact_id: str, last_request_on: date, delete_on: date) -> None:
        with self.store.call():
            file = self.store.living(contact_id)
            if file is None or file.contact.delete_on > delete_on:
                raise TakenError(contact_id)
            contact = replace(file.contact, last_request_on=last_request_on, delete_on=delete_on)
            self.store.files[contact_id] = replace(file, contact=contact)

    def _promise(self, contact_id: str, reference: str, letters: Sequence[Letter], taken: bool) -> None:
        keyed = {_key_of(letter): letter for letter in letters}
        if taken or not self.store.letters.keys().isdisjoint(keyed):
            raise TakenError(contact_id)
        if reference in self.store.references:
            raise ReferenceTakenError(reference)
        self.store.references[reference] = contact_id
        self.store.letters |= keyed


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

    def in_state(self, state: LetterState) -> Iterator[Letter]:
        with self.store.call():
            found = [letter for letter in self.store.letters.values() if letter.state is state]
        return iter(sorted(found, key=lambda each: each.due_at))

    def resend(self, letter: Letter, now: datetime) -> bool:
        anew = replace(letter, state=LetterState.WAITING, waiting_since=now, due_at=now, attempts=0)
        return self._change(replace(letter, state=LetterState.FAILED), anew)

    def oldest_unsent(self, now: datetime) -> datetime | None:
        return min((letter.waiting_since for letter in self.in_state(LetterState.WAITING)), default=None)

    def _change(self, before: Letter, after: Letter) -> bool:
        with self.store.call():
            unchanged = self.store.letters.get(_key_of(before)) == before
            if unchanged:
                self.store.letters[_key_of(before)] = after
            return unchanged


class FakeLimits:
    def __init__(self) -> None:
        self.requests: defaultdict[tuple[str, datetime], set[str]] = defaultdict(set)
        self._lock = RLock()

    def admit(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> None:
        now = now.astimezone(UTC)
        start = now - (now - datetime(1970, 1, 1, tzinfo=UTC)) % window
        with self._lock:
            known = self.requests[mark, start]
            if request not in known and len(known) >= most:
                raise TooManyRequestsError(retry_after=start + window - now)
            known.add(request)


class FakeSeal:
    """Closes nothing: the text can be read, so that tests see what was sealed for whom."""

    def close(self, text: str, contact_id: str) -> bytes:
        return f"sealed for {contact_id}: {text}".encode()


class FakePost:
    """Takes each letter, but raises one of `errors` for each of the first ones."""

    def __init__(self, errors: Iterable[Exception] = ()) -> None:
        self.errors = deque(errors)
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        if self.errors:
            raise self.errors.popleft()
        self.sent.append(message)


def _key_of(letter: Letter) -> LetterKey:
    return letter.contact_id, letter.about, letter.kind.value, letter.revision
