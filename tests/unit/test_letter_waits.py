"""A letter that was not taken is tried again with growing waits, for 72 hours."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from chalicelib.domain.letter import GIVE_UP_AFTER, Letter, LetterKind, LetterState, next_try, report_of_failure
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


def test_the_last_try_is_no_sooner_than_in_a_minute():
    just_before_the_end = NOW + GIVE_UP_AFTER - timedelta(seconds=30)

    last = next_try(replace(LETTER, attempts=1), just_before_the_end)

    assert last == just_before_the_end + timedelta(minutes=1)


def test_a_letter_sent_again_has_another_72_hours():
    much_later = NOW + timedelta(days=10)
    again = replace(LETTER, waiting_since=much_later, attempts=1)

    assert next_try(again, much_later) == much_later + timedelta(minutes=1)


def test_staff_are_told_at_once_of_a_letter_that_failed_with_72_hours_of_its_own():
    report = report_of_failure(replace(LETTER, state=LetterState.FAILED, attempts=9), NOW + timedelta(days=3))

    assert (report.state, report.attempts) == (LetterState.WAITING, 0)
    assert report.waiting_since == report.due_at == NOW + timedelta(days=3)
