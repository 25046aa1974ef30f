"""What every list of things that wait for staff promises."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.booking import APPOINTMENT, BookingState
from chalicelib.domain.identity import name_as_sought
from chalicelib.usecases.desk_ports import Listed, Waiting
from tests.store.examples import NOW, PERSON, Example, correction
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

        assert listed == [Listed(each.contact, f"REF-{each.word}") for each in (gone[2], gone[1])]

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


class TestFinding:
    def test_who_is_sought_by_surname_is_found_in_its_order(self, store):
        for word, surname in (("c", "de Martínez"), ("a", "Marti"), ("b", "Martins"), ("d", "Müller"), ("e", "Ma")):
            ask(store, word, person=replace(PERSON, surname=surname))

        assert store.worklist.named("mart", 9) == ["a", "b"]
        assert store.worklist.named("demart", 9) == ["c"]
        assert store.worklist.named("mu", 9) == ["d"]
        assert store.worklist.named("m", 3) == ["e", "a", "b"]

    def test_who_is_sought_by_phone_or_mail_is_found(self, store):
        one = ask(store, "one", mail_mark="mark")
        ask(store, "silent", person=replace(PERSON, phone=None))

        assert list(store.worklist.phoned(one.contact.person.phone)) == ["one"]
        assert list(store.worklist.phoned("+352621999999")) == []
        assert list(store.worklist.mailed(["another", "mark"])) == ["one"]
        assert list(store.worklist.mailed([])) == []

    def test_who_was_found_is_listed_once_in_that_order_while_there(self, store):
        two, one = ask(store, "two"), ask(store, "one")
        ask(store, "asked to be forgotten")
        store.contacts.ask_deletion("asked to be forgotten", TODAY)

        listed = store.worklist.listed(["two", "asked to be forgotten", "one", "two", "nobody"])

        assert list(listed) == [Listed(two.contact, "REF-two"), Listed(one.contact, "REF-one")]

    @pytest.mark.parametrize("phone", ["+352621777777", None])
    def test_what_is_confirmed_is_sought_by_from_then_on(self, store, phone):
        one = ask(store, "one")
        store.contacts.correct("one", correction("REF-new"), ())
        person = replace(one.contact.person, surname="Mutata", phone=phone)
        after = replace(one.contact, person=person, version=2, confirmed=frozenset({"REF-new"}))

        store.contacts.confirm(after, None, one.given_marks, "REF-new", ())

        assert list(store.worklist.named("mutata", 9)) == ["one"]
        assert list(store.worklist.named(name_as_sought(PERSON.surname), 9)) == []
        assert list(store.worklist.phoned(one.contact.person.phone)) == []
        assert phone is None or list(store.worklist.phoned(phone)) == ["one"]


@pytest.mark.engine
def test_a_contact_that_cannot_be_read_hides_no_other(roto, client_of):
    client = client_of(roto)
    name = new_table(client)
    store = dynamo_store(client, name)
    for word in ("broken", "whole"):
        ask(store, word, delete_on=TODAY)
    key = {"pk": {"S": "CONTACT#broken"}, "sk": {"S": "CONTACT"}}
    client.update_item(TableName=name, Key=key, UpdateExpression="REMOVE surname")

    assert store.contacts.read_briefly([("broken", APPOINTMENT)]) == {"broken": None}
    assert store.worklist.people(["broken", "whole"]) == {
        "broken": None,
        "whole": Example("whole", delete_on=TODAY).contact,
    }
    assert [each.contact.id for each in store.worklist.leaving(TODAY, TODAY)] == ["whole"]
