"""Sign-ups for one session beside raw transactions of the same items

On the same engine, one of each in turns, so that what else the machine does falls on both. Each asks the table twice:
what is free and who is known, then one transaction of 12 writes (`CALLS` and `WRITES`, which a test holds against what
happens). Raw is boto3's client as it comes, then the client as the functions have it. No local engine shows contention:
what DynamoDB does when transactions meet is not in these figures.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bench.figures import Figure, compared
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
from chalicelib.wiring.parts import client_settings
from tests.engines import Engine, start_ministack, start_roto

TURNS, BATCH = 5, 100
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
START = NOW + timedelta(days=30)
HOT = Session(
    "hot", SessionKind.INFORMATION, ("fr",), (Meeting(START, START + timedelta(hours=2), "Hall"),), 10**6, 0, True
)
ENGINES = {"roto, each commit on the disk": start_roto, "ministack, in memory": start_ministack}

# What a sign-up asks of the table, and why; tests/store/test_sign_up_calls.py holds it against what happens.
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


def figures() -> list[Figure]:
    found = []
    for name, start in ENGINES.items():
        with running(start) as engine:
            found += measure(name, engine)
    return found


@contextmanager
def running(start: Callable[[Path], Engine]) -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = start(Path(folder) / "db")
        try:
            client = engine.client()
            table.create(client, "bench")
            DynamoSessions(client, "bench").add(HOT)
            yield engine
        finally:
            engine.stop()


def measure(name: str, engine: Engine) -> list[Figure]:
    plain, lean = engine.client(), engine.client(**client_settings("dynamodb"))
    numbers, rates = count(1), []
    for turn in range(TURNS + 1):
        raw, same = ([next(numbers) for _ in range(BATCH)] for _ in range(2))
        steps = (
            [signing_up(lean, next(numbers)) for _ in range(BATCH)],
            transactions(plain, raw),
            transactions(lean, same),
        )
        taken = [map(seconds, together) for together in zip(*steps, strict=True)]
        if turn:  # the first warms up
            rates.append([BATCH / sum(each) for each in zip(*taken, strict=True)])
    ours, as_it_comes, as_ours = map(list, zip(*rates, strict=True))
    return [
        compared(name, "a second", ours, "raw", as_it_comes, "at least 0.70"),
        compared(name, "a second", ours, "raw through our client", as_ours),
    ]


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
