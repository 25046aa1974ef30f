"""What tells of a day of deletion: under which reference, due when, and once for each day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.deletion import change_letters, new_contact, with_warning
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.retention import NEVER_TOOK_PART, TOOK_PART
from chalicelib.programme import periods
from tests.examples import NOW
from tests.letter_examples import CONTACT, REFERENCE

DAY = timedelta(days=1)
NEAR = replace(CONTACT, delete_on=NOW.date() + 30 * DAY)


@pytest.mark.parametrize(("attended", "rule"), [(None, NEVER_TOOK_PART), (CONTACT.history.attended, TOOK_PART)])
def test_a_new_contact_knows_why_it_will_be_deleted(attended, rule):
    history = replace(CONTACT.history, attended=attended)

    assert new_contact("c1", CONTACT.person, None, history, periods.retention()).rule == rule


def test_a_new_day_is_told_at_once_under_the_reference():
    (letter,) = change_letters(replace(NEAR, delete_on=NOW.date()), NEAR, REFERENCE, NOW)

    assert (letter.kind, letter.reference) == (LetterKind.DELETION_DAY_CHANGED, REFERENCE)
    assert (letter.due_at, letter.start) == (NOW, NEAR.delete_on.isoformat())
    assert change_letters(NEAR, NEAR, REFERENCE, NOW) == ()


@pytest.mark.parametrize(("days", "warned"), [(-1, False), (0, True), (5, True)])
def test_the_warning_comes_thirty_days_before_under_the_reference(days, warned):
    after, letters = with_warning(NEAR, REFERENCE, periods.retention(), NOW + days * DAY)

    told = [(each.kind, each.reference, each.due_at) for each in letters]
    assert told == [(LetterKind.DELETION_WARNING, REFERENCE, NOW + days * DAY)] * warned
    assert after.warned_for == (NEAR.delete_on if warned else None)
    if warned:
        assert with_warning(after, REFERENCE, periods.retention(), NOW + days * DAY) == (after, ())
