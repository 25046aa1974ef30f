"""The table in which staff plan sessions: what it says comes back, and each mistake is named by line and column."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

import timetable
from chalicelib.domain.errors import ImpossiblePlanError, ImpossibleSessionError
from chalicelib.domain.session import Session, SessionKind
from chalicelib.usecases.plan_sessions import cancel_session, plan_sessions
from tests.examples import NOW
from tests.fakes.sessions import FakeSessions

HEAD = "id,kind,languages,capacity,waiting,published,start,end,place"
ROW = "info-1,information,fr lb,30,50,yes,2026-12-05 10:00,2026-12-05 12:00,Example hall"
COURSE = """\
course-1,citizenship,en,20,5,no,2026-12-08 18:00,2026-12-08 21:00,Room 1
course-1,citizenship,en,20,5,no,2026-12-01 18:00,2026-12-01 21:00,Room 2
"""


def table(*rows):
    return "\n".join((HEAD, *rows)) + "\n"


def sentences(text):
    with pytest.raises(timetable.TimetableError) as refused:
        timetable.read(text)
    return refused.value.sentences


def impossible(text, sessions=None):
    """What is wrong with the sessions of a table that can be read."""
    read = timetable.read(text)
    with pytest.raises(ImpossiblePlanError) as refused:
        plan_sessions(read.sessions, sessions or FakeSessions(), NOW)
    return [read.sentence(mistake) for mistake in refused.value.mistakes]


def test_a_row_is_a_meeting_at_times_of_luxembourg():
    (session,) = timetable.read(table(ROW)).sessions

    assert (session.id, session.kind, session.languages) == ("info-1", SessionKind.INFORMATION, ("fr", "lb"))
    assert (session.capacity, session.waiting_max, session.published) == (30, 50, True)
    (meeting,) = session.meetings
    assert (meeting.start, meeting.place) == (datetime(2026, 12, 5, 9, tzinfo=UTC), "Example hall")


def test_rows_of_one_id_are_the_meetings_of_one_session_in_their_order():
    (session,) = timetable.read(table(COURSE)).sessions

    assert [meeting.place for meeting in session.meetings] == ["Room 2", "Room 1"]


def test_what_was_written_is_read_again():
    sessions = timetable.read(table(ROW, COURSE)).sessions

    shown = timetable.written(replace(each, taken=3, waiting=("a", "b")) for each in sessions)

    assert shown.splitlines()[0] == f"{HEAD},taken,in line"
    assert ",3,2" in shown.splitlines()[1]
    assert timetable.read(shown).sessions == sessions


@pytest.mark.parametrize("change", [str, lambda text: "\ufeff" + text.replace(",", ";"), lambda text: text + ",,,\n"])
def test_what_spreadsheets_save_is_read(change):
    assert len(timetable.read(change(table(ROW))).sessions) == 1


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("id", "info 1"),
        ("id", ""),
        ("kind", "informations"),
        ("languages", ""),
        ("languages", "French"),
        ("capacity", "-1"),
        ("capacity", "３０"),
        ("waiting", ""),
        ("published", "maybe"),
        ("start", "5.12.2026 10:00"),
        ("start", "2026-13-05 10:00"),
        ("end", "2026-03-29 02:30"),
        ("place", ""),
        ("place", "x" * 201),
    ],
)
def test_a_mistake_is_named_by_line_and_column(column, wrong):
    cells = dict(zip(HEAD.split(","), ROW.split(","), strict=True)) | {column: wrong}

    (sentence,) = sentences(table(ROW, ",".join(cells.values())))

    assert sentence.startswith(f"Line 3, {column}: “{wrong}” is not ")


def test_every_mistake_is_named_at_once():
    found = sentences(table(ROW.replace("30", "many").replace("yes", "perhaps"), COURSE.replace("Room 1", "")))

    assert [sentence.partition(":")[0] for sentence in found] == [
        "Line 2, capacity",
        "Line 2, published",
        "Line 3, place",
    ]


def test_meetings_of_one_session_say_the_same_of_it():
    assert sentences(table(COURSE.replace("20,5,no,2026-12-01", "21,5,no,2026-12-01"))) == [
        "Line 3, capacity: differs from line 2, which is the same session."
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Line 1: the column id is missing."),
        (table(ROW).replace(",place", ",where"), "Line 1: there is no column where."),
        (table(ROW).replace("start", "begin"), "Line 1: the column start is missing."),
    ],
)
def test_a_column_that_is_missing_or_unknown_is_named(text, sentence):
    assert sentence in sentences(text)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (ROW.replace("12:00", "09:00"), "Line 2, start: each meeting must end after it starts"),
        (ROW.replace("information", "citizenship"), "Line 2, start: a citizenship course has six hours"),
        (ROW.replace("information", "slot"), "Line 2, capacity: a slot has a capacity of 1"),
        (ROW.replace("2026-12", "2026-10"), "Line 2, start: it has begun already"),
        (ROW.replace(",30,", ",0,"), "Line 2, capacity: at least one place is needed"),
    ],
)
def test_a_session_that_cannot_take_place_is_named(row, sentence):
    (found,) = impossible(table(row))

    assert found.startswith(sentence)


def test_nothing_is_stored_when_one_session_is_impossible():
    sessions = FakeSessions()

    impossible(table(ROW, COURSE.replace("21:00", "20:00")), sessions)

    assert sessions.read("info-1") is None


def test_a_session_never_has_fewer_places_than_are_taken():
    sessions = FakeSessions()
    (session,) = timetable.read(table(ROW)).sessions
    sessions.add(replace(session, taken=12))

    assert impossible(table(ROW.replace(",30,", ",11,")), sessions) == [
        "Line 2, capacity: more places than that are taken."
    ]
    assert plan_sessions(timetable.read(table(ROW.replace(",30,", ",12,"))).sessions, sessions, NOW) == {"changed": 1}


def test_a_cancelled_session_stays_cancelled():
    sessions = FakeSessions()
    plan_sessions(timetable.read(table(ROW)).sessions, sessions, NOW)
    assert cancel_session("info-1", sessions)

    assert impossible(table(ROW), sessions)[0].startswith("Line 2, id: this session was cancelled")
    assert not cancel_session("info-1", sessions)


def test_sessions_are_added_changed_or_left_as_they_are():
    sessions = FakeSessions()
    plan_sessions(timetable.read(table(ROW, COURSE)).sessions, sessions, NOW)

    counts = plan_sessions(
        timetable.read(table(ROW.replace("Example hall", "Elsewhere"), COURSE)).sessions, sessions, NOW
    )

    assert counts == {"changed": 1, "unchanged": 1}
    assert sessions.read("info-1").version == 2
    assert list(sessions.changed()) == ["info-1"]


def test_an_example_stays_an_example():
    sessions = FakeSessions()
    (session,) = timetable.read(table(ROW)).sessions
    sessions.add(replace(session, example=True))

    assert plan_sessions([session], sessions, NOW) == {"unchanged": 1}


def test_each_reason_has_a_sentence():
    read = timetable.Timetable((Session("a", SessionKind.INFORMATION, (), (), 0, 0),), {"a": 2})
    reasons = ["id", "order", "languages", "capacity", "waiting", "course", "slot", "taken", "past", "cancelled"]

    assert all(read.sentence(ImpossibleSessionError("a", why)).startswith("Line 2, ") for why in reasons)
