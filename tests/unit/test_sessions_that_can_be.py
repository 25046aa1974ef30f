"""Which sessions can take place as staff describe them, and the key of what is wrong with one that cannot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import ImpossibleSessionError
from chalicelib.domain.session import Meeting, SessionKind, checked
from tests.letter_examples import INFORMATION, SLOT, START

HOUR = timedelta(hours=1)


def meetings(*hours):
    """One a day, each so long."""
    starts = (START + number * 24 * HOUR for number in range(len(hours)))
    return tuple(Meeting(start, start + each * HOUR, "Hall") for start, each in zip(starts, hours, strict=True))


COURSE = replace(INFORMATION, kind=SessionKind.CITIZENSHIP, meetings=meetings(3, 3))


@pytest.mark.parametrize(
    ("session", "changes", "why"),
    [
        (INFORMATION, {"id": ""}, "id"),
        (INFORMATION, {"id": "a b"}, "id"),
        (INFORMATION, {"meetings": ()}, "order"),
        (INFORMATION, {"meetings": meetings(0)}, "order"),
        (INFORMATION, {"meetings": meetings(2, 2)[::-1]}, "order"),
        (INFORMATION, {"languages": ()}, "languages"),
        (INFORMATION, {"capacity": 0}, "capacity"),
        (INFORMATION, {"waiting_max": -1}, "waiting"),
        (COURSE, {"meetings": meetings(6)}, "course"),
        (COURSE, {"meetings": meetings(3, 2)}, "course"),
        (COURSE, {"meetings": meetings(1, 1, 2, 2)}, "course"),
        (SLOT, {"capacity": 2}, "slot"),
        (SLOT, {"waiting_max": 1}, "slot"),
    ],
)
def test_what_cannot_be_is_named(session, changes, why):
    described = replace(session, **changes)

    with pytest.raises(ImpossibleSessionError) as refused:
        checked(described)

    assert (refused.value.session_id, refused.value.why) == (described.id, why)


@pytest.mark.parametrize(
    "session",
    [
        INFORMATION,
        replace(INFORMATION, id="A-1_" + "z" * 36, capacity=1, waiting_max=0),
        replace(INFORMATION, meetings=meetings(1, 1, 1, 1)),
        COURSE,
        replace(COURSE, meetings=meetings(2, 2, 2)),
        SLOT,
    ],
)
def test_what_can_be_is_taken_as_it_is(session):
    assert checked(session) is session


def test_a_turn_in_the_line_counts_from_one_and_who_does_not_wait_has_none():
    session = replace(INFORMATION, waiting=("first", "second"))

    assert [session.turn(each) for each in ("first", "second", "somebody else")] == [1, 2, 0]
