"""What every outbox promises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import LEASE, LetterKind, LetterState, call_after_return, report_of_failure
from chalicelib.usecases.ports import Outcome
from tests.store.examples import NOW, Example, letter_for
from tests.store.stores import dynamo_store, new_table

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def open_with_letters(store, *letters):
    Example(letters=letters).open_in(store)


def waiting(due_at=NOW, **changes):
    return letter_for(Example(), due_at=due_at, **changes)


class TestOutbox:
    def test_a_letter_is_due_from_its_moment_on(self, store):
        open_with_letters(store, waiting())

        assert list(store.outbox.due(NOW - SECOND)) == []
        assert list(store.outbox.due(NOW)) == [waiting()]

    def test_the_oldest_letter_comes_first(self, store):
        ages = [3, 0, 1, 30, 2]
        open_with_letters(store, *(waiting(NOW - age * HOUR, revision=age) for age in ages))

        assert [letter.revision for letter in store.outbox.due(NOW)] == sorted(ages, reverse=True)

    @pytest.mark.parametrize("days", [1, 2, 20])
    def test_a_letter_is_found_however_long_nobody_looked(self, store, days):
        open_with_letters(store, waiting())

        assert list(store.outbox.due(NOW + days * DAY)) == [waiting()]

    def test_a_letter_is_found_after_a_break_of_the_runs(self, store):
        assert list(store.outbox.due(NOW - DAY)) == []
        open_with_letters(store, waiting())

        assert list(store.outbox.due(NOW + 20 * DAY)) == [waiting()]

    @pytest.mark.parametrize("state", [LetterState.BY_PHONE, LetterState.BOUNCED])
    def test_a_call_that_told_nothing_is_counted_and_put_off_once(self, store, state):
        call = waiting(state=state)
        open_with_letters(store, call)

        assert store.outbox.postpone(call, NOW + DAY)
        assert not store.outbox.postpone(call, NOW + 2 * DAY)

        later = waiting(NOW + DAY, state=state, attempts=1)
        assert list(store.outbox.in_state(state)) == [later]
        assert store.outbox.told(later)
        assert not store.outbox.postpone(later, NOW + 2 * DAY)

    def test_a_letter_that_nobody_claims_is_found_again_and_again(self, store):
        open_with_letters(store, waiting(), waiting(NOW + 7 * DAY, revision=2))

        found = [[letter.revision for letter in store.outbox.due(NOW + days * DAY)] for days in (0, 5, 10, 20, 40)]

        assert found == [[1], [1], [1, 2], [1, 2], [1, 2]]

    def test_a_letter_is_found_when_the_clock_was_put_back(self, store):
        assert list(store.outbox.due(NOW + 30 * DAY)) == []
        open_with_letters(store, waiting())

        assert list(store.outbox.due(NOW)) == [waiting()]
        assert list(store.outbox.due(NOW + 60 * DAY)) == [waiting()]

    def test_the_oldest_unsent_letter_is_known_when_the_clock_was_put_back(self, store):
        open_with_letters(store, waiting(state=LetterState.BY_PHONE))
        assert list(store.outbox.due(NOW + 30 * DAY)) == []
        Example("two", letters=(waiting(NOW - DAY, contact_id="two", waiting_since=NOW - DAY),)).open_in(store)

        assert store.outbox.oldest_unsent(NOW) == NOW - DAY

    def test_a_letter_that_was_claimed_is_due_again_when_its_lease_is_over(self, store):
        open_with_letters(store, waiting())

        claimed = store.outbox.claim(waiting(), NOW + LEASE)

        assert claimed == waiting(NOW + LEASE, attempts=1)
        assert list(store.outbox.due(NOW + LEASE - SECOND)) == []
        assert list(store.outbox.due(NOW + LEASE)) == [claimed]

    def test_a_letter_is_claimed_by_one_only(self, store):
        open_with_letters(store, waiting())

        claims = [store.outbox.claim(waiting(), NOW + LEASE + each * SECOND) for each in range(3)]

        assert claims == [waiting(NOW + LEASE, attempts=1), None, None]

    def test_a_letter_that_is_gone_is_not_claimed_into_being(self, store):
        assert store.outbox.claim(waiting(), NOW + LEASE) is None
        assert list(store.outbox.due(NOW + DAY)) == []

    @pytest.mark.parametrize("state", [LetterState.SENT, LetterState.FAILED, LetterState.BY_PHONE, LetterState.VOID])
    def test_a_letter_that_waits_no_more_is_not_due(self, store, state):
        open_with_letters(store, waiting())
        claimed = store.outbox.claim(waiting(), NOW + LEASE)

        store.outbox.settle(claimed, state, NOW)

        assert list(store.outbox.due(NOW + DAY)) == []
        assert store.outbox.claim(waiting(), NOW + DAY) is None
        assert store.outbox.claim(replace(claimed, state=state, due_at=NOW), NOW + DAY) is None

    @pytest.mark.parametrize("again", [NOW, NOW + SECOND, datetime(2026, 11, 22, 0, 30, tzinfo=UTC), NOW + 9 * DAY])
    def test_a_letter_that_was_not_taken_is_due_when_it_is_tried_again(self, store, again):
        open_with_letters(store, waiting())
        claimed = store.outbox.claim(waiting(), NOW + LEASE)

        store.outbox.settle(claimed, LetterState.WAITING, again)

        assert list(store.outbox.due(again - SECOND)) == []
        assert list(store.outbox.due(again)) == [waiting(again, attempts=1)]

    @pytest.mark.parametrize("outcome", [LetterState.SENT, LetterState.FAILED, LetterState.WAITING])
    def test_who_lost_a_claim_says_nothing(self, store, outcome):
        open_with_letters(store, waiting())
        lost = store.outbox.claim(waiting(), NOW + LEASE)
        other = store.outbox.claim(lost, NOW + 2 * LEASE)

        store.outbox.settle(lost, outcome, NOW)

        assert list(store.outbox.due(NOW + DAY)) == [other]

    def test_the_outcome_of_a_claim_counts_once(self, store):
        open_with_letters(store, waiting())
        claimed = store.outbox.claim(waiting(), NOW + LEASE)
        store.outbox.settle(claimed, LetterState.SENT, NOW + SECOND)

        store.outbox.settle(claimed, LetterState.FAILED, NOW + LEASE)

        assert list(store.outbox.in_state(LetterState.FAILED)) == []
        assert list(store.outbox.due(NOW + DAY)) == []

    def test_letters_can_be_settled_while_they_are_listed(self, store):
        open_with_letters(store, *(waiting(NOW - each * HOUR, revision=each) for each in range(30)))

        seen = []
        for letter in store.outbox.due(NOW):
            claimed = store.outbox.claim(letter, NOW + LEASE)
            store.outbox.settle(claimed, LetterState.SENT, NOW)
            seen.append(letter.revision)

        assert seen == list(reversed(range(30)))

    def test_letters_to_be_said_by_phone_are_listed_oldest_first(self, store):
        first, second = (waiting(NOW + each * DAY, state=LetterState.BY_PHONE, revision=each) for each in (2, 3))
        open_with_letters(store, second, waiting(), first)

        assert list(store.outbox.in_state(LetterState.BY_PHONE)) == [first, second]
        assert list(store.outbox.due(NOW + 9 * DAY)) == [waiting()]

    def test_a_letter_that_failed_for_good_tells_staff_once(self, store):
        open_with_letters(store, waiting())
        report = report_of_failure(waiting(), NOW + HOUR)

        store.outbox.fail(store.outbox.claim(waiting(), NOW + LEASE), report, NOW)
        (failed,) = store.outbox.in_state(LetterState.FAILED)
        store.outbox.resend(failed, NOW)
        (again, *_) = store.outbox.due(NOW)
        store.outbox.fail(store.outbox.claim(again, NOW + LEASE), replace(report, due_at=NOW), NOW)

        assert [letter.state for letter in store.outbox.in_state(LetterState.FAILED)] == [LetterState.FAILED]
        assert list(store.outbox.due(NOW + HOUR)) == [report]

    def test_who_lost_a_claim_tells_of_no_failure(self, store):
        open_with_letters(store, waiting())
        lost = store.outbox.claim(waiting(), NOW + LEASE)
        other = store.outbox.claim(lost, NOW + 2 * LEASE)

        store.outbox.fail(lost, report_of_failure(lost, NOW), NOW)

        assert list(store.contacts.letters("one")) == [other]

    def test_a_letter_that_is_gathered_waits_and_counts_from_then_on(self, store):
        open_with_letters(store, waiting())
        claimed = store.outbox.claim(waiting(), NOW + LEASE)

        store.outbox.gather(claimed, NOW + HOUR)

        later = waiting(NOW + HOUR, waiting_since=NOW + HOUR, gathered=True)
        assert list(store.outbox.due(NOW + HOUR - SECOND)) == []
        assert list(store.outbox.due(NOW + HOUR)) == [later]

    def test_who_lost_a_claim_gathers_nothing(self, store):
        open_with_letters(store, waiting())
        lost = store.outbox.claim(waiting(), NOW + LEASE)
        other = store.outbox.claim(lost, NOW + 2 * LEASE)

        store.outbox.gather(lost, NOW + HOUR)

        assert list(store.outbox.due(NOW + DAY)) == [other]

    def test_letters_are_claimed_together_and_by_one_only(self, store):
        letters = [waiting(revision=each) for each in range(100)]
        open_with_letters(store, *letters[:50])
        Example("two", letters=tuple(replace(each, contact_id="two") for each in letters[50:])).open_in(store)
        due = list(store.outbox.due(NOW))

        claims = [store.outbox.claim_all(due, NOW + LEASE), store.outbox.claim_all(due, NOW + 2 * LEASE)]

        assert claims == [tuple(replace(each, due_at=NOW + LEASE, attempts=1) for each in due), None]
        assert len(due) == 100
        assert list(store.outbox.due(NOW + LEASE - SECOND)) == []

    def test_of_letters_of_which_one_is_taken_none_is_claimed(self, store):
        first, second = waiting(), waiting(revision=2)
        open_with_letters(store, first, second)
        store.outbox.claim(second, NOW + LEASE)

        assert store.outbox.claim_all([first, second], NOW + 2 * LEASE) is None
        assert list(store.outbox.due(NOW)) == [first]

    def test_letters_are_settled_together_each_with_its_outcome(self, store):
        open_with_letters(store, waiting(), waiting(revision=2))
        first, second = store.outbox.claim_all([waiting(), waiting(revision=2)], NOW + LEASE)

        store.outbox.settle_all([Outcome(first, LetterState.SENT, NOW), Outcome(second, LetterState.WAITING, NOW)])

        assert list(store.outbox.due(NOW + DAY)) == [replace(second, due_at=NOW)]

    def test_of_letters_of_which_one_is_gone_the_others_are_settled(self, store):
        open_with_letters(store, waiting())
        first = store.outbox.claim(waiting(), NOW + LEASE)
        gone = waiting(revision=2, attempts=1)

        store.outbox.settle_all([Outcome(gone, LetterState.SENT, NOW), Outcome(first, LetterState.FAILED, NOW)])

        assert list(store.contacts.letters("one")) == [replace(first, state=LetterState.FAILED, due_at=NOW)]

    def test_every_letter_of_a_contact_is_read_whatever_became_of_it(self, store):
        mine = [waiting(state=state, revision=at) for at, state in enumerate(LetterState)]
        open_with_letters(store, *mine)
        Example("two", letters=(letter_for(Example("two")),)).open_in(store)

        assert sorted(store.contacts.letters("one"), key=lambda each: each.revision) == mine
        assert list(store.contacts.letters("nobody")) == []

    @pytest.mark.parametrize("state", [LetterState.WAITING, LetterState.SENT])
    def test_a_letter_that_came_back_is_listed_and_staff_call(self, store, state):
        letter = waiting(state=state)
        open_with_letters(store, letter)
        call = call_after_return(letter, NOW + HOUR)

        store.outbox.take_back(letter, call)

        bounced = replace(letter, state=LetterState.BOUNCED)
        assert list(store.outbox.in_state(LetterState.BOUNCED)) == [bounced]
        assert list(store.outbox.due(NOW + HOUR)) == [call]
        assert store.outbox.told(bounced)
        assert list(store.outbox.in_state(LetterState.BOUNCED)) == []

    def test_a_letter_to_staff_comes_back_without_a_call(self, store):
        letter = waiting(state=LetterState.SENT, kind=LetterKind.STAFF_REQUEST)
        open_with_letters(store, letter)

        store.outbox.take_back(letter, None)

        assert list(store.outbox.in_state(LetterState.BOUNCED)) == [replace(letter, state=LetterState.BOUNCED)]

    def test_a_letter_that_somebody_changed_is_not_taken_back(self, store):
        open_with_letters(store, waiting())
        store.outbox.claim(waiting(), NOW + LEASE)

        with pytest.raises(TakenError):
            store.outbox.take_back(waiting(), call_after_return(waiting(), NOW))

        assert list(store.outbox.in_state(LetterState.BOUNCED)) == []
        assert [letter.kind for letter in store.outbox.due(NOW + LEASE)] == [LetterKind.RECEIVED]

    def test_nothing_is_promised_about_a_letter_that_is_gone(self, store):
        with pytest.raises(TakenError):
            store.outbox.take_back(waiting(), call_after_return(waiting(), NOW))

        assert list(store.contacts.letters("one")) == []

    def test_a_failed_letter_waits_anew_when_it_is_sent_again(self, store):
        open_with_letters(store, waiting(), waiting(kind=LetterKind.STAFF_REQUEST))
        store.outbox.settle(store.outbox.claim(waiting(), NOW + LEASE), LetterState.FAILED, NOW + SECOND)
        (failed,) = store.outbox.in_state(LetterState.FAILED)

        answers = [store.outbox.resend(failed, NOW + DAY), store.outbox.resend(failed, NOW + 2 * DAY)]

        assert answers == [True, False]
        assert list(store.outbox.in_state(LetterState.FAILED)) == []
        anew = waiting(NOW + DAY, waiting_since=NOW + DAY)
        assert list(store.outbox.due(NOW + DAY)) == [waiting(kind=LetterKind.STAFF_REQUEST), anew]

    def test_a_letter_that_came_back_waits_anew_when_it_is_sent_again(self, store):
        open_with_letters(store, waiting())
        store.outbox.take_back(waiting(), None)
        (bounced,) = store.outbox.in_state(LetterState.BOUNCED)

        answers = [store.outbox.resend(bounced, NOW + DAY), store.outbox.resend(bounced, NOW + 2 * DAY)]

        assert answers == [True, False]
        assert list(store.outbox.in_state(LetterState.BOUNCED)) == []
        assert list(store.outbox.due(NOW + DAY)) == [waiting(NOW + DAY, waiting_since=NOW + DAY)]

    def test_a_letter_that_did_not_fail_is_not_sent_again(self, store):
        open_with_letters(store, waiting())

        assert not store.outbox.resend(waiting(), NOW + DAY)

        assert list(store.outbox.due(NOW)) == [waiting()]

    @pytest.mark.parametrize("state", [LetterState.FAILED, LetterState.BY_PHONE])
    def test_a_letter_whose_news_are_not_so_is_listed_no_more(self, store, state):
        open_with_letters(store, waiting(state=state))
        (listed,) = store.outbox.in_state(state)

        assert [store.outbox.void(listed), store.outbox.void(listed)] == [True, False]
        assert list(store.outbox.in_state(state)) == list(store.outbox.due(NOW + DAY)) == []

    def test_nothing_unsent_has_no_age(self, store):
        open_with_letters(store, waiting(state=LetterState.BY_PHONE))

        assert store.outbox.oldest_unsent(NOW) is None

    @pytest.mark.parametrize("retried_in", [timedelta(minutes=1), timedelta(hours=4), timedelta()])
    def test_the_oldest_unsent_letter_is_the_one_that_waits_longest(self, store, retried_in):
        old = waiting(waiting_since=NOW - 2 * DAY, revision=2)
        open_with_letters(store, waiting(), old)
        store.outbox.settle(store.outbox.claim(old, NOW + LEASE), LetterState.WAITING, NOW + retried_in)

        assert store.outbox.oldest_unsent(NOW) == NOW - 2 * DAY

    def test_the_oldest_unsent_letter_is_known_however_long_nobody_looked(self, store):
        open_with_letters(store, waiting())

        assert store.outbox.oldest_unsent(NOW + 20 * DAY) == NOW


def test_the_first_look_of_all_finds_what_waited_for_a_year(table):
    client, _ = table
    store = dynamo_store(client, new_table(client, looked_on=None))
    open_with_letters(store, waiting())

    assert list(store.outbox.due(NOW + 365 * DAY)) == [waiting()]


@pytest.mark.parametrize(
    ("letter_on", "first_day"), [(30, "2026-12-20"), (20, "2026-12-11")], ids=["nothing waits", "one waits"]
)
def test_the_first_day_to_look_at_moves_on_until_a_letter_waits(table, letter_on, first_day):
    client, name = table
    open_with_letters(dynamo_store(*table), waiting(NOW + letter_on * DAY))

    list(dynamo_store(*table).outbox.due(NOW + 30 * DAY))

    job = client.get_item(TableName=name, Key={"pk": {"S": "JOB#deliver"}, "sk": {"S": "JOB"}})["Item"]
    assert job["day"]["S"] == first_day
