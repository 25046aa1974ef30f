"""Letters that failed wait to be sent again, all of them or those of one reference, and no others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.letter import LetterState
from chalicelib.usecases.send_again import send_again
from tests.examples import NOW
from tests.fakes.outbox import FakeOutbox
from tests.fakes.store import FakeStore
from tests.store.examples import Example, letter_for

LATER = NOW + timedelta(days=4)


@pytest.fixture
def outbox():
    """Two letters that failed, of two people, and one that was sent."""
    store = FakeStore()
    for word, state in (("one", LetterState.FAILED), ("two", LetterState.FAILED), ("three", LetterState.SENT)):
        store.promise([letter_for(Example(word), state=state, waiting_since=NOW, due_at=NOW, attempts=9)])
    return FakeOutbox(store)


def waiting(outbox):
    return [letter.reference for letter in outbox.due(LATER)]


def test_all_that_failed_is_sent_again(outbox):
    assert send_again(None, outbox, LATER) == 2
    assert waiting(outbox) == ["REF-one", "REF-two"]
    assert send_again(None, outbox, LATER) == 0


def test_what_failed_of_one_reference_is_sent_again_as_if_it_had_never_been_tried(outbox):
    assert send_again("REF-two", outbox, LATER) == 1

    (letter,) = outbox.due(LATER)
    assert letter == replace(letter_for(Example("two")), waiting_since=LATER, due_at=LATER)
    assert list(outbox.due(LATER - timedelta(seconds=1))) == []


def test_nothing_waits_of_a_reference_whose_letters_are_through(outbox):
    assert send_again("REF-three", outbox, LATER) == 0
    assert waiting(outbox) == []
