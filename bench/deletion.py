"""Deletion of 1,000 due contacts among many

The real job on the local engine, beside the same among the fewest; calls are counted at the client.
"""

import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

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
DUE = 1_000
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def figures() -> list[Figure]:
    measured = {size: measure(size) for size in SIZES}
    (calls, seconds), fewest = measured[SIZES[0]], f"among {SIZES[0]:,}"
    found = []
    for size in SIZES[1:]:
        more_calls, more_seconds = measured[size]
        asked, needed = [sum(more_calls.values()) / DUE], [1000 * more_seconds / DUE]
        found.append(compared(f"calls for each, among {size:,}", "", asked, fewest, [sum(calls.values()) / DUE]))
        found.append(compared(f"time for each, among {size:,}", "ms", needed, fewest, [1000 * seconds / DUE]))
    return found


def measure(size: int) -> tuple[Counter[str], float]:
    with tempfile.TemporaryDirectory() as folder:
        engine = start_roto(Path(folder) / "db")
        try:
            client = engine.client()
            table.create(client, "bench")
            fill(client, size)
            return run(client, Path(folder) / "ledger")
        finally:
            engine.stop()


def fill(client, size: int) -> None:
    """`DUE` contacts with booking, pointers and letters; the others are contacts with a later day."""
    contacts = DynamoContacts(client, "bench")
    for number in range(DUE):
        contact = stored(number, NOW - timedelta(days=366))
        booking = Booking(APPOINTMENT, f"DUE-{number}", 1, BookingState.REQUESTED, Wish((), "en", ""), NOW)
        kinds = (LetterKind.RECEIVED, LetterKind.STAFF_REQUEST)
        letters = [promised(kind, contact, APPOINTMENT, booking.reference, NOW) for kind in kinds]
        contacts.open(contact, booking, [f"mail-{number}", f"phone-{number}"], letters)
    later = (stored(number, NOW - timedelta(days=number % 300)) for number in range(DUE, size))
    writes = (
        {"PutRequest": {"Item": to_item(items.of_contact(each, frozenset({"M"}), frozenset({"R"})))}} for each in later
    )
    while batch := list(islice(writes, 25)):
        client.batch_write_item(RequestItems={"bench": batch})


def stored(number: int, asked_at: datetime):
    person = Person("Exempla", f"Number {number}", f"{number}@example.org", None, "en")
    return new_contact(f"{number:032}", person, None, History(asked_at.date()), periods.retention())


def run(client, ledger: Path) -> tuple[Counter[str], float]:
    calls: Counter[str] = Counter()
    client.meta.events.register("before-call.dynamodb", lambda model, **_: calls.update([model.name]))
    started = time.perf_counter()
    rosters = Rosters(DynamoContacts(client, "bench"), DynamoSessions(client, "bench"))
    counts = delete_contacts(DynamoDeletions(client, "bench"), rosters, FileLedger(ledger, timedelta(days=30)), NOW)
    assert counts == {"deleted": DUE}, counts
    return calls, time.perf_counter() - started
