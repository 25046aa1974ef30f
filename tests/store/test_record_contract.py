"""Staff record what happens under a contract: on every store, held against the rules, each form once."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.contract import Reason
from chalicelib.domain.desk import Act
from chalicelib.domain.errors import AgainstRulesError, TakenError, UnknownReferenceError
from chalicelib.domain.letter import LetterKind, call_for
from chalicelib.domain.papers import Certificate, CertificateKind, Voucher
from chalicelib.domain.retention import History
from chalicelib.domain.session import Place
from chalicelib.usecases.post_room import matter_of
from chalicelib.usecases.record_contract import ContractRecords, Seen
from chalicelib.usecases.session_ports import Taking
from tests.contract_examples import (
    BEGINS,
    CITIZENSHIP,
    COMPLETED,
    COPY,
    COURSE,
    DAY,
    FIRST,
    RULES,
    SIGNED,
    VALID_UNTIL,
    under_way,
    used,
)
from tests.store.examples import Example
from tests.store.faults import injected, silent_after_doing_it
from tests.store.stores import Store, dynamo_store, fake_store

TODAY = date(2026, 7, 10)
NOW = datetime.combine(TODAY, time(9), UTC)
FULL = Example(letters=())
SIGNED_UP = replace(FULL.contact, history=History(SIGNED, signed_on=SIGNED), delete_on=date(2029, 3, 10), version=2)
REFERENCE = FULL.booking.reference


@dataclass
class Desk:
    """Staff who look at the one contact before each form that they send."""

    store: Store
    records: ContractRecords

    @property
    def seen(self) -> Seen:
        return Seen(REFERENCE, self.file.contact.version)

    @property
    def file(self) -> Any:
        return self.store.contacts.find_reference(REFERENCE)

    def refused(self, step, *given, **more):
        before = self.file
        with pytest.raises(AgainstRulesError) as refused:
            step(self.seen, *given, **more)
        assert self.file == before
        return refused.value.why, refused.value.office_decides


@pytest.fixture
def desk(store):
    FULL.open_in(store)
    store.contacts.amend(SIGNED_UP, [], TODAY)
    return Desk(store, ContractRecords(store.contacts, store.sessions, RULES, lambda: NOW))


LATER = date(2026, 5, 1)
WHEN_SIGNED = SIGNED_UP.history
HISTORIES = {
    "participation": (
        lambda records: records.record_participation,
        Act.TOOK_PART,
        WHEN_SIGNED.took_part(LATER),
    ),
    "signature": (lambda records: records.record_signature, Act.SIGNED, replace(WHEN_SIGNED, signed_on=LATER)),
    "first measure": (
        lambda records: records.record_first_measure,
        Act.FIRST_MEASURE,
        replace(WHEN_SIGNED, first_measure_on=LATER),
    ),
}


@pytest.mark.parametrize("what", HISTORIES)
def test_what_happened_on_a_day_is_noted_and_stored_once(desk, what):
    record, act, history = HISTORIES[what]
    noted = []
    records, seen = replace(desk.records, noted=lambda *deed: noted.append(deed)), desk.seen

    for _ in range(2):
        record(records)(seen, LATER)
    record(records)(desk.seen, LATER)
    with pytest.raises(TakenError):
        record(records)(seen, LATER + DAY)

    assert (desk.file.contact.history, desk.file.contact.version) == (history, 3)
    assert noted == [(act, REFERENCE)]


@pytest.mark.parametrize("what", HISTORIES)
def test_it_may_be_today_and_not_a_day_to_come_in_luxembourg(desk, what):
    record, *_ = HISTORIES[what]

    assert desk.refused(record(desk.records), TODAY + DAY) == (Reason.FUTURE, False)
    record(desk.records)(desk.seen, TODAY)

    assert desk.file.contact.version == 3


def test_a_day_that_was_recorded_by_mistake_is_taken_back(desk):
    desk.records.record_participation(desk.seen, LATER)
    desk.records.record_participation(desk.seen, None)
    desk.records.record_first_measure(desk.seen, LATER)
    desk.records.record_signature(desk.seen, None)

    history = desk.file.contact.history
    assert history == History(SIGNED)


def test_no_measure_begins_before_the_contract_was_signed(desk):
    assert desk.refused(desk.records.record_first_measure, SIGNED - DAY) == (Reason.UNSIGNED, False)


def test_a_course_goes_its_way_from_the_first_voucher_to_the_next_and_each_step_is_noted(desk):
    noted = []
    records = replace(desk.records, noted=lambda *deed: noted.append(deed))
    records.issue_voucher(desk.seen, SIGNED)
    records.record_voucher_use(desk.seen, 1, COURSE)
    records.record_course_completed(desk.seen, 1, COMPLETED, 70)
    records.record_certificate(desk.seen, CertificateKind.COURSE, 1)
    records.issue_voucher(desk.seen, TODAY, date(2027, 3, 1), decided=True)

    assert desk.file.vouchers == (used(), Voucher(2, TODAY, date(2027, 3, 1)))
    assert desk.file.certificates == (replace(COPY, recorded_on=TODAY),)
    acts = (Act.ISSUED_VOUCHER, Act.VOUCHER_USED, Act.COURSE_COMPLETED, Act.CERTIFIED, Act.ISSUED_VOUCHER)
    assert noted == [(act, REFERENCE) for act in acts]
    told = [each for each in desk.store.outbox.due(NOW) if each.kind is LetterKind.VOUCHER]
    assert {each.reference for each in told} == {REFERENCE}


def test_the_course_starts_the_two_years_and_moves_the_day_of_deletion_which_is_told(desk):
    desk.records.issue_voucher(desk.seen, SIGNED)
    assert desk.file.contact.delete_on == date(2029, 3, 10)
    assert [letter.kind for letter in desk.store.outbox.due(NOW)] == [LetterKind.VOUCHER]

    desk.records.record_voucher_use(desk.seen, 1, COURSE)

    contact = desk.file.contact
    assert (contact.history.first_measure_on, contact.delete_on) == (BEGINS, date(2029, 4, 20))
    told = [letter.kind for letter in desk.store.outbox.due(NOW)]
    assert sorted(told) == [LetterKind.DELETION_DAY_CHANGED, LetterKind.VOUCHER]


def test_what_the_rules_do_not_allow_is_refused_with_its_key(desk):
    assert desk.refused(desk.records.record_voucher_use, 1, COURSE) == (Reason.NO_VOUCHER, False)
    assert desk.refused(desk.records.record_course_completed, 1, COMPLETED, 70) == (Reason.NO_VOUCHER, False)
    assert desk.refused(desk.records.issue_voucher, SIGNED - DAY, decided=True) == (Reason.UNSIGNED, False)
    for kind in (CertificateKind.CITIZENSHIP, CertificateKind.ORIENTATION):
        assert desk.refused(desk.records.record_certificate, kind) == (kind.value, False)
    assert desk.refused(desk.records.record_certificate, CertificateKind.VALIDATION, decided=True) == ("course", False)


def test_what_is_for_the_office_waits_for_its_decision(desk):
    assert desk.refused(desk.records.issue_voucher, SIGNED + DAY) == (Reason.AFTER_MEETING, True)

    desk.records.issue_voucher(desk.seen, SIGNED + DAY, VALID_UNTIL + DAY, decided=True)

    assert desk.file.vouchers == (Voucher(1, SIGNED + DAY, VALID_UNTIL + DAY),)


def test_a_validation_that_is_for_the_office_waits_for_its_decision(desk):
    desk.store.contacts.amend(replace(SIGNED_UP, version=3), [], TODAY, [used(), COPY])
    validation = CertificateKind.VALIDATION
    assert desk.refused(desk.records.record_certificate, validation) == (Reason.CITIZENSHIP, True)

    desk.records.record_certificate(desk.seen, validation, decided=True)

    assert validation in {each.kind for each in desk.file.certificates}


def test_a_stale_form_that_says_what_the_voucher_before_the_last_says_is_refused(desk):
    desk.store.contacts.amend(replace(SIGNED_UP, version=3), [], TODAY, [used(), Voucher(2, TODAY, date(2027, 3, 1))])

    with pytest.raises(TakenError):
        desk.records.issue_voucher(Seen(REFERENCE, 2), FIRST.issued_on)


def test_nothing_has_happened_on_a_day_to_come(desk):
    tomorrow = TODAY + DAY
    desk.records.issue_voucher(desk.seen, SIGNED)

    assert desk.refused(desk.records.issue_voucher, tomorrow) == (Reason.FUTURE, False)
    late = replace(COURSE, registered_on=tomorrow, begins_on=tomorrow)
    assert desk.refused(desk.records.record_voucher_use, 1, late) == (Reason.FUTURE, False)
    desk.records.record_voucher_use(desk.seen, 1, replace(late, registered_on=TODAY))
    assert desk.refused(desk.records.record_course_completed, 1, tomorrow, 70) == (Reason.FUTURE, False)


@pytest.mark.parametrize(
    ("papers", "form", "other"),
    [
        pytest.param(
            [],
            lambda records, seen: records.issue_voucher(seen, SIGNED),
            lambda records, seen: records.issue_voucher(seen, SIGNED + DAY, decided=True),
            id="issue",
        ),
        pytest.param(
            [FIRST],
            lambda records, seen: records.record_voucher_use(seen, 1, COURSE),
            lambda records, seen: records.record_voucher_use(seen, 1, replace(COURSE, language="de")),
            id="use",
        ),
        pytest.param(
            [under_way()],
            lambda records, seen: records.record_course_completed(seen, 1, COMPLETED, 80),
            lambda records, seen: records.record_course_completed(seen, 1, COMPLETED, 60),
            id="complete",
        ),
        pytest.param(
            [used(), used(replace(FIRST, number=2))],
            lambda records, seen: records.record_certificate(seen, CertificateKind.COURSE, 1),
            lambda records, seen: records.record_certificate(seen, CertificateKind.COURSE, 2),
            id="certify",
        ),
    ],
)
def test_the_same_form_twice_is_recorded_once_and_another_stale_one_is_refused(desk, papers, form, other):
    desk.store.contacts.amend(replace(SIGNED_UP, version=3), [], TODAY, papers)
    seen = desk.seen
    form(desk.records, seen)
    once = desk.file

    form(desk.records, seen)
    with pytest.raises(TakenError):
        other(desk.records, seen)

    assert desk.file == once
    assert once.contact.version == 4


def test_a_form_made_before_anything_else_changed_is_refused(desk):
    seen = desk.seen
    desk.store.contacts.amend(replace(SIGNED_UP, version=3), [], TODAY)

    with pytest.raises(TakenError):
        desk.records.issue_voucher(seen, SIGNED)

    assert desk.file.vouchers == ()


def test_a_reference_that_nobody_has_is_said(desk):
    with pytest.raises(UnknownReferenceError):
        desk.records.issue_voucher(Seen("REF-none", 1), SIGNED)


@pytest.mark.parametrize(("state", "given"), [(BookingState.ATTENDED, True), (BookingState.CONFIRMED, False)])
def test_the_certificate_of_the_citizenship_course_is_for_who_attended_it(desk, state, given):
    course = replace(CITIZENSHIP.session, published=True)
    desk.store.sessions.add(course)
    booking = Booking(course.id, "REF-course", 1, state, None, NOW)
    place = Taking(course, Place.SEAT, ())
    desk.store.contacts.book(replace(SIGNED_UP, version=3), booking, [], taking=place)

    if given:
        desk.records.record_certificate(desk.seen, CertificateKind.CITIZENSHIP)
    else:
        assert desk.refused(desk.records.record_certificate, CertificateKind.CITIZENSHIP)[0] == Reason.CITIZENSHIP

    certificates = (Certificate(CertificateKind.CITIZENSHIP, TODAY),)
    assert desk.file.certificates == (certificates if given else ())
    letters = [each for each in desk.store.outbox.due(NOW) if each.kind is LetterKind.CERTIFICATE]
    assert len(letters) == given
    for told in (*letters, *map(call_for, letters)):
        assert matter_of(told, desk.store.rosters).session.id == course.id


def test_a_busy_store_is_asked_again():
    store = fake_store()
    FULL.open_in(store)
    store.contacts.amend(SIGNED_UP, [], TODAY)
    store.contacts.store.busy = 3

    ContractRecords(store.contacts, store.sessions, RULES, lambda: NOW).issue_voucher(Seen(REFERENCE, 2), SIGNED)

    assert store.contacts.read("one").vouchers == (FIRST,)


def test_a_form_whose_answer_from_the_store_got_lost_is_recorded_once(table):
    store = dynamo_store(*table)
    FULL.open_in(store)
    store.contacts.amend(SIGNED_UP, [], TODAY)
    records = ContractRecords(store.contacts, store.sessions, RULES, lambda: NOW)

    with injected(table[0], "TransactWriteItems", silent_after_doing_it):
        records.issue_voucher(Seen(REFERENCE, 2), SIGNED)

    assert store.contacts.read("one").vouchers == (FIRST,)
