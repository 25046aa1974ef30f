"""What every list of things that wait for staff promises."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState
from chalicelib.domain.identity import name_as_sought
from chalicelib.domain.letter import LetterKind, LetterState, promised
from chalicelib.domain.received import CHANGES
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.desk_ports import Listed, Waiting
from tests.fakes.deletions import FakeLedger
from tests.store.examples import NOW, PERSON, Example, correction
from tests.store.stores import dynamo_store, new_table
from tests.store.test_stored_sessions import INFORMATION, sign_up

TODAY = date(2026, 11, 21)
HOUR = timedelta(hours=1)
# In Luxembourg: the last and the first of a month.
LAST_HOUR, FIRST_HOUR = datetime(2026, 11, 30, 22, 30, tzinfo=UTC), datetime(2026, 11, 30, 23, 30, tzinfo=UTC)


def ask(store, word, since=NOW, state=BookingState.REQUESTED, **changes):
    example = Example(word, **changes)
    booking = replace(example.booking, requested_at=since, state=state)
    store.contacts.open(example.contact, booking, example.given_marks, ())
    return example


def told(example, due_at, state=LetterState.BY_PHONE):
    letter = promised(LetterKind.RECEIVED, example.contact, APPOINTMENT, example.booking.reference, due_at)
    return replace(letter, state=state, due_at=due_at, start=f"{state.value} {due_at}")


class TestWorklist:
    def test_all_that_waits_is_in_one_tray_oldest_first(self, store):
        late, early = ask(store, "late", NOW), ask(store, "early", NOW - HOUR)
        for reference, since in (("REF-new", NOW), ("REF-old", NOW - HOUR)):
            store.contacts.correct("late", correction(reference, received_at=since), ())
        calls = [told(late, NOW), told(early, NOW - HOUR), told(late, NOW, LetterState.FAILED)]
        for letter in (*calls, told(early, NOW, LetterState.WAITING)):
            store.contacts.promise(letter.contact_id, [letter])

        tray = store.worklist.tray()

        assert tray.requests == (Waiting("early", "REF-early", NOW - HOUR), Waiting("late", "REF-late", NOW))
        assert tray.corrections == (Waiting("late", "REF-old", NOW - HOUR), Waiting("late", "REF-new", NOW))
        assert tray.letters[0] == calls[1]
        assert set(tray.letters) == set(calls)

    @pytest.mark.parametrize("state", [state for state in BookingState if state is not BookingState.REQUESTED])
    def test_what_needs_no_answer_is_not_listed(self, store, state):
        ask(store, "one", state=state)

        assert store.worklist.tray().requests == ()

    @pytest.mark.parametrize("state", [LetterState.WAITING, LetterState.SENT, LetterState.VOID])
    def test_what_nobody_has_to_see_to_is_not_listed(self, store, state):
        one = ask(store, "one")
        store.contacts.promise("one", [told(one, NOW, state)])

        assert store.worklist.tray().letters == ()

    def test_corrections_are_listed_until_their_owner_withdraws_them(self, store):
        ask(store, "one")
        store.contacts.correct("one", correction("REF-new"), ())

        store.contacts.ask_removal("one", "REF-new", TODAY)

        assert store.worklist.tray().corrections == ()

    def test_contacts_are_listed_by_the_day_on_which_they_go(self, store):
        days = [TODAY + timedelta(days=number) for number in range(4)]
        gone = [ask(store, f"day-{day}", delete_on=day) for day in reversed(days)]

        listed = list(store.worklist.leaving(days[1], days[2]))

        assert listed == [Listed(each.contact, f"REF-{each.word}") for each in (gone[2], gone[1])]


class TestForms:
    def test_the_forms_of_a_month_are_counted_by_what_they_ask_for(self, store):
        store.sessions.add(INFORMATION)
        for word, came in (("one", NOW), ("two", NOW), ("last hour", LAST_HOUR), ("next month", FIRST_HOUR)):
            ask(store, word, came)
        store.contacts.correct("one", correction("REF-new"), ())
        sign_up(store, "three")

        assert store.worklist.received("2026-11") == {"slot": 3, CHANGES: 1, "information": 1}
        assert store.worklist.received("2026-12") == {"slot": 1}
        assert store.worklist.received("2026-10") == {}

    def test_who_is_invited_has_sent_no_form(self, store):
        example = Example("one", letters=())
        invitation = Booking("day", "INV-one", 1, BookingState.INVITED, None, NOW)
        store.contacts.open(example.contact, invitation, example.given_marks, ())

        assert store.worklist.received("2026-11") == {}

    def test_what_was_deleted_is_counted_no_more(self, store):
        ask(store, "one", delete_on=TODAY)
        ask(store, "two")

        delete_contacts(store.deletions, store.rosters, FakeLedger(), NOW)

        assert store.worklist.received("2026-11") == {"slot": 1}


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

    read = store.contacts.read_together(["broken", "whole"], [("broken", APPOINTMENT)])
    assert read.people == {"broken": None, "whole": Example("whole", delete_on=TODAY).contact}
    assert read.file("broken") is None
    assert [each.contact.id for each in store.worklist.leaving(TODAY, TODAY)] == ["whole"]
