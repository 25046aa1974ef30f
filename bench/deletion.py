"""Deletion of 1,000 due contacts among many

The real job on the local engine, a run of each in turns, beside the same among the fewest; calls are counted at the
client. The engine reads through its whole index for the two questions that a run asks of it, which DynamoDB does not.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench.figures import Figure, compared
from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Person, Wish
from chalicelib.domain.deletion import new_contact
from chalicelib.domain.letter import LetterKind, promised
from chalicelib.domain.retention import History
from chalicelib.programme import periods
from chalicelib.storage import items, table
from chalicelib.storage.contacts import DynamoContacts
from chalicelib.storage.deletions import DynamoDeletions
from chalicelib.storage.ledger import FileLedger
from chalicelib.storage.sessions import DynamoSessions
from chalicelib.storage.values import to_item
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.give_up_place import Rosters
from tests.engines import start_roto

SIZES = (10_000, 100_000, 1_000_000)
DUE, TURNS = 1_000, 3
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def figures() -> list[Figure]:
    with ExitStack() as stack:
        tables = {size: stack.enter_context(filled(size)) for size in SIZES}
        turns = [{size: run(*tables[size], NOW + turn * DAY) for size in SIZES} for turn in range(TURNS)]
    found = []
    for size in SIZES[1:]:
        for at, (what, unit) in enumerate({"calls": "", "time": "ms"}.items()):
            ours, fewest = ([turn[each][at] for turn in turns] for each in (size, SIZES[0]))
            found.append(compared(f"{what} for each, among {size:,}", unit, ours, f"among {SIZES[0]:,}", fewest))
    return found


@contextmanager
def filled(size: int) -> Iterator[tuple[Any, Path]]:
    """A client of a new table with so many contacts, and a place for a ledger."""
    with tempfile.TemporaryDirectory() as folder:
        engine = start_roto(Path(folder) / "db")
        try:
            client = engine.client()
            table.create(client, "bench")
            fill(client, size)
            yield client, Path(folder) / "ledger"
        finally:
            engine.stop()


def fill(client, size: int) -> None:
    """`DUE` contacts for each turn with booking, pointers and letters; the others are contacts with a later day."""
    contacts = DynamoContacts(client, "bench")
    for number in range(TURNS * DUE):
        contact = stored(number, NOW + (number // DUE) * DAY - timedelta(days=365))
        booking = Booking(APPOINTMENT, f"DUE-{number}", 1, BookingState.REQUESTED, Wish((), "en", ""), NOW)
        kinds = (LetterKind.RECEIVED, LetterKind.STAFF_REQUEST)
        letters = [promised(kind, contact, APPOINTMENT, booking.reference, NOW) for kind in kinds]
        contacts.open(contact, booking, [f"mail-{number}", f"phone-{number}"], letters)
    later = (stored(number, NOW - timedelta(days=number % 300)) for number in range(TURNS * DUE, size))
    writes = (
        {"PutRequest": {"Item": to_item(items.of_contact(each, frozenset({"M"}), frozenset({"R"})))}} for each in later
    )
    while batch := list(islice(writes, 25)):
        client.batch_write_item(RequestItems={"bench": batch})


def stored(number: int, asked_at: datetime):
    person = Person("Exempla", f"Number {number}", f"{number}@example.org", None, "en")
    return new_contact(f"{number:032}", person, None, History(asked_at.date()), periods.retention())


def run(client, ledger: Path, now: datetime) -> tuple[float, float]:
    """The calls and milliseconds that each contact took which is due by `now`."""
    calls: Counter[str] = Counter()
    client.meta.events.register("before-call.dynamodb", lambda model, **_: calls.update([model.name]), "counting")
    rosters = Rosters(DynamoContacts(client, "bench"), DynamoSessions(client, "bench"))
    started = time.perf_counter()
    counts = delete_contacts(DynamoDeletions(client, "bench"), rosters, FileLedger(ledger, timedelta(days=30)), now)
    needed = time.perf_counter() - started
    client.meta.events.unregister("before-call.dynamodb", unique_id="counting")
    assert counts == {"deleted": DUE}, counts
    return calls.total() / DUE, 1000 * needed / DUE
