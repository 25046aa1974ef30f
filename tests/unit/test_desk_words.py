"""The desk has a name for whatever it may have to show."""

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.desk import Act
from chalicelib.domain.language import desk_language
from chalicelib.domain.letter import LetterKind, LetterState
from chalicelib.words.desk import ACTS, LETTER_STATES, LETTERS, STATES


@pytest.mark.parametrize(
    ("named", "all_there_are"),
    [(LETTERS, LetterKind), (LETTER_STATES, LetterState), (STATES, BookingState), (ACTS, Act)],
    ids=["letters", "states of letters", "states of bookings", "acts"],
)
def test_each_one_has_a_name(named, all_there_are):
    assert set(all_there_are) <= set(named)


def test_the_desk_shows_in_french_what_is_in_a_language_that_it_does_not_have():
    assert [desk_language(each) for each in ("fr", "en", "de", "lb")] == ["fr", "en", "fr", "fr"]
