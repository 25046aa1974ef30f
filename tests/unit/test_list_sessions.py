"""What everybody is shown of the sessions: those that are open, and what programs read of them."""

import json
from dataclasses import replace

import pytest

from chalicelib.domain.days import LUXEMBOURG
from chalicelib.domain.session import Meeting, SessionKind
from chalicelib.usecases.list_sessions import as_json, free_sessions, list_sessions
from tests.unit.test_sign_up import COURSE, INFORMATION, START, Service

LATER = replace(INFORMATION, id="later", meetings=COURSE.meetings[1:], capacity=1)


@pytest.fixture
def service():
    closed = {
        "draft": replace(LATER, id="draft", published=False),
        "cancelled": replace(LATER, id="cancelled", cancelled=True),
        "course": COURSE,
    }
    service = Service(LATER, INFORMATION, *closed.values())
    service.sign_up("a", "later")
    return service


def listed(service, found, now=None):
    sessions = found(SessionKind.INFORMATION, service.office.sessions, now or service.now)
    return [session.id for session in sessions]


def test_sessions_of_a_kind_are_listed_by_start_until_they_begin_full_ones_too(service):
    assert listed(service, list_sessions) == ["info", "later"]
    assert listed(service, list_sessions, START) == ["later"]


def test_only_sessions_with_a_free_seat_are_offered_in_place_of_another(service):
    assert listed(service, free_sessions) == ["info"]
    assert listed(service, free_sessions, START) == []


def test_programs_read_times_in_utc_and_words_as_people_write_them():
    meeting = Meeting(
        *(moment.astimezone(LUXEMBOURG) for moment in (START, START.replace(hour=23, minute=5))), "Pétange"
    )
    full = replace(INFORMATION, id="full", meetings=(meeting,), languages=("fr", "lb"), taken=2, waiting=("somebody",))

    text = as_json([INFORMATION, full])

    assert json.loads(text)[1] == {
        "id": "full",
        "kind": "information",
        "languages": ["fr", "lb"],
        "meetings": [{"start": "2026-12-05T09:00Z", "end": "2026-12-05T23:05Z", "place": "Pétange"}],
        "places_left": 0,
        "waiting": 1,
        "open": False,
    }
    assert [each["open"] for each in json.loads(text)] == [True, False]
    assert '"place":"Pétange"' in text and '","' in text
