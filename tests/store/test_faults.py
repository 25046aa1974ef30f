"""What the store says and does when AWS throttles, breaks or falls silent: nothing is lost, nothing is done twice."""

import pytest

from chalicelib.domain.booking import SignUp
from chalicelib.domain.errors import ConfigurationError, StoreBusyError
from chalicelib.domain.letter import LEASE, LetterState
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_up import sign_up
from tests.store.examples import NOW, REQUEST, Example, letter_for
from tests.store.faults import FAULTS, REFUSALS, UNTOUCHED, cancelled, injected, silent_after_doing_it
from tests.store.stores import dynamo_store, kinds, new_table
from tests.store.test_stored_sessions import INFORMATION

ONCE = sorted(["CONTACT", "BOOKING", "FIND", "FOR", "NAME", "PHONE", "WHO", "WHO", "LETTER", "LETTER"])

each_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())


@pytest.fixture
def store(table):
    return dynamo_store(*table)


@pytest.mark.parametrize("fault", REFUSALS.values(), ids=REFUSALS.keys())
def test_a_write_that_was_refused_for_now_leaves_nothing_behind(table, store, fault):
    with injected(table[0], "TransactWriteItems", fault), pytest.raises(StoreBusyError):
        Example().open_in(store)

    assert kinds(*table) == []


def test_a_write_whose_answer_got_lost_finds_the_store_busy(table, store):
    with injected(table[0], "TransactWriteItems", silent_after_doing_it), pytest.raises(StoreBusyError):
        Example().open_in(store)

    assert store.contacts.read("one").contact == Example().contact


@each_fault
@pytest.mark.parametrize("operation", ["TransactWriteItems", "GetItem"])
def test_a_request_is_stored_once_in_spite_of_a_fault(table, store, operation, fault):
    with injected(table[0], operation, fault):
        accepted = request_appointment(REQUEST, store.office, "one", NOW)

    assert kinds(*table) == ONCE
    assert store.contacts.read("one").reference == accepted.reference


@each_fault
@pytest.mark.parametrize(
    ("to_take", "to_give_back"), [("TransactWriteItems", "TransactWriteItems"), ("BatchGetItem", "GetItem")]
)
def test_a_seat_is_taken_once_and_given_back_once_in_spite_of_a_fault(table, store, to_take, to_give_back, fault):
    store.sessions.add(INFORMATION)

    with injected(table[0], to_take, fault):
        taken = sign_up(SignUp("info", REQUEST.person), store.office, "one", NOW)
    assert [seat.reference for seat in store.sessions.roster("info")] == [taken.reference]
    assert store.sessions.read("info").taken == 1

    with injected(table[0], to_give_back, fault):
        give_up_place("one", "info", store.rosters, NOW)
    assert list(store.sessions.roster("info")) == []
    assert store.sessions.read("info").taken == 0


def test_a_reference_taken_by_chance_gives_way_to_the_next(table, store):
    with injected(table[0], "TransactWriteItems", cancelled("ConditionalCheckFailed", *UNTOUCHED)):
        accepted = request_appointment(REQUEST, store.office, "one", NOW)

    assert accepted.reference == store.office.identity.references(REQUEST, 1)[1]
    assert kinds(*table) == ONCE


def test_a_request_is_stored_once_when_the_sdk_asks_again_of_itself(engine):
    client = engine.client(retries={"mode": "standard", "total_max_attempts": 2})
    name = new_table(client)

    with injected(client, "TransactWriteItems", silent_after_doing_it):
        accepted = request_appointment(REQUEST, dynamo_store(client, name).office, "one", NOW)

    assert kinds(client, name) == ONCE
    assert request_appointment(REQUEST, dynamo_store(client, name).office, "two", NOW) == accepted


def test_a_claim_whose_answer_got_lost_is_over_with_its_lease(table, store):
    Example().open_in(store)

    with injected(table[0], "UpdateItem", silent_after_doing_it), pytest.raises(StoreBusyError):
        store.outbox.claim(letter_for(Example()), NOW + LEASE)

    assert list(store.outbox.in_state(LetterState.FAILED)) == []
    assert list(store.outbox.due(NOW)) == []
    assert list(store.outbox.due(NOW + LEASE)) == [letter_for(Example(), due_at=NOW + LEASE, attempts=1)]


@pytest.mark.parametrize("operation", ["GetItem", "Query"])
@pytest.mark.parametrize("fault", [FAULTS["throttled"], FAULTS["unreachable"]], ids=["throttled", "unreachable"])
def test_looking_for_due_letters_finds_the_store_busy(table, store, operation, fault):
    with injected(table[0], operation, fault), pytest.raises(StoreBusyError):
        list(store.outbox.due(NOW))


def test_failed_letters_are_not_missed_in_silence(table, store):
    with injected(table[0], "Query", FAULTS["throttled"]), pytest.raises(StoreBusyError):
        list(store.outbox.in_state(LetterState.FAILED))


def test_a_booking_that_is_not_visible_yet_is_asked_for_again(table, store):
    Example().open_in(store)
    client, name = table
    client.delete_item(TableName=name, Key={"pk": {"S": "CONTACT#one"}, "sk": {"S": "BOOKING#APPOINTMENT"}})

    with pytest.raises(StoreBusyError):
        store.contacts.read("one")


def test_a_table_that_is_not_there_is_named_to_the_operator(table):
    with pytest.raises(ConfigurationError, match=r"table forgotten \(CAI_TABLE\): ResourceNotFoundException"):
        dynamo_store(table[0], "forgotten").contacts.read("one")
