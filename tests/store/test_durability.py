"""What the local engine acknowledged survives the sudden end of its process."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

import pytest

from chalicelib.domain.errors import StoreBusyError
from tests.engines import start_roto
from tests.store.examples import NOW, Example
from tests.store.stores import dynamo_store, new_table

pytestmark = pytest.mark.engine


def test_every_acknowledged_contact_is_there_after_a_kill(tmp_path):
    engine = start_roto(tmp_path)
    client = engine.client(retries={"total_max_attempts": 1})
    name = new_table(client)
    acknowledged, enough = [], Event()

    def write_until_it_ends(writer):
        try:
            for number in count():
                example = Example(f"{writer}-{number}").open_in(dynamo_store(client, name))
                acknowledged.append(example)
                if len(acknowledged) >= 40:
                    enough.set()
        except StoreBusyError:
            return

    with ThreadPoolExecutor(4) as threads:
        writers = [threads.submit(write_until_it_ends, writer) for writer in range(4)]
        assert enough.wait(60)
        engine.kill()
    assert [writer.exception() for writer in writers] == [None] * 4

    again = start_roto(tmp_path)
    try:
        store = dynamo_store(again.client(), name)
        files = [store.contacts.read(example.word) for example in acknowledged]
        letters = {letter.contact_id for letter in store.outbox.due(NOW)}
    finally:
        again.stop()

    assert [(file.contact, file.bookings) for file in files] == [
        (each.contact, (each.booking,)) for each in acknowledged
    ]
    assert letters >= {example.word for example in acknowledged}
