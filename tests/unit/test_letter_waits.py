"""A letter that was not taken is tried again with growing waits, for 72 hours."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from chalicelib.domain.letter import GIVE_UP_AFTER, Letter, LetterKind, LetterState, next_try
from tests.examples import NOW

LETTER = Letter("c", "APPOINTMENT", LetterKind.RECEIVED, 1, "AAAA-2222", LetterState.WAITING, NOW, NOW)


def tries(letter):
    """The times of all tries when none is taken."""
    now = NOW
    while now is not None:
        yield now
        letter = replace(letter, attempts=letter.attempts + 1)
        now = next_try(letter, now)


def test_waits_grow_from_a_minute_to_four_hours():
    moments = list(tries(LETTER))
    waits = [later - earlier for earlier, later in pairwise(moments[:-1])]

    assert [wait // timedelta(minutes=1) for wait in waits[:10]] == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]
    assert set(waits[9:-1]) == {timedelta(hours=4)}


def test_the_last_try_is_after_72_hours():
    last = list(tries(LETTER))[-1]

    assert GIVE_UP_AFTER <= last - NOW <= GIVE_UP_AFTER + timedelta(minutes=1)


def test_a_letter_sent_again_has_another_72_hours():
    much_later = NOW + timedelta(days=10)
    again = replace(LETTER, waiting_since=much_later, attempts=1)

    assert next_try(again, much_later) == much_later + timedelta(minutes=1)
