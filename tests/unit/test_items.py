"""What is written of a contact and its letters is read back the same, and listed where it is looked for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Contact, Correction, Person, Wish
from chalicelib.domain.days import Attended
from chalicelib.domain.letter import Letter, LetterKind, LetterState
from chalicelib.storage import items
from chalicelib.storage.values import aliased, from_item, to_item

texts = some.text(some.characters(exclude_categories=("Cs",)), max_size=40)
maybe = some.none() | texts
moments = some.datetimes(timezones=some.sampled_from([UTC, timezone(timedelta(hours=2))]))
days = some.dates()
attended = (
    some.none() | some.dates().map(lambda day: Attended(day.year, day.month, day.day)) | some.just(Attended(2026, 2))
)
sealed = some.none() | some.binary(min_size=1)
people = some.builds(Person, texts, texts, maybe, maybe, some.sampled_from(["en", "fr", "de", "lb"]))
wishes = some.builds(Wish, some.lists(texts).map(tuple), texts, texts)
contacts = some.builds(
    Contact, some.uuids().map(str), people, sealed, attended, days, days, link_version=some.integers(1, 10**6)
)
bookings = some.builds(
    Booking, texts, some.integers(1), some.sampled_from(BookingState), wishes, moments, some.booleans()
)
corrections = some.builds(Correction, texts, people, sealed, attended, wishes, moments, some.booleans())
letters = some.builds(
    Letter,
    some.uuids().map(str),
    some.sampled_from([APPOINTMENT, "CORRECTION#ABCD-2345"]),
    some.sampled_from(LetterKind),
    some.integers(1),
    texts,
    some.sampled_from(LetterState),
    moments,
    moments,
    some.integers(0, 10**6),
)

# A busy machine is no fault of the code.
unhurried = settings(deadline=None, max_examples=50)

LETTER = Letter(
    "one",
    "CORRECTION#ABCD-2345",
    LetterKind.STAFF_REQUEST,
    2,
    "ABCD-2345",
    LetterState.WAITING,
    datetime(2026, 11, 21, 22, 30, tzinfo=UTC),
    datetime(2026, 11, 22, 0, 30, tzinfo=timezone(timedelta(hours=1))),
)


def stored(values):
    return from_item(to_item(values))


@unhurried
@given(contacts)
def test_a_contact_is_read_as_written(contact):
    written = items.of_contact(contact, frozenset({"mark"}), frozenset({"reference"}))

    assert items.to_contact(stored(written)) == contact


@unhurried
@given(bookings)
def test_a_booking_is_read_as_written(booking):
    assert items.to_booking(stored(items.of_booking("one", APPOINTMENT, booking))) == booking


@unhurried
@given(corrections)
def test_a_correction_is_read_as_written(correction):
    assert items.to_correction(stored(items.of_correction("one", correction))) == correction


@unhurried
@given(letters)
def test_a_letter_is_read_as_written(letter):
    assert items.to_letter(stored(items.of_letter(letter))) == letter


@unhurried
@given(moments, moments)
def test_moments_sort_as_text(one, other):
    assert (items.write_moment(one) < items.write_moment(other)) == (one < other)


@pytest.mark.parametrize(
    ("state", "due_key"),
    [
        (LetterState.WAITING, "letter#2026-11-21"),
        (LetterState.FAILED, "failed"),
        (LetterState.BY_PHONE, "by_phone"),
        (LetterState.SENT, None),
    ],
)
def test_a_letter_is_listed_where_somebody_looks_for_it(state, due_key):
    item = stored(items.of_letter(replace(LETTER, state=state)))

    assert item.get("due_key") == due_key
    assert item["due_at"] == "2026-11-21T23:30:00.000000+00:00"


def test_a_contact_is_listed_under_the_day_of_its_deletion():
    contact = Contact("one", Person("A", "B", None, None, "en"), None, None, date(2026, 11, 21), date(2027, 11, 21))

    item = stored(items.of_contact(contact, frozenset({"a", "b"}), frozenset({"ABCD-2345"})))

    assert (item["due_key"], item["due_at"]) == ("delete#2027-11-21", "2027-11-21")
    assert (item["marks"], item["references"]) == ({"a", "b"}, {"ABCD-2345"})


def test_the_key_of_a_letter_says_what_it_is_about():
    item = items.of_letter(LETTER)

    assert (item["pk"], item["sk"]) == ("CONTACT#one", "LETTER#CORRECTION#ABCD-2345#staff_request#2#")


def test_every_name_in_an_expression_is_aliased_and_every_value_typed():
    call = aliased({"was": "waiting", "most": 3, "unset": None}, ConditionExpression="#state = :was AND #count < :most")

    assert call == {
        "ConditionExpression": "#state = :was AND #count < :most",
        "ExpressionAttributeNames": {"#state": "state", "#count": "count"},
        "ExpressionAttributeValues": {":was": {"S": "waiting"}, ":most": {"N": "3"}},
    }
