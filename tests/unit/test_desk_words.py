"""The desk has a name for whatever it may have to show."""

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.desk import Act
from chalicelib.domain.letter import LetterKind, LetterState
from chalicelib.words.desk import ACTS, LETTER_STATES, LETTERS, STATES


@pytest.mark.parametrize(
    ("named", "all_there_are"),
    [(LETTERS, LetterKind), (LETTER_STATES, LetterState), (STATES, BookingState), (ACTS, Act)],
    ids=["letters", "states of letters", "states of bookings", "acts"],
)
def test_each_one_has_a_name(named, all_there_are):
    assert set(all_there_are) <= set(named)
