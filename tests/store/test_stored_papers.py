"""What every store promises of vouchers and certificates: kept with their contact, changed with it, gone with it."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.errors import TakenError, UnreadableItemError
from chalicelib.domain.papers import Certificate, CertificateKind
from chalicelib.usecases.delete_contacts import delete_contacts
from tests.contract_examples import COPY, DAY, FIRST, under_way, used
from tests.fakes.deletions import FakeLedger
from tests.store.examples import NOW, Example, correction
from tests.store.stores import dynamo_store, rows

TODAY = date(2026, 11, 21)
FULL = Example()
SECOND = replace(FULL.contact, version=2)
THIRD = replace(FULL.contact, version=3)
CERTIFICATES = (Certificate(CertificateKind.CITIZENSHIP, TODAY), COPY, Certificate(CertificateKind.VALIDATION, TODAY))
PAPERS = (*CERTIFICATES[::-1], used(replace(FIRST, number=10)), FIRST)


def held(store):
    file = store.contacts.read("one")
    return file.vouchers, file.certificates


def test_who_has_none_has_none(store):
    FULL.open_in(store)

    assert held(store) == ((), ())


def test_papers_are_read_as_they_were_stored_in_the_order_of_their_numbers(store):
    FULL.open_in(store)
    before = store.contacts.read("one")

    store.contacts.amend(SECOND, [], TODAY, PAPERS)

    vouchers = (FIRST, used(replace(FIRST, number=10)))
    assert store.contacts.read("one") == replace(before, contact=SECOND, vouchers=vouchers, certificates=CERTIFICATES)


def test_copies_of_two_courses_are_two(store):
    FULL.open_in(store)
    second = replace(COPY, voucher=2)

    store.contacts.amend(SECOND, [], TODAY, [COPY])
    store.contacts.amend(THIRD, [], TODAY, [second])

    assert held(store) == ((), (COPY, second))


def test_a_voucher_takes_the_place_of_the_one_with_its_number(store):
    FULL.open_in(store)
    store.contacts.amend(SECOND, [], TODAY, [FIRST, replace(FIRST, number=2)])

    store.contacts.amend(THIRD, [], TODAY, [under_way()])

    assert held(store) == ((under_way(), replace(FIRST, number=2)), ())


def test_who_read_an_older_version_stores_nothing(store):
    FULL.open_in(store)
    store.contacts.amend(SECOND, [], TODAY, [FIRST])

    with pytest.raises(TakenError):
        store.contacts.amend(SECOND, [], TODAY, [used(), COPY])

    assert held(store) == ((FIRST,), ())


def test_nothing_is_stored_of_a_contact_that_is_being_deleted(store):
    FULL.open_in(store)
    store.contacts.ask_deletion("one", TODAY)

    with pytest.raises(TakenError):
        store.contacts.amend(SECOND, [], TODAY, [FIRST])


def test_papers_stay_when_something_else_changes(store):
    FULL.open_in(store)
    store.contacts.amend(SECOND, [], TODAY, [FIRST, COPY])

    store.contacts.correct("one", correction(), [])
    store.contacts.amend(THIRD, [], TODAY)
    other = replace(FULL.booking, about="other", reference="REF-other", state=BookingState.CONFIRMED)
    store.contacts.book(replace(THIRD, version=4), other, [])

    assert held(store) == ((FIRST,), (COPY,))


def test_nobody_sees_the_papers_of_somebody_else(store):
    for word in ("one", "two"):
        Example(word).open_in(store)

    store.contacts.amend(replace(Example("two").contact, version=2), [], TODAY, PAPERS)

    assert held(store) == ((), ())


def test_papers_are_deleted_with_their_contact(table):
    store = dynamo_store(*table)
    Example(delete_on=TODAY).open_in(store)
    store.contacts.amend(replace(SECOND, delete_on=TODAY), [], TODAY, PAPERS)

    counts = delete_contacts(store.deletions, store.rosters, FakeLedger(), NOW + DAY)

    assert counts == {"deleted": 1}
    assert [item["pk"]["S"] for item in rows(*table) if item["pk"]["S"].startswith(("CONTACT#", "FIND#"))] == []


def test_a_paper_that_nobody_can_read_is_named_without_its_content(table):
    client, name = table
    store = dynamo_store(*table)
    FULL.open_in(store)
    client.put_item(TableName=name, Item={"pk": {"S": "CONTACT#one"}, "sk": {"S": "CONTRACT#VOUCHER#1"}})

    with pytest.raises(UnreadableItemError, match=r"^CONTACT: KeyError$"):
        store.contacts.read("one")
