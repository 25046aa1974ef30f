"""A request is stored once with its letters; a differing one is kept beside it and overwrites nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.booking import Person
from chalicelib.domain.days import Attended
from chalicelib.domain.errors import TooManyRequestsError
from chalicelib.domain.identity import Identity
from chalicelib.storage.seal import FileKeySeal
from chalicelib.usecases.admit import FORMS_A_DAY, LETTERS_A_DAY
from chalicelib.usecases.request_appointment import request_appointment
from tests.examples import NOW, PERSON, REQUEST, by
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore

IDENTITY = Identity((b"k" * 32,))


@pytest.fixture
def store():
    return FakeStore()


@pytest.fixture
def office(store):
    return fake_office(store)


def send(office, request=REQUEST, now=NOW, sender="203.0.113.7/32"):
    send.count = getattr(send, "count", 0) + 1
    return request_appointment(request, office, f"contact-{send.count}", now, sender)


def stored(office, person: Person = PERSON):
    return office.contacts.find(IDENTITY.known_marks(person))


def letters(store):
    return sorted((letter.kind.value, letter.state.value, letter.reference) for letter in store.letters.values())


def test_a_request_is_stored_with_its_letters(office, store):
    accepted = send(office)

    file = stored(office)
    assert file.contact.person == PERSON
    assert file.appointment.reference == accepted.reference
    assert file.contact.delete_on == accepted.delete_on == date(2027, 10, 12)
    assert letters(store) == [
        ("received", "waiting", accepted.reference),
        ("staff_request", "waiting", accepted.reference),
    ]


def test_without_a_mail_address_the_letter_is_said_by_phone(office, store):
    accepted = send(office, by(REQUEST, email=None))

    assert letters(store) == [
        ("received", "by_phone", accepted.reference),
        ("staff_request", "waiting", accepted.reference),
    ]


def test_the_matricule_is_sealed_for_its_contact(office):
    key = FileKeySeal(b"s" * 32)
    send(replace(office, seal=key))

    contact = stored(office).contact
    assert REQUEST.matricule.encode() not in contact.sealed_matricule
    assert key.open(contact.sealed_matricule, contact.id) == REQUEST.matricule


def test_the_same_form_sent_twice_is_stored_once(office, store):
    first, second = send(office), send(office)

    assert first == second
    assert len(store.letters) == 2
    assert stored(office).corrections == ()


def test_another_phone_number_is_a_correction_and_overwrites_nothing(office, store):
    first = send(office)
    other = send(office, by(REQUEST, phone="+352621000001"))

    file = stored(office)
    assert other.reference != first.reference
    assert file.contact.person == PERSON
    assert [each.person.phone for each in file.corrections] == ["+352621000001"]
    assert len(store.letters) == 4


def test_what_was_doubtful_in_a_further_form_is_kept_with_it(office):
    send(office)
    send(office, replace(by(REQUEST, phone="+352621000001"), doubtful=("phone",)))

    assert stored(office).corrections[0].doubtful == ("phone",)


def test_who_will_be_deleted_soon_is_warned_with_the_request(office, store):
    accepted = send(office, replace(REQUEST, attended=Attended(2025, 12, 1)))

    assert ("deletion_warning", "waiting", accepted.reference) in letters(store)


def test_the_same_correction_sent_twice_is_kept_once(office, store):
    send(office)
    first = send(office, by(REQUEST, phone="+352621000001"))
    second = send(office, by(REQUEST, phone="+352621000001"))

    assert first == second
    assert len(stored(office).corrections) == 1
    assert len(store.letters) == 4


def test_who_knows_only_name_and_mail_reads_and_changes_nothing(office):
    send(office)
    before = stored(office)

    guess = replace(REQUEST, person=replace(PERSON, phone=None), matricule=None, attended=None)
    accepted = send(office, guess)

    after = stored(office)
    assert (after.contact, after.bookings) == (before.contact, before.bookings)
    assert accepted.delete_on == date(2027, 11, 21)  # from what was just posted, not from what is stored


def test_the_letter_about_a_correction_goes_to_the_stored_address(office, store):
    send(office)
    elsewhere = by(REQUEST, email="other@example.org")
    accepted = send(office, elsewhere)

    about = [letter for letter in store.letters.values() if letter.reference == accepted.reference]
    assert {letter.contact_id for letter in about} == {stored(office).contact.id}
    assert stored(office).contact.person.email == PERSON.email


@pytest.mark.parametrize("known", [True, False], ids=["a known person", "a stranger"])
def test_forms_about_a_person_are_counted_alike_known_or_not(office, known):
    if known:
        send(office, sender="198.51.100.1/32")

    for number in range(FORMS_A_DAY):
        send(office, by(REQUEST, phone=f"+35262100001{number}"))

    with pytest.raises(TooManyRequestsError):
        send(office, by(REQUEST, phone="+352621000099"))


def test_the_same_form_may_be_sent_again_however_often(office):
    assert len({send(office).reference for _ in range(3 * FORMS_A_DAY)}) == 1


def test_one_mail_address_is_not_written_to_for_any_number_of_names(office, store):
    for number in range(LETTERS_A_DAY):
        send(office, by(REQUEST, first_name=f"Nomen {number}", phone=None), sender=f"203.0.113.{number}/32")

    with pytest.raises(TooManyRequestsError):
        send(office, by(REQUEST, first_name="Nomen", phone=None), sender="198.51.100.1/32")
    assert len(store.letters) == 2 * LETTERS_A_DAY


def test_a_lost_race_counts_one_form(office, store):
    first = send(office)
    for number in range(FORMS_A_DAY - 1):
        store.busy = 1
        assert send(office, by(REQUEST, phone=f"+35262100001{number}")) != first


def test_a_form_sent_again_later_moves_the_deletion_day_of_who_never_took_part(office):
    never = replace(REQUEST, attended=None)
    first = send(office, never)
    later = send(office, never, NOW + timedelta(days=40))

    assert later.reference == first.reference
    assert stored(office).contact.delete_on == later.delete_on == date(2027, 12, 31)


def test_a_form_sent_again_later_is_the_last_request_also_while_another_day_counts(office, store):
    first = send(office)
    told = letters(store)
    send(office, now=NOW + timedelta(days=40))

    contact = stored(office).contact
    assert (contact.delete_on, contact.history.last_request_on) == (first.delete_on, date(2026, 12, 31))
    assert letters(store) == told


def test_a_reference_that_is_taken_by_chance_gives_way_to_the_next(office, store):
    best, next_best, _ = IDENTITY.references(REQUEST, 1)
    store.references[best] = "somebody else"

    assert send(office).reference == send(office).reference == next_best


def test_two_people_with_one_mail_address_are_two_contacts(office):
    first = send(office)
    second = send(office, by(REQUEST, first_name="Altera", phone=None))

    assert first.reference != second.reference
    assert stored(office, replace(PERSON, first_name="Altera", phone=None)).contact.id != stored(office).contact.id
