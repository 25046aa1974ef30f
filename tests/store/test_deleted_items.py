"""What a deletion leaves in the table, of items as we store them and of others."""

from contextlib import suppress
from datetime import date, timedelta

import pytest

from chalicelib.domain.errors import StoreBusyError, TakenError
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.ports import Due
from tests.fakes.deletions import FakeLedger
from tests.store.examples import NOW, Example, correction, letters_about
from tests.store.stores import dynamo_store, rows
from tests.store.test_races import at_once

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
FULL = Example(delete_on=TODAY)
MONTH = "2026-11"


def test_nothing_of_a_contact_is_left_in_the_table(table):
    store = dynamo_store(*table)
    FULL.open_in(store)
    store.contacts.correct("one", correction(), letters_about("REF-new", FULL))

    counts = delete_contacts(store.deletions, store.rosters, FakeLedger(), NOW)

    assert counts == {"deleted": 1}
    assert {item["pk"]["S"] for item in rows(*table)} == {"JOB#deliver", "JOB#forget", "COUNT#2026-11"}


ODD = {
    "unknown attributes": {"first_name": {"NULL": True}, "more": {"M": {}}, "version": {"N": "1.5"}},
    "no rule": {"rule": None},
    "a rule that is no text": {"rule": {"N": "1"}},
    "no marks and references": {"marks": None, "references": None},
    "nothing but its day": dict.fromkeys(["first_name", "surname", "language", "version", "link_version", "attended"]),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_an_item_that_nobody_can_read_goes_like_the_others(table, odd):
    client, name = table
    store = dynamo_store(*table)
    for word in ("one", "two", "three"):
        Example(word, delete_on=TODAY).open_in(store)
    key = {"pk": {"S": "CONTACT#two"}, "sk": {"S": "CONTACT"}}
    item = client.get_item(TableName=name, Key=key)["Item"] | odd
    client.put_item(TableName=name, Item={name: value for name, value in item.items() if value})

    counts = delete_contacts(store.deletions, store.rosters, FakeLedger(), NOW)

    assert counts == {"deleted": 3}
    assert not [item for item in rows(*table) if item["pk"]["S"].startswith("CONTACT#")]


def test_an_item_without_a_day_is_no_reason_to_keep_the_others_and_stays_overdue(table):
    client, name = table
    store = dynamo_store(*table)
    for word in ("one", "two"):
        Example(word, delete_on=TODAY).open_in(store)
    key = {"pk": {"S": "CONTACT#one"}, "sk": {"S": "CONTACT"}}
    client.update_item(TableName=name, Key=key, UpdateExpression="REMOVE delete_on")

    delete_contacts(store.deletions, store.rosters, FakeLedger(), NOW)

    assert list(store.deletions.due(TODAY + 9 * DAY)) == [Due("one")]
    assert store.deletions.oldest_overdue(TODAY + 9 * DAY) == TODAY


def test_what_a_transaction_was_just_writing_is_cleared_by_the_next_run(table):
    client, name = table
    store = dynamo_store(*table)
    FULL.open_in(store)
    store.deletions.begin(Due("one"), TODAY)
    store.deletions.clear(Due("one"))
    client.put_item(TableName=name, Item={"pk": {"S": "CONTACT#one"}, "sk": {"S": "LETTER#late"}})

    ledger = FakeLedger()
    with pytest.raises(StoreBusyError):
        store.deletions.finish(Due("one"), MONTH)
    counts = delete_contacts(store.deletions, store.rosters, ledger, NOW)

    assert counts == {"deleted": 1}
    assert not [item for item in rows(*table) if item["pk"]["S"].startswith("CONTACT#")]


def test_two_runs_at_once_count_a_deletion_once(table):
    store = dynamo_store(*table)
    FULL.open_in(store)
    store.deletions.begin(Due("one"), TODAY)
    store.deletions.clear(Due("one"))

    finish = store.deletions.finish
    at_once(lambda _: finished(finish), 8)

    assert store.months.read(MONTH, TODAY).deletions == {"took_part": 1}


def finished(finish):
    with suppress(TakenError, StoreBusyError):
        finish(Due("one"), MONTH)
