"""Many at the same moment: each store keeps one of what there may be one of."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

from chalicelib.domain.letter import LEASE, LetterKind
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.request_appointment import request_appointment
from tests.examples import by
from tests.store.examples import NOW, REQUEST, WISH, Example, letter_for
from tests.store.stores import dynamo_store, kinds

MANY = 30


def at_once(step, turns=MANY):
    with ThreadPoolExecutor(turns) as threads:
        return list(threads.map(step, range(turns)))


def test_the_same_form_sent_thirty_times_at_once_is_stored_once(store):
    accepted = at_once(lambda turn: request_appointment(REQUEST, store.office, f"contact-{turn}", NOW))

    assert len(set(accepted)) == 1
    (received, staff_request) = sorted(store.outbox.due(NOW), key=lambda letter: letter.kind)
    assert (received.kind, staff_request.kind) == (LetterKind.RECEIVED, LetterKind.STAFF_REQUEST)
    file = store.contacts.read(received.contact_id)
    assert (file.appointment.reference, file.corrections) == (accepted[0].reference, ())


def test_thirty_presses_leave_one_of_each_item(table):
    at_once(lambda turn: request_appointment(REQUEST, dynamo_store(*table).office, f"contact-{turn}", NOW))

    assert kinds(*table) == sorted(
        ["CONTACT", "BOOKING", "FIND", "FOR", "NAME", "PHONE", "WHO", "WHO", "LETTER", "LETTER"]
    )


def test_differing_forms_of_one_person_at_once_are_one_booking_and_its_corrections(store):
    forms = [replace(REQUEST, wish=replace(WISH, message=f"Form {turn}")) for turn in range(8)]

    accepted = at_once(lambda turn: request_appointment(forms[turn], store.office, f"contact-{turn}", NOW), len(forms))

    file = store.contacts.find(store.office.identity.marks(REQUEST.person))
    stored = [file.appointment.reference, *(correction.reference for correction in file.corrections)]
    assert sorted(stored) == sorted(each.reference for each in accepted)
    assert len(set(stored)) == len(forms)
    assert len(list(store.outbox.due(NOW))) == 2 * len(forms)


def test_of_thirty_people_at_once_each_is_stored(store):
    people = [by(REQUEST, surname=f"Number {turn}", email=f"number-{turn}@example.org") for turn in range(MANY)]

    at_once(lambda turn: request_appointment(people[turn], store.office, f"contact-{turn}", NOW))

    stored = {store.contacts.read(f"contact-{turn}").contact.person.surname for turn in range(MANY)}
    assert stored == {form.person.surname for form in people}


def test_of_changes_at_once_none_is_lost_and_each_is_told(store):
    reference = request_appointment(REQUEST, store.office, "one", NOW).reference
    records = Records(store.contacts, store.office.retention, lambda: NOW)

    days = at_once(lambda turn: records.participation(reference, date(2026, 9, 1 + turn)), 8)

    letters = [letter for letter in store.outbox.due(NOW) if letter.kind is LetterKind.DELETION_DAY_CHANGED]
    assert sorted(letter.start for letter in letters) == sorted(map(str, days))
    assert sorted(letter.revision for letter in letters) == list(range(2, 10))
    last = max(letters, key=lambda letter: letter.revision)
    stored = store.contacts.read("one").contact
    assert (stored.version, str(stored.delete_on)) == (last.revision, last.start)


def test_a_letter_that_thirty_reach_for_is_claimed_by_one(store):
    Example().open_in(store)
    seconds = timedelta(seconds=1)

    claims = at_once(lambda turn: store.outbox.claim(letter_for(Example()), NOW + LEASE + turn * seconds))

    (claimed,) = [claim for claim in claims if claim]
    assert list(store.outbox.due(NOW + 2 * LEASE)) == [claimed]
