"""Whether an address is known costs the table the same: calls of the same kinds in the same order."""

import pytest

from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.send_link import send_links
from chalicelib.usecases.sign_in import Door, ask_for_link
from tests.examples import NOW, REQUEST, by
from tests.store.boundaries import Counting, dies_before
from tests.store.stores import dynamo_store

pytestmark = pytest.mark.engine

KNOWN, UNKNOWN = "nota@example.org", "ignota@example.org"


def calls(table, step):
    client, name = table
    counting = Counting(client, 0, dies_before, page=100)
    step(dynamo_store(counting, name))
    return counting.calls


def test_asking_for_the_link_again_costs_the_same(table):
    store = dynamo_store(*table)
    request_appointment(by(REQUEST, email=KNOWN), store.office, f"{1:032}", NOW)

    known, unknown = (
        calls(table, lambda store, email=email: send_links(email, store.office, NOW)) for email in (KNOWN, UNKNOWN)
    )

    assert known == unknown == ["update_item", "query", "query", "transact_write_items"]


def test_asking_to_be_let_into_the_desk_costs_the_same(table):
    def ask(store, address, nonce):
        door = Door(frozenset({KNOWN}), store.sign_ins, store.limits, [b"key"])
        ask_for_link(address, "", "en", door, NOW, "192.0.2.7", nonce)

    known, unknown = (
        calls(table, lambda store, turn=turn, address=address: ask(store, address, f"{turn:032x}"))
        for turn, address in enumerate((KNOWN, UNKNOWN))
    )

    assert known == unknown == ["update_item", "update_item", "transact_write_items"]
