"""What every list of things that wait for staff promises."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.booking import APPOINTMENT, BookingState
from chalicelib.usecases.desk_ports import Leaving, Waiting
from tests.store.examples import NOW, Example, correction
from tests.store.stores import dynamo_store, new_table

TODAY = date(2026, 11, 21)
HOUR = timedelta(hours=1)


def ask(store, word, since=NOW, state=BookingState.REQUESTED, **changes):
    example = Example(word, **changes)
    booking = replace(example.booking, requested_at=since, state=state)
    store.contacts.open(example.contact, booking, example.given_marks, ())
    return example


class TestWorklist:
    def test_requests_are_listed_oldest_first_with_the_contact_and_the_moment(self, store):
        ask(store, "late", NOW)
        ask(store, "early", NOW - HOUR)

        assert list(store.worklist.requests()) == [
            Waiting("early", "REF-early", NOW - HOUR),
            Waiting("late", "REF-late", NOW),
        ]

    @pytest.mark.parametrize("state", [state for state in BookingState if state is not BookingState.REQUESTED])
    def test_what_needs_no_answer_is_not_listed(self, store, state):
        ask(store, "one", state=state)

        assert list(store.worklist.requests()) == []

    def test_corrections_are_listed_until_their_owner_withdraws_them(self, store):
        ask(store, "one")
        store.contacts.correct("one", correction("REF-new"), ())
        store.contacts.correct("one", correction("REF-old", received_at=NOW - HOUR), ())
        listed = [Waiting("one", "REF-old", NOW - HOUR), Waiting("one", "REF-new", NOW)]

        assert list(store.worklist.corrections()) == listed
        store.contacts.ask_removal("one", "REF-old", TODAY)
        assert list(store.worklist.corrections()) == listed[1:]

    def test_contacts_are_listed_by_the_day_on_which_they_go(self, store):
        days = [TODAY + timedelta(days=number) for number in range(4)]
        gone = [ask(store, f"day-{day}", delete_on=day) for day in reversed(days)]

        listed = list(store.worklist.leaving(days[1], days[2]))

        assert listed == [Leaving(each.contact, f"REF-{each.word}") for each in (gone[2], gone[1])]

    def test_people_are_those_who_are_there(self, store):
        one, two = ask(store, "one"), ask(store, "two")
        ask(store, "asked to be forgotten")
        store.contacts.ask_deletion("asked to be forgotten", TODAY)

        found = store.worklist.people(["one", "two", "two", "nobody", "asked to be forgotten"])

        assert found == {"one": one.contact, "two": two.contact}
        assert store.worklist.people([]) == {}

    def test_bookings_of_one_name_are_read_together(self, store):
        one, two = ask(store, "one"), ask(store, "two", state=BookingState.CONFIRMED)

        found = store.worklist.bookings(APPOINTMENT, ["one", "two", "two", "nobody"])

        assert found == {"one": one.booking, "two": replace(two.booking, state=BookingState.CONFIRMED)}
        assert store.worklist.bookings("info", ["one"]) == {}

    def test_more_people_than_one_call_takes_are_all_found(self, store):
        words = [f"person-{number}" for number in range(103)]
        for word in words:
            ask(store, word)

        assert sorted(store.worklist.people(words)) == sorted(words)


@pytest.mark.engine
def test_a_contact_that_cannot_be_read_hides_no_other(roto, client_of):
    client = client_of(roto)
    name = new_table(client)
    store = dynamo_store(client, name)
    for word in ("broken", "whole"):
        ask(store, word, delete_on=TODAY)
    key = {"pk": {"S": "CONTACT#broken"}, "sk": {"S": "CONTACT"}}
    client.update_item(TableName=name, Key=key, UpdateExpression="REMOVE surname")

    assert store.worklist.people(["broken", "whole"]) == {
        "broken": None,
        "whole": Example("whole", delete_on=TODAY).contact,
    }
    assert [each.contact.id for each in store.worklist.leaving(TODAY, TODAY)] == ["whole"]
