"""Staff plan, cancel and fill one session at the desk: on what they saw, once, and noted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import ChangedMeanwhileError, ImpossiblePlanError, SessionClosedError
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.plan_session import cancel_at_desk, give_up_at_desk, invite_at_desk, plan_session
from tests.unit.test_mark_attendance import COURSE, DAY, INFORMATION, STAFF, Desk

NEW = replace(INFORMATION, id="new")
MORE = replace(INFORMATION, capacity=9)


class Office(Desk):
    """Staff at one session."""

    def plan(self, described, seen):
        plan_session(described, seen, STAFF, self.back, self.now)

    def cancel(self, session="info", seen=1):
        cancel_at_desk(session, seen, STAFF, self.back, self.now)

    def invite(self, session="day"):
        invite_at_desk(session, STAFF, self.back, self.now)

    def give_up(self, reference, session="info"):
        give_up_at_desk(reference, session, STAFF, self.back, self.now)

    def session(self, name="info"):
        return self.office.sessions.read(name)

    def noted(self, act, reference):
        return self.audit.deeds == [Deed(self.now, STAFF, act, reference)]


@pytest.fixture
def desk():
    return Office()


def test_a_new_session_is_added_once_and_noted_once(desk):
    for _ in range(2):
        desk.plan(NEW, 0)

    assert desk.session("new") == NEW
    assert desk.noted(Act.PLANNED, "new")


def test_a_session_is_changed_as_it_was_seen_and_its_roster_is_to_be_told(desk):
    for _ in range(2):
        desk.plan(MORE, 1)

    assert desk.session() == replace(MORE, version=2)
    assert list(desk.office.sessions.changed()) == ["info"]
    assert desk.noted(Act.PLANNED, "info")


@pytest.mark.parametrize("seen", [0, 2], ids=["taken for new", "seen otherwise"])
def test_what_a_colleague_planned_is_not_overwritten(desk, seen):
    with pytest.raises(ChangedMeanwhileError):
        desk.plan(MORE, seen)

    assert desk.session() == INFORMATION
    assert desk.audit.deeds == []


def test_who_has_signed_up_and_that_it_is_full_stay_as_they_are(desk):
    desk.plan(replace(NEW, capacity=1, waiting_max=1), 0)
    for who in ("ada", "ben"):
        desk.signed_up(who, "new")
    full = desk.session("new")
    assert (full.taken, full.waiting, full.full_told) == (1, ("ben",), 1)

    desk.plan(replace(NEW, capacity=1, waiting_max=1), 1)
    assert desk.session("new") == full
    assert list(desk.office.sessions.changed()) == []
    desk.plan(replace(NEW, capacity=1, waiting_max=2), 1)

    assert desk.session("new") == replace(full, waiting_max=2, version=2)


def test_a_meeting_that_is_dropped_is_remembered_for_calendars_until_it_comes_back(desk):
    one, two = COURSE.meetings
    short = replace(INFORMATION, id="course-2", meetings=(one,))
    desk.plan(replace(short, meetings=(one, two)), 0)

    desk.plan(short, 1)
    desk.plan(short, 2)
    assert (desk.session("course-2").dropped, desk.session("course-2").version) == ((two,), 2)
    desk.plan(replace(short, meetings=(one, two)), 2)

    assert desk.session("course-2").dropped == ()


@pytest.mark.parametrize("started", [timedelta(), timedelta(hours=1)])
def test_nothing_is_planned_that_has_begun(desk, started):
    desk.now = INFORMATION.start + started

    with pytest.raises(ImpossiblePlanError):
        desk.plan(MORE, 1)
    assert desk.audit.deeds == []


def test_a_session_is_cancelled_once_and_its_roster_is_to_be_told(desk):
    for _ in range(2):
        desk.cancel()

    assert desk.session() == replace(INFORMATION, cancelled=True, version=2)
    assert list(desk.office.sessions.changed()) == ["info"]
    assert desk.noted(Act.CANCELLED_SESSION, "info")


def test_a_colleague_who_is_quicker_by_a_moment_is_not_overwritten(desk):
    def note_late(_deed):
        desk.office.sessions.replan(replace(MORE, version=2))

    desk.audit.note = note_late

    with pytest.raises(ChangedMeanwhileError):
        desk.cancel()
    assert desk.session() == replace(MORE, version=2)


@pytest.mark.parametrize("why", ["changed since", "begun", "not there"])
def test_a_session_that_is_not_as_it_was_seen_is_not_cancelled(desk, why):
    if why == "changed since":
        desk.office.sessions.replan(replace(MORE, version=2))
    if why == "begun":
        desk.now = INFORMATION.start
    before = desk.session()

    with pytest.raises(ChangedMeanwhileError):
        desk.cancel("other" if why == "not there" else "info")

    assert desk.session() == before
    assert desk.audit.deeds == []


def test_the_next_run_invites_to_an_orientation_day_and_who_asked_is_noted(desk):
    desk.invite()

    assert list(desk.office.sessions.inviting()) == ["day"]
    assert desk.noted(Act.INVITED, "day")


@pytest.mark.parametrize("session", ["info", "begun", "draft"])
def test_to_nothing_else_is_anybody_invited(desk, session):
    desk.office.sessions.add(replace(DAY, id="draft", published=False))
    if session == "begun":
        desk.now = DAY.start

    with pytest.raises(SessionClosedError):
        desk.invite("day" if session == "begun" else session)

    assert list(desk.office.sessions.inviting()) == []
    assert desk.audit.deeds == []


def test_a_place_is_given_up_for_a_caller_and_who_waits_moves_up(desk):
    for who in ("ada", "ben", "cyd"):
        desk.signed_up(who)

    desk.give_up(desk.references["ada"])

    states = [desk.booking(who).state for who in ("ada", "ben", "cyd")]
    assert states == [BookingState.CANCELLED, BookingState.CONFIRMED, BookingState.CONFIRMED]
    assert {each.due_at for each in desk.store.letters.values() if each.kind == "cancelled"} == {desk.now}
    assert desk.noted(Act.GAVE_UP_PLACE, desk.references["ada"])


def test_the_slot_of_an_appointment_is_given_up_too(desk):
    desk.give_up(desk.asked("ada", slot="slot"), "slot")

    assert desk.file("ada").appointment.state is BookingState.CANCELLED
    assert desk.session("slot").taken == 0


NOT_AS_SEEN = {
    "nobody has the reference": lambda desk, _: ("2222-2222", "info"),
    "the reference is of another booking": lambda desk, _: (desk.signed_up("ada", "course"), "info"),
    "nobody signed up there": lambda desk, reference: (reference, "course"),
    "there is no such session": lambda desk, reference: (reference, "other"),
}


@pytest.mark.parametrize("why", NOT_AS_SEEN)
def test_a_place_that_somebody_does_not_have_is_not_given_up(desk, why):
    reference = desk.signed_up("ada")
    given, session = NOT_AS_SEEN[why](desk, reference)

    with pytest.raises(ChangedMeanwhileError):
        desk.give_up(given, session)

    assert desk.booking("ada").state is BookingState.CONFIRMED
    assert desk.audit.deeds == []


@pytest.mark.parametrize("why", ["begun", "cancelled", "given up before"])
def test_it_may_be_too_late_to_give_up_a_place(desk, why):
    reference = desk.signed_up("ada")
    if why == "begun":
        desk.now = INFORMATION.start
    elif why == "cancelled":
        desk.office.sessions.replan(replace(desk.session(), cancelled=True, version=2))
    else:
        give_up_place("ada", "info", desk.back.rosters, desk.now)
    before = desk.file("ada"), dict(desk.store.letters)

    with pytest.raises(ChangedMeanwhileError):
        desk.give_up(reference)

    assert (desk.file("ada"), desk.store.letters) == before
    assert desk.audit.deeds == []


BUSY = {
    "plan": lambda desk: desk.plan(NEW, 0),
    "cancel": lambda desk: desk.cancel(),
    "invite": lambda desk: desk.invite(),
}


@pytest.mark.parametrize("act", BUSY)
def test_a_store_that_is_busy_for_a_moment_is_asked_again(desk, act):
    desk.store.busy = 1

    BUSY[act](desk)

    assert len(desk.audit.deeds) == 1
