"""What the office records by command of a contact that a reference leads to, and the day of deletion that follows."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.days import Attended
from chalicelib.domain.errors import UnknownReferenceError
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.retention import History
from tests.examples import NOW
from tests.unit.test_mark_attendance import Desk

DAY = date(2026, 11, 20)
BEFORE = History(NOW.date(), signed_on=date(2026, 11, 1))

RECORDED = {
    "participation": (replace(BEFORE, attended=Attended(2026, 11, 20), attended_recorded=True), date(2029, 11, 1)),
    "signature": (replace(BEFORE, signed_on=DAY), date(2029, 11, 20)),
    "first_measure": (replace(BEFORE, first_measure_on=DAY), date(2029, 11, 20)),
}


@pytest.fixture
def desk():
    return Desk()


@pytest.mark.parametrize("what", RECORDED)
def test_what_is_recorded_is_stored_once_and_answered_with_the_day_of_deletion(desk, what):
    reference = desk.asked("ada", attended=None)
    desk.records().signature(reference, date(2026, 11, 1))
    record = getattr(desk.records(), what)

    days = [record(reference, DAY) for _ in range(2)]

    history, delete_on = RECORDED[what]
    contact = desk.file("ada").contact
    assert days == [delete_on] * 2
    assert (contact.history, contact.delete_on, contact.version) == (history, delete_on, 3)
    told = [each for each in desk.store.letters.values() if each.kind is LetterKind.DELETION_DAY_CHANGED]
    assert {each.reference for each in told} == {reference}


@pytest.mark.parametrize("what", RECORDED)
def test_a_reference_that_nobody_has_is_said(desk, what):
    with pytest.raises(UnknownReferenceError, match="2222-2222"):
        getattr(desk.records(), what)("2222-2222", DAY)
