"""What a sign-up asks of the table: not one call or write more than the bench explains."""

import pytest

from bench.sign_ups import CALLS, HOT, WRITES, Recording, signing_up
from chalicelib.storage import table
from chalicelib.storage.sessions import DynamoSessions
from tests.store.boundaries import Counting, dies_before

pytestmark = pytest.mark.engine


def named(action):
    """The action and what it is about, as the bench names it."""
    ((kind, given),) = action.items()
    item = given.get("Item") or given["Key"]
    word = item["sk"]["S"].partition("#")[0]
    what = {"FIND": "reference", "WHO": "mark", "FOR": "mailbox", "LIMIT": "count"}.get(word, word.lower())
    return f"{kind} {what} {item['kind']['S']}" if what == "letter" else f"{kind} {what}"


@pytest.fixture
def bench(engine, client_of):
    client = client_of(engine)
    table.create(client, "bench")
    DynamoSessions(client, "bench").add(HOT)
    yield client
    client.delete_table(TableName="bench")


def test_each_call_of_a_sign_up_is_explained(bench):
    counting = Counting(bench, 0, dies_before, page=100)

    signing_up(counting, 1)()

    words = [call.replace("_", "") for call in counting.calls]
    assert words == [name.split()[0].lower() for name in CALLS]


def test_each_write_of_a_sign_up_is_explained(bench):
    recording = Recording(bench, [])

    signing_up(recording, 1)()

    ((given),) = recording.kept
    assert sorted(map(named, given["TransactItems"])) == sorted(
        name for name, (times, _) in WRITES.items() for _ in range(times)
    )
