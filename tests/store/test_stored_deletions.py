"""What every store promises of the end of a contact, and of the counts that stay."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.letter import about_month
from chalicelib.usecases.ports import Due
from tests.store.examples import NOW, Example, correction, letter_for, letters_about

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
FULL = Example(delete_on=TODAY)
MONTH = "2026-11"


def delete(store, due, today=TODAY):
    begun = store.deletions.begin(due, today)
    if begun:
        store.deletions.clear(due)
        store.deletions.finish(due, f"{today:%Y-%m}")
    return begun


def with_forms(store, *references):
    FULL.open_in(store)
    for reference in references:
        store.contacts.correct("one", correction(reference), letters_about(reference, FULL))


class TestFindingWhatIsDue:
    @pytest.mark.parametrize(("days", "found"), [(-1, []), (0, [Due("one")]), (1, [Due("one")])])
    def test_a_contact_is_due_from_its_day_on(self, store, days, found):
        FULL.open_in(store)

        assert list(store.deletions.due(TODAY + days * DAY)) == found

    @pytest.mark.parametrize("days", [2, 20, 366, 4000])
    def test_a_contact_is_found_however_long_nobody_looked(self, store, days):
        FULL.open_in(store)

        assert list(store.deletions.due(TODAY + days * DAY)) == [Due("one")]

    def test_the_oldest_comes_first(self, store):
        for word, days in (("one", 0), ("two", 2), ("three", 1)):
            Example(word, delete_on=TODAY - days * DAY + 3 * DAY).open_in(store)

        assert list(store.deletions.due(TODAY + 9 * DAY)) == [Due("two"), Due("three"), Due("one")]

    def test_what_fails_is_found_again_after_later_runs(self, store):
        FULL.open_in(store)

        for days in (0, 1, 5, 60):
            assert list(store.deletions.due(TODAY + days * DAY)) == [Due("one")]

    def test_a_contact_is_found_when_the_clock_was_put_back(self, store):
        assert list(store.deletions.due(TODAY + 30 * DAY)) == []
        FULL.open_in(store)
        assert list(store.deletions.due(TODAY - DAY)) == []

        assert list(store.deletions.due(TODAY + 60 * DAY)) == [Due("one")]

    def test_a_day_that_moved_is_looked_for_on_the_new_one_only(self, store):
        FULL.open_in(store)
        store.contacts.amend(replace(FULL.contact, delete_on=TODAY + 2 * DAY, version=2), [], TODAY)

        assert list(store.deletions.due(TODAY + DAY)) == []
        assert list(store.deletions.due(TODAY + 2 * DAY)) == [Due("one")]

    def test_a_day_in_the_past_is_due_at_once(self, store):
        Example(delete_on=TODAY + 90 * DAY).open_in(store)
        store.contacts.amend(replace(FULL.contact, delete_on=TODAY - 200 * DAY, version=2), [], TODAY)

        assert list(store.deletions.due(TODAY)) == [Due("one")]

    def test_what_was_asked_for_is_due_at_once(self, store):
        with_forms(store, "REF-new")
        Example("two", delete_on=TODAY + 90 * DAY).open_in(store)
        store.contacts.ask_deletion("two", TODAY)
        store.contacts.ask_removal("one", "REF-new", TODAY)

        assert set(store.deletions.due(TODAY)) == {Due("one"), Due("two"), Due("one", "REF-new")}

    def test_what_is_overdue_is_known_by_its_oldest_day(self, store):
        FULL.open_in(store)
        Example("two", delete_on=TODAY + DAY).open_in(store)

        overdue = [store.deletions.oldest_overdue(TODAY + days * DAY) for days in (0, 1, 9)]

        assert overdue == [None, TODAY, TODAY]

    def test_nothing_is_overdue_once_it_was_deleted(self, store):
        FULL.open_in(store)
        delete(store, Due("one"))

        assert store.deletions.oldest_overdue(TODAY + 9 * DAY) is None


class TestDeleting:
    def test_a_contact_is_not_deleted_before_its_day(self, store):
        FULL.open_in(store)

        assert not store.deletions.begin(Due("one"), TODAY - DAY)

        assert store.contacts.read("one").contact == FULL.contact

    def test_a_contact_is_gone_for_everybody_once_its_deletion_began(self, store):
        FULL.open_in(store)

        assert store.deletions.begin(Due("one"), TODAY)

        assert store.contacts.read("one") is None
        assert store.contacts.find(FULL.given_marks) is None

    def test_a_deletion_that_was_cut_off_begins_again(self, store):
        FULL.open_in(store)

        assert [store.deletions.begin(Due("one"), TODAY) for _ in range(2)] == [True, True]

    def test_a_deletion_that_was_asked_for_begins_before_the_day(self, store):
        Example(delete_on=TODAY + 90 * DAY).open_in(store)
        store.contacts.ask_deletion("one", TODAY)

        assert store.deletions.begin(Due("one"), TODAY)

    def test_nobody_is_deleted_into_being(self, store):
        assert not store.deletions.begin(Due("one"), TODAY)
        assert not store.deletions.begin(Due("one", "REF-new"), TODAY)

        assert list(store.deletions.due(TODAY)) == []

    def test_all_of_a_contact_goes_and_others_stay(self, store):
        with_forms(store, "REF-new", "REF-newer")
        other = Example("two", letters=(letter_for(Example("two")),)).open_in(store)

        assert delete(store, Due("one"))

        assert store.contacts.read("one") is None
        assert [store.contacts.find_reference(each) for each in ("REF-one", "REF-new", "REF-newer")] == [None] * 3
        assert list(store.outbox.due(NOW)) == [letter_for(other)]
        assert store.contacts.find(other.given_marks).contact == other.contact
        assert store.contacts.find_reference("REF-two").contact == other.contact
        assert list(store.deletions.due(TODAY + DAY)) == []

    def test_the_same_person_may_come_again(self, store):
        with_forms(store, "REF-new")
        delete(store, Due("one"))

        with_forms(store, "REF-new")

        assert len(store.contacts.read("one").corrections) == 1

    def test_a_contact_with_many_forms_goes_whole(self, store):
        with_forms(store, *(f"REF-{number}" for number in range(30)))

        delete(store, Due("one"))

        assert list(store.outbox.due(NOW)) == []
        with_forms(store, "REF-29")

    def test_a_deletion_may_be_cut_off_after_each_step_and_repeated(self, store):
        with_forms(store, "REF-new")

        store.deletions.begin(Due("one"), TODAY)
        store.deletions.begin(Due("one"), TODAY)
        store.deletions.clear(Due("one"))
        store.deletions.begin(Due("one"), TODAY)
        store.deletions.clear(Due("one"))
        store.deletions.finish(Due("one"), MONTH)
        store.deletions.finish(Due("one"), MONTH)

        assert store.months.read(MONTH, TODAY).deletions == {"took_part": 1}

    def test_a_form_is_removed_and_the_rest_stays(self, store):
        with_forms(store, "REF-new", "REF-newer")
        store.contacts.ask_removal("one", "REF-new", TODAY)

        assert delete(store, Due("one", "REF-new"))

        assert [each.reference for each in store.contacts.read("one").corrections] == ["REF-newer"]
        assert {letter.reference for letter in store.outbox.due(NOW)} == {"REF-one", "REF-newer"}
        assert store.contacts.find_reference("REF-new") is None
        assert list(store.deletions.due(TODAY - DAY)) == []
        assert store.months.read(MONTH, TODAY).deletions == {}
        store.contacts.correct("one", correction("REF-new"), letters_about("REF-new", FULL))

    def test_a_form_that_nobody_asked_to_remove_stays(self, store):
        with_forms(store, "REF-new")

        assert not store.deletions.begin(Due("one", "REF-new"), TODAY)

    def test_a_form_goes_with_its_contact(self, store):
        with_forms(store, "REF-new")
        store.contacts.ask_removal("one", "REF-new", TODAY)

        outcomes = {due: delete(store, due) for due in (Due("one"), Due("one", "REF-new"))}

        assert outcomes == {Due("one"): True, Due("one", "REF-new"): False}
        assert list(store.deletions.due(TODAY)) == []

    def test_a_form_is_removed_from_a_contact_that_is_being_deleted(self, store):
        with_forms(store, "REF-new")
        store.contacts.ask_removal("one", "REF-new", TODAY)
        store.deletions.begin(Due("one"), TODAY)

        outcomes = [delete(store, due) for due in (Due("one", "REF-new"), Due("one"))]

        assert outcomes == [True, True]
        assert store.contacts.find_reference("REF-new") is None


class TestRemovingTheFormOfABooking:
    def test_its_reference_still_leads_to_the_person(self, store):
        FULL.open_in(store)
        after = replace(FULL.contact, version=2)
        booking = replace(FULL.booking, about="info", reference="REF-info", wish=None)
        store.contacts.book(after, booking, [], correction("REF-info"))
        store.contacts.ask_removal("one", "REF-info", TODAY)

        assert delete(store, Due("one", "REF-info"))

        assert store.contacts.read("one").corrections == ()
        assert store.contacts.find_reference("REF-info").contact.id == "one"
        store.contacts.ask_deletion("one", TODAY)
        assert delete(store, Due("one"))
        assert store.contacts.find_reference("REF-info") is None


class TestMonths:
    def test_each_deletion_is_counted_in_its_month_under_its_reason(self, store):
        for word in ("one", "two", "three", "four"):
            Example(word, delete_on=TODAY).open_in(store)
        store.contacts.ask_deletion("three", TODAY)

        for word in ("one", "two", "three"):
            delete(store, Due(word))
        delete(store, Due("four"), date(2026, 12, 1))

        assert store.months.read(MONTH, TODAY) == MonthReport(MONTH, {"took_part": 2, "asked": 1}, 0)
        assert store.months.read("2026-12", TODAY) == MonthReport("2026-12", {"took_part": 1}, 0)

    def test_a_month_without_deletions_says_so(self, store):
        assert store.months.read(MONTH, TODAY) == MonthReport(MONTH, {}, 0)

    def test_what_is_overdue_is_counted(self, store):
        FULL.open_in(store)
        Example("two", delete_on=TODAY + DAY).open_in(store)

        counts = [store.months.read(MONTH, TODAY + days * DAY).overdue for days in (0, 1, 2)]

        assert counts == [0, 1, 2]

    def test_the_letter_about_a_month_is_promised_once(self, store):
        letter = about_month(MONTH, NOW)

        answers = [store.months.promise(letter), store.months.promise(replace(letter, due_at=NOW + DAY))]

        assert answers == [True, False]
        assert list(store.outbox.due(NOW)) == [letter]

    def test_the_letter_about_another_month_is_another_letter(self, store):
        assert store.months.promise(about_month("2026-10", NOW))
        assert store.months.promise(about_month("2026-11", NOW))
