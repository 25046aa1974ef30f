"""What a sign-up costs on AWS, beside what its e-mails alone cost

Counted on the real code with a real engine, from the form to the deletion: units of writing and reading as DynamoDB
bills them (1 kB written, 4 kB read, twice in a transaction, once more for a place in the index), e-mails, and runs of
functions. What a run takes is assumed, not measured: `SECONDS`, at 512 MB. Prices are for us-east-1, from where
`operations/scale.md` says; in eu-central-1 some are up to a quarter dearer.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.figures import Figure, compared
from bench.sign_ups import HOT, NOW, office_of, running, signing_up
from chalicelib import jobs
from chalicelib.letters.writer import Writer
from chalicelib.programme import facts, periods
from chalicelib.storage.deletions import DynamoDeletions
from chalicelib.storage.ledger import FileLedger
from chalicelib.storage.outbox import DynamoOutbox
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.post_room import PostRoom
from tests.engines import start_roto

PEOPLE = 20
SECONDS = 0.15
REQUESTS = 3  # the form, the receipt, and one look at the own page
FILES = 20  # of the site, from the edge
DOLLARS = {
    "written": 0.625 / 1e6,
    "read": 0.125 / 1e6,
    "mails": 0.10 / 1e3,
    "requests": (3.50 + 0.60) / 1e6,  # API Gateway and its firewall
    "runs": 0.20 / 1e6 + SECONDS * 0.5 * 0.0000133334,
    "files": 0.012 / 1e4,
}


class Metered:
    """Passes every call on, and counts what DynamoDB would bill."""

    def __init__(self, client: Any) -> None:
        self._client, self.units = client, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._client, name)
        count = getattr(self, f"_{name}", None)
        return self._counted(call, count) if count else call

    def _counted(self, call: Callable[..., Any], count: Callable[..., None]) -> Callable[..., Any]:
        def called(**given: Any) -> Any:
            answer = call(**given)
            count(given, answer)
            return answer

        return called

    def _transact_write_items(self, given: Any, _: Any) -> None:
        for action in given["TransactItems"]:
            ((_kind, said),) = action.items()
            self.units["written"] += 2 * _kilobytes(said.get("Item", {}), 1) + _in_index(said)

    def _put_item(self, given: Any, _: Any) -> None:
        self.units["written"] += _kilobytes(given["Item"], 1) + _in_index(given)

    def _update_item(self, given: Any, _: Any) -> None:
        self.units["written"] += 1 + _in_index(given)

    def _batch_write_item(self, given: Any, _: Any) -> None:
        ((_table, requests),) = given["RequestItems"].items()
        self.units["written"] += 2 * len(requests)  # an item and its place in the index

    def _get_item(self, _: Any, answer: Any) -> None:
        self.units["read"] += _kilobytes(answer.get("Item", {}), 4)

    def _batch_get_item(self, given: Any, _: Any) -> None:
        ((_table, asked),) = given["RequestItems"].items()
        self.units["read"] += len(asked["Keys"])

    def _query(self, _: Any, answer: Any) -> None:
        self.units["read"] += _kilobytes(answer["Items"], 4)

    _scan = _query


def _kilobytes(items: object, size: int) -> int:
    return max(1, -(-len(json.dumps(items, default=str)) // (1024 * size)))


def _in_index(said: Any) -> int:
    """An item that is put in the index takes one write there; one that moves, two."""
    if "Item" in said:
        return int("due_key" in said["Item"])
    return 2 * int("#due_key" in said.get("ExpressionAttributeNames", {})) if "UpdateExpression" in said else 1


class Letters:
    """Takes each letter and sends none."""

    def __init__(self) -> None:
        self.sent = 0

    def send(self, _: object) -> None:
        self.sent += 1


def counted(people: int = PEOPLE) -> dict[str, float]:
    """For one sign-up, until nothing is left of it; without what the timed runs read where nothing is to be done."""
    with tempfile.TemporaryDirectory() as folder, running(start_roto) as engine:
        return _lived(Metered(engine.client()), people, Path(folder))


def _lived(client: Metered, people: int, folder: Path) -> dict[str, float]:
    office, deletions = office_of(client), DynamoDeletions(client, "bench")
    rosters = office.rosters
    ledger, post = FileLedger(folder / "erased", timedelta(days=30)), Letters()
    room = PostRoom(DynamoOutbox(client, "bench"), rosters, deletions, _writer().compose, post)
    moments = [NOW, HOT.start - timedelta(days=2), HOT.start + timedelta(days=340), HOT.start + timedelta(days=400)]
    for moment in moments:  # the first run of a day looks further than the others
        _run(moment, room, deletions, rosters, ledger)
    before = Counter(client.units)
    for number in range(people):
        signing_up(client, number)()
    for moment in moments:
        _run(moment, room, deletions, rosters, ledger)
    spent = client.units - before
    return {
        "written": spent["written"] / people,
        "read": spent["read"] / people,
        "mails": post.sent / people,
        "requests": REQUESTS,
        "runs": REQUESTS + post.sent / people + 1,
        "files": FILES,
    }


def _run(moment: Any, room: PostRoom, deletions: Any, rosters: Rosters, ledger: FileLedger) -> None:
    jobs.remind(rosters.contacts, deletions, periods.retention(), moment)
    jobs.deliver(room, lambda: moment)
    jobs.delete(deletions, rosters, ledger, moment)
    jobs.deliver(room, lambda: moment)


def _writer() -> Writer:
    keys = (b"k" * 32,)
    office = ("staff@forum-cai.example", "privacy@forum-cai.example")
    return Writer(facts.load(), "https://forum-cai.example", "demonstration", *office, keys, keys)


def dollars(units: dict[str, float]) -> float:
    """The price of 1,000."""
    return 1000 * sum(number * DOLLARS[name] for name, number in units.items())


def figures() -> list[Figure]:
    units = counted()
    whole, mails = dollars(units), dollars({"mails": units["mails"]})
    print("  " + ", ".join(f"{number:.3g} {name}" for name, number in units.items()))
    return [compared("1,000 sign-ups", "dollars", [whole], "their e-mails alone", [mails])]
