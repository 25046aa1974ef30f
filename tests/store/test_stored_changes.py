"""What every store promises when a contact changes, is to be warned, or asks to be forgotten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.days import Attended
from chalicelib.domain.errors import TakenError, UnreadableItemError
from chalicelib.domain.letter import LetterKind, about_deletion
from chalicelib.domain.retention import History
from tests.store.examples import NOW, Example, correction, letters_about
from tests.store.stores import dynamo_store

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
FULL = Example()
SIGNED = replace(
    FULL.contact,
    history=History(TODAY, Attended(2026, 4, 2), True, signed_on=date(2026, 5, 3), first_measure_on=date(2026, 6, 4)),
    delete_on=date(2029, 6, 4),
    rule="signed",
    warned_for=date(2029, 6, 4),
    version=2,
)


def about(contact, kind=LetterKind.DELETION_DAY_CHANGED):
    return about_deletion(kind, contact, "REF-one", NOW)


class TestAmending:
    def test_an_amended_contact_is_read_as_it_was_amended(self, store):
        FULL.open_in(store)
        before = store.contacts.read("one")

        store.contacts.amend(SIGNED, [about(SIGNED)], TODAY)

        assert store.contacts.read("one") == replace(before, contact=SIGNED)
        assert about(SIGNED) in list(store.outbox.due(NOW))

    def test_what_is_known_no_more_is_forgotten(self, store):
        FULL.open_in(store)
        store.contacts.amend(SIGNED, [], TODAY)
        nothing = replace(SIGNED, history=History(TODAY), warned_for=None, version=3)

        store.contacts.amend(nothing, [], TODAY)

        assert store.contacts.read("one").contact == nothing

    def test_who_read_an_older_version_changes_nothing(self, store):
        FULL.open_in(store)
        store.contacts.amend(SIGNED, [about(SIGNED)], TODAY)
        late = replace(FULL.contact, rule="never_took_part", version=2)

        with pytest.raises(TakenError):
            store.contacts.amend(late, [about(late, LetterKind.DELETION_WARNING)], TODAY)

        assert store.contacts.read("one").contact == SIGNED
        assert len(list(store.outbox.due(NOW))) == 2

    def test_a_letter_that_was_promised_stops_the_change(self, store):
        FULL.open_in(store)
        store.contacts.amend(SIGNED, [about(SIGNED)], TODAY)
        third = replace(SIGNED, rule="took_part", version=3)

        with pytest.raises(TakenError):
            store.contacts.amend(third, [about(SIGNED)], TODAY)

        assert store.contacts.read("one").contact == SIGNED

    def test_the_same_letter_about_another_day_is_another_letter(self, store):
        FULL.open_in(store)
        store.contacts.amend(SIGNED, [about(SIGNED)], TODAY)
        later = replace(SIGNED, delete_on=SIGNED.delete_on + DAY, version=3)
        letter = replace(about(later), revision=2)

        store.contacts.amend(later, [letter], TODAY)

        assert letter in list(store.outbox.due(NOW))

    def test_nobody_is_amended_into_being(self, store):
        with pytest.raises(TakenError):
            store.contacts.amend(SIGNED, [about(SIGNED)], TODAY)

        assert store.contacts.read("one") is None
        assert list(store.outbox.due(NOW)) == []

    def test_a_contact_that_is_being_deleted_is_not_amended(self, store):
        FULL.open_in(store)
        store.contacts.ask_deletion("one", TODAY)

        with pytest.raises(TakenError):
            store.contacts.amend(SIGNED, [about(SIGNED)], TODAY)

        assert about(SIGNED) not in list(store.outbox.due(NOW))


class TestFindingByReference:
    def test_a_contact_is_found_by_each_reference_it_was_given(self, store):
        FULL.open_in(store)
        store.contacts.correct("one", correction(), letters_about("REF-new", FULL))

        found = [store.contacts.find_reference(each) for each in ("REF-one", "REF-new")]

        assert found == [store.contacts.read("one")] * 2

    def test_a_reference_that_nobody_was_given_leads_nowhere(self, store):
        FULL.open_in(store)

        assert store.contacts.find_reference("REF-two") is None

    def test_a_reference_of_a_contact_that_is_being_deleted_leads_nowhere(self, store):
        FULL.open_in(store)
        store.contacts.ask_deletion("one", TODAY)

        assert store.contacts.find_reference("REF-one") is None


class TestUnwarned:
    @pytest.mark.parametrize(
        ("days_before", "found"),
        [(29, ["one"]), (30, ["one"]), (31, []), (0, ["one"]), (-1, [])],
        ids=["within", "last day", "too early", "first day", "over"],
    )
    def test_contacts_are_found_by_the_day_of_their_deletion(self, store, days_before, found):
        FULL.open_in(store)
        today = FULL.delete_on - days_before * DAY

        assert list(store.contacts.unwarned(today, today + 30 * DAY)) == found

    def test_the_first_to_be_deleted_comes_first(self, store):
        for word, days in (("one", 2), ("two", 0), ("three", 1)):
            Example(word, delete_on=TODAY + days * DAY).open_in(store)

        assert list(store.contacts.unwarned(TODAY, TODAY + 30 * DAY)) == ["two", "three", "one"]

    def test_who_was_warned_of_that_day_is_left_in_peace(self, store):
        FULL.open_in(store)
        store.contacts.amend(replace(FULL.contact, warned_for=FULL.delete_on, version=2), [], TODAY)

        assert list(store.contacts.unwarned(FULL.delete_on, FULL.delete_on)) == []

    def test_who_was_warned_of_another_day_is_found(self, store):
        FULL.open_in(store)
        moved = replace(FULL.contact, warned_for=FULL.delete_on, delete_on=FULL.delete_on + DAY, version=2)
        store.contacts.amend(moved, [], TODAY)

        assert list(store.contacts.unwarned(TODAY, FULL.delete_on)) == []
        assert list(store.contacts.unwarned(TODAY, FULL.delete_on + DAY)) == ["one"]

    def test_who_is_being_deleted_is_not_warned(self, store):
        FULL.open_in(store)
        store.contacts.ask_deletion("one", TODAY)

        assert list(store.contacts.unwarned(TODAY, FULL.delete_on)) == []

    def test_a_form_to_be_removed_is_nobody_to_warn(self, store):
        FULL.open_in(store)
        store.contacts.correct("one", correction(), [])
        store.contacts.ask_removal("one", "REF-new", TODAY)

        assert list(store.contacts.unwarned(TODAY, TODAY)) == []


class TestAskingToBeForgotten:
    def test_a_contact_is_gone_for_everybody_from_then_on(self, store):
        Example("one", marks=("a",)).open_in(store)
        Example("two", marks=("b",)).open_in(store)

        store.contacts.ask_deletion("one", TODAY)

        assert store.contacts.read("one") is None
        assert store.contacts.find(["a"]) is None
        assert store.contacts.find(["a", "b"]).contact.id == "two"

    def test_nothing_is_written_to_it_from_then_on(self, store):
        Example("one", marks=("a",), letters=()).open_in(store)
        store.contacts.ask_deletion("one", TODAY)

        with pytest.raises(TakenError):
            store.contacts.correct("one", correction(), letters_about("REF-new", FULL))
        with pytest.raises(TakenError):
            Example("two", marks=("a",)).open_in(store)

        assert list(store.outbox.due(NOW)) == []

    def test_asking_twice_does_no_harm_and_hides_no_delay(self, store):
        FULL.open_in(store)
        store.contacts.ask_deletion("one", TODAY)

        store.contacts.ask_deletion("one", TODAY + 5 * DAY)

        assert store.deletions.oldest_overdue(TODAY + 6 * DAY) == TODAY

    def test_nobody_is_asked_for_into_being(self, store):
        with pytest.raises(TakenError):
            store.contacts.ask_deletion("one", TODAY)

        assert list(store.deletions.due(TODAY)) == []

    def test_a_form_is_gone_for_everybody_from_then_on_and_the_rest_stays(self, store):
        FULL.open_in(store)
        for reference in ("REF-new", "REF-newer"):
            store.contacts.correct("one", correction(reference), letters_about(reference, FULL))

        store.contacts.ask_removal("one", "REF-new", TODAY)

        file = store.contacts.read("one")
        assert (file.contact, file.bookings, file.corrections) == (
            FULL.contact,
            (FULL.booking,),
            (correction("REF-newer"),),
        )
        assert store.contacts.find(FULL.given_marks) == file

    def test_a_form_keeps_its_reference_until_it_is_removed(self, store):
        FULL.open_in(store)
        store.contacts.correct("one", correction(), letters_about("REF-new", FULL))
        store.contacts.ask_removal("one", "REF-new", TODAY)

        with pytest.raises(TakenError):
            store.contacts.correct("one", correction(), letters_about("REF-new", FULL))

        assert store.contacts.find_reference("REF-new").contact.id == "one"

    def test_asking_twice_for_a_form_hides_no_delay(self, store):
        FULL.open_in(store)
        store.contacts.correct("one", correction(), [])
        store.contacts.ask_removal("one", "REF-new", TODAY)

        store.contacts.ask_removal("one", "REF-new", TODAY + 5 * DAY)

        assert store.deletions.oldest_overdue(TODAY + 6 * DAY) == TODAY

    def test_a_form_that_is_not_there_cannot_be_removed(self, store):
        FULL.open_in(store)

        with pytest.raises(TakenError):
            store.contacts.ask_removal("one", "REF-new", TODAY)

        assert list(store.deletions.due(TODAY)) == []


def test_an_item_that_nobody_can_read_is_named_without_its_content(table):
    client, name = table
    FULL.open_in(dynamo_store(*table))
    key = {"pk": {"S": "CONTACT#one"}, "sk": {"S": "CONTACT"}}
    client.update_item(TableName=name, Key=key, UpdateExpression="REMOVE surname")

    with pytest.raises(UnreadableItemError, match=r"^CONTACT: KeyError$"):
        dynamo_store(*table).contacts.read("one")


def test_an_item_that_nobody_can_read_hides_no_other_from_the_warnings(table):
    client, name = table
    store = dynamo_store(*table)
    odd = {"first_name": {"NULL": True}, "version": {"N": "1.5"}, "delete_on": {"M": {}}}
    index = {"due_key": {"S": "delete"}, "due_at": {"S": "2027-03-15"}}
    client.put_item(TableName=name, Item={"pk": {"S": "CONTACT#odd"}, "sk": {"S": "CONTACT"}, **odd, **index})
    FULL.open_in(store)

    assert list(store.contacts.unwarned(TODAY, FULL.delete_on)) == ["odd", "one"]
