"""What is written of a contact and its letters is read back the same, and listed where it is looked for."""

from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Contact, Correction, Person, Refusal, Wish
from chalicelib.domain.days import Attended
from chalicelib.domain.errors import UnreadableItemError
from chalicelib.domain.letter import DELETION, MONTH, Letter, LetterKind, LetterState, about_month
from chalicelib.domain.papers import Certificate, CertificateKind, Course, Voucher
from chalicelib.domain.retention import History
from chalicelib.storage import items
from chalicelib.storage.letter_items import of_letter, to_letter
from chalicelib.storage.paper_items import of_paper, to_certificate, to_voucher
from chalicelib.storage.values import aliased, assigned, from_item, to_item, write_moment

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
histories = some.builds(History, days, attended, some.booleans(), some.none() | days, some.none() | days)
contacts = some.builds(
    Contact,
    some.uuids().map(str),
    people,
    sealed,
    histories,
    days,
    texts,
    some.none() | days,
    link_version=some.integers(1, 10**6),
    version=some.integers(1, 10**6),
)
bookings = some.builds(
    Booking,
    texts,
    texts,
    some.integers(1),
    some.sampled_from(BookingState),
    some.none() | wishes,
    moments,
    some.booleans(),
    maybe,
)
corrections = some.builds(Correction, texts, people, sealed, attended, wishes, moments, some.booleans(), maybe)
letters = some.builds(
    Letter,
    some.none() | some.uuids().map(str),
    some.sampled_from([APPOINTMENT, "CORRECTION#ABCD-2345", DELETION, MONTH]),
    some.sampled_from(LetterKind),
    some.integers(1),
    texts,
    some.sampled_from(LetterState),
    moments,
    moments,
    some.integers(0, 10**6),
    some.sampled_from(["", "2026-11", "2026-11-21"]),
)

courses = some.builds(Course, some.sampled_from(["lb", "fr", "de"]), days, days) | some.builds(
    Course, texts, days, days, days, some.integers(0, 100)
)
vouchers = some.builds(Voucher, some.integers(1, 99), days, days, some.none() | courses)
certificates = some.builds(Certificate, some.sampled_from(CertificateKind), days, some.none() | some.integers(1, 99))

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

CONTACT = Contact(
    "one",
    Person("A", "B", None, None, "en"),
    None,
    History(date(2026, 11, 21)),
    delete_on=date(2027, 11, 21),
    rule="never_took_part",
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
    assert items.to_booking(stored(items.of_booking("one", booking))) == booking


@unhurried
@given(corrections)
def test_a_correction_is_read_as_written(correction):
    assert items.to_correction(stored(items.of_correction("one", correction))) == correction


@unhurried
@given(letters)
def test_a_letter_is_read_as_written(letter):
    assert to_letter(stored(of_letter(letter))) == letter


@unhurried
@given(vouchers)
def test_a_voucher_is_read_as_written(voucher):
    assert to_voucher(stored(of_paper("one", voucher))) == voucher


@unhurried
@given(certificates)
def test_a_certificate_is_read_as_written(certificate):
    assert to_certificate(stored(of_paper("one", certificate))) == certificate


@unhurried
@given(moments, moments)
def test_moments_sort_as_text(one, other):
    assert (write_moment(one) < write_moment(other)) == (one < other)


@pytest.mark.parametrize(
    ("state", "due_key"),
    [
        (LetterState.WAITING, "letter#2026-11-21"),
        (LetterState.FAILED, "staff"),
        (LetterState.BY_PHONE, "staff"),
        (LetterState.BOUNCED, "staff"),
        (LetterState.SENT, None),
    ],
)
def test_a_letter_is_listed_where_somebody_looks_for_it(state, due_key):
    item = stored(of_letter(replace(LETTER, state=state)))

    assert item.get("due_key") == due_key
    assert item["due_at"] == "2026-11-21T23:30:00.000000+00:00"


def test_a_contact_is_listed_under_the_day_of_its_deletion():
    item = stored(items.of_contact(CONTACT, frozenset({"a", "b"}), frozenset({"ABCD-2345"})))

    assert (item["due_key"], item["due_at"]) == ("delete", "2027-11-21")
    assert (item["marks"], item["references"]) == ({"a", "b"}, {"ABCD-2345"})


@pytest.mark.parametrize(
    ("today", "due_at"),
    [(date(2027, 11, 20), "2027-11-21"), (date(2028, 1, 5), "2028-01-05")],
    ids=["before", "after"],
)
def test_a_contact_is_never_listed_under_a_day_that_is_over(today, due_at):
    course = items.course_of_contact(CONTACT, today)

    assert (course["delete_on"], course["due_at"]) == ("2027-11-21", due_at)


BOOKING = Booking(
    APPOINTMENT,
    "ABCD-2345",
    2,
    BookingState.CANCELLED,
    Wish(("mon-am",), "fr", "A message of a test"),
    datetime(2026, 11, 21, 22, 30, tzinfo=UTC),
    doubtful=True,
    slot="slot",
    present=(1,),
    first_position=3,
    refused=Refusal.CONDITIONS,
    taken_up_by="desk@forum-cai.example",
)


def added(kind):
    """Attributes that came later, as their default says: an item of before has none."""
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}


@pytest.mark.parametrize("name", [*added(Booking), *added(Wish)])
def test_a_booking_of_before_an_attribute_was_added_is_read(name):
    item = stored(items.of_booking("one", BOOKING))
    before = BOOKING.wish if name in added(Wish) else BOOKING

    read = items.to_booking({key: value for key, value in item.items() if key != name})

    assert item[name]
    assert (read.wish if name in added(Wish) else read) == replace(before, **{name: added(type(before))[name]})


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"delete_on": "secret"}, "ValueError"),
        ({"delete_on": 7}, "TypeError"),
        ({"attended": 7}, "AttributeError"),
        ({"attended": "2026-99999999999999999999"}, "ValueError"),
        ({"surname": None}, "KeyError"),
    ],
    ids=["no day", "no text", "no day of a session", "no month of any calendar", "no surname"],
)
def test_an_item_that_is_not_as_we_store_them_is_named_without_its_content(change, kind):
    item = stored(items.of_contact(CONTACT, frozenset({"mark"}), frozenset({"reference"})) | change)

    with pytest.raises(UnreadableItemError, match=rf"^CONTACT: {kind}$"), items.readable("CONTACT"):
        items.to_contact(item)


def test_the_key_of_a_letter_says_what_it_is_about():
    item = of_letter(LETTER)

    assert (item["pk"], item["sk"]) == ("CONTACT#one", "LETTER#CORRECTION#ABCD-2345#staff_request#2#")


def test_a_letter_about_nobody_is_kept_by_the_office():
    item = of_letter(about_month("2026-11", LETTER.due_at))

    assert (item["pk"], item["sk"]) == ("OFFICE", "LETTER#MONTH#dpo_month#1#2026-11")


def test_what_is_none_is_taken_from_an_item():
    assert assigned({"state": "sent", "due_key": None, "attempts": 1}) == (
        "SET #state = :state, #attempts = :attempts REMOVE #due_key"
    )


def test_every_name_in_an_expression_is_aliased_and_every_value_typed():
    call = aliased({"was": "waiting", "most": 3, "unset": None}, ConditionExpression="#state = :was AND #count < :most")

    assert call == {
        "ConditionExpression": "#state = :was AND #count < :most",
        "ExpressionAttributeNames": {"#state": "state", "#count": "count"},
        "ExpressionAttributeValues": {":was": {"S": "waiting"}, ":most": {"N": "3"}},
    }
