"""Sign-ups for one hot session beside raw transactions of the same items, on the same engine in one run: `make bench`.

One of each in turns, so that what else the machine does falls on both; calls are counted at the client. No local
engine shows contention: what DynamoDB does when transactions meet is not in these figures.
"""

import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from chalicelib.domain.booking import Person, SignUp
from chalicelib.domain.identity import Identity
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.programme import periods
from chalicelib.storage import table
from chalicelib.storage.contacts import DynamoContacts
from chalicelib.storage.limits import DynamoLimits
from chalicelib.storage.seal import FileKeySeal
from chalicelib.storage.sessions import DynamoSessions
from chalicelib.usecases.admit import Office
from chalicelib.usecases.sign_up import sign_up
from tests.engines import start_ministack, start_roto

TURNS, BATCH = 5, 100
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
START = NOW + timedelta(days=30)
HOT = Session(
    "hot", SessionKind.INFORMATION, ("fr",), (Meeting(START, START + timedelta(hours=2), "Hall"),), 10**6, 0, True
)
ENGINES = {"roto, each commit on the disk": start_roto, "ministack, in memory": start_ministack}

# What a sign-up asks of the table, and why; tests/store/test_sign_up_calls.py holds it against what it really does.
CALLS = {
    "BatchGetItem": "what is still free, in which version of the session; whether a mark of this person is known",
    "TransactWriteItems": "everything, or nothing of it",
}
WRITES = {
    "Update count": (2, "that nobody is flooded: forms about one person from one network, letters to one address"),
    "Put reference": (1, "leads to the contact, and no second form has it"),
    "Put contact": (1, "the person"),
    "Put booking": (1, "what was asked for, and its state"),
    "Put mark": (1, "leads from mail and names to the contact; one for each way to reach them"),
    "Put mailbox": (1, "leads from the mail address to the contact, for who asks for the link again"),
    "Put name": (1, "lists the person by surname, for staff who look somebody up; another lists a phone number"),
    "Put letter reserved": (1, "to the person"),
    "Put letter staff_request": (1, "to staff"),
    "Put letter reminder": (1, "due two days before"),
    "Update session": (1, "one seat less, on the condition that it is still there"),
    "Put seat": (1, "the line of the roster"),
}

Step = Callable[[], object]


@dataclass
class Recording:
    """Passes reads on to the client, and keeps transactions instead of sending them."""

    client: Any
    kept: list[Any]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)

    def transact_write_items(self, **given: Any) -> None:
        self.kept.append(given)


def main() -> None:
    print(f"{TURNS} turns of {BATCH} sign-ups for one session, one after the other, {os.cpu_count()} cores;")
    print("ratio to raw transactions of the same items: median (least to most)")
    for name, start in ENGINES.items():
        with running(start) as client:
            measure(name, client)
    print(f"One sign-up by somebody with a mail address asks the table {len(CALLS)} times:")
    for what, why in CALLS.items():
        print(f"  {what:28} {why}")
    print(f"and its transaction has {sum(times for times, _ in WRITES.values())} writes:")
    for what, (times, why) in WRITES.items():
        print(f"  {times} {what:26} {why}")


@contextmanager
def running(start: Callable[[Path], Any]) -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as folder:
        engine = start(Path(folder) / "db")
        try:
            client = engine.client()
            table.create(client, "bench")
            DynamoSessions(client, "bench").add(HOT)
            yield client
        finally:
            engine.stop()


def measure(name: str, client: Any) -> None:
    numbers, calls = count(1), Counter[str]()
    client.meta.events.register("before-call.dynamodb", lambda model, **_: calls.update([model.name]))
    ratios, rates = [], []
    for turn in range(TURNS + 1):
        raw = transactions(client, [next(numbers) for _ in range(BATCH)])
        whole = [signing_up(client, next(numbers)) for _ in range(BATCH)]
        calls.clear()
        pairs = [(seconds(ours), seconds(theirs)) for ours, theirs in zip(whole, raw, strict=True)]
        ours, theirs = map(sum, zip(*pairs, strict=True))
        if turn:  # the first warms up
            ratios.append(theirs / ours)
            rates.append((BATCH / ours, BATCH / theirs))
    calls.subtract({"TransactWriteItems": BATCH})  # the raw ones
    asked = ", ".join(f"{number / BATCH:g} {kind}" for kind, number in sorted(calls.items()))
    ours, theirs = (statistics.median(each) for each in zip(*rates, strict=True))
    ratio = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    print(f"{name}: {ours:.0f} sign-ups a second beside {theirs:.0f} raw: {ratio}; each {asked}")


def seconds(step: Step) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def transactions(client: Any, numbers: list[int]) -> list[Step]:
    """What sign-ups by other people would write, sent as it is."""
    recording = Recording(client, [])
    for number in numbers:
        signing_up(recording, number)()
    return [lambda given=given: client.transact_write_items(**given) for given in recording.kept]


def signing_up(client: Any, number: int) -> Step:
    person = Person(f"Numerus {number}", "Fictiva", f"numerus-{number}@example.org", None, "en")
    office = office_of(client)
    return lambda: sign_up(SignUp("hot", person), office, f"{number:032}", NOW, "192.0.2.7")


def office_of(client: Any) -> Office:
    contacts, sessions = DynamoContacts(client, "bench"), DynamoSessions(client, "bench")
    limits = DynamoLimits(client, "bench", b"l" * 32)
    return Office(contacts, sessions, limits, FileKeySeal(b"s" * 32), Identity([b"p" * 32]), periods.retention())


if __name__ == "__main__":
    main()
