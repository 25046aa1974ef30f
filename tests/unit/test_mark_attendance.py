"""Who came to a session and who did not is noted for all at once, and the days that follow from it move."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.booking import AppointmentRequest, BookingState, SignUp, Wish
from chalicelib.domain.days import Attended
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import ChangedMeanwhileError
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.mark_attendance import Mark, mark_attendance, standing
from chalicelib.usecases.move_booking import move_booking
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_up import sign_up
from tests.examples import NOW, PERSON
from tests.fakes.contacts import make_unreadable
from tests.fakes.deletions import FakeMonths
from tests.fakes.desk import FakeAudit, FakeWorklist
from tests.fakes.outbox import FakeOutbox
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore

STAFF = "desk@forum-cai.example"
START = datetime(2026, 12, 5, 9, tzinfo=UTC)
INFORMATION = Session(
    "info",
    SessionKind.INFORMATION,
    ("fr",),
    (Meeting(START, START + timedelta(hours=2), "Example hall"),),
    capacity=2,
    waiting_max=5,
    published=True,
)
COURSE = replace(
    INFORMATION,
    id="course",
    kind=SessionKind.CITIZENSHIP,
    meetings=tuple(
        Meeting(START + timedelta(days=days), START + timedelta(days=days, hours=3), "Example hall") for days in (7, 14)
    ),
)
DAY = replace(INFORMATION, id="day", kind=SessionKind.ORIENTATION)
SLOT = replace(INFORMATION, id="slot", kind=SessionKind.SLOT, capacity=1, waiting_max=0)
ANY_KIND = tuple(SessionKind)
CLAIMED = Attended(2026, 10, 12)


class Desk:
    """Staff over fakes, with people who ask, sign up and come."""

    def __init__(self):
        self.store, self.now, self.audit = FakeStore(), NOW, FakeAudit()
        self.office = fake_office(self.store)
        self.back = BackOffice(
            self.office, FakeOutbox(self.store), FakeWorklist(self.store), self.audit, FakeMonths(self.store)
        )
        self.references = {}
        for session in (INFORMATION, COURSE, DAY, SLOT):
            self.office.sessions.add(session)

    def person(self, who):
        return replace(PERSON, first_name=who, email=f"{who}@example.org", phone=None)

    def asked(self, who, attended=CLAIMED, slot=None):
        request = AppointmentRequest(self.person(who), None, attended, Wish((), "fr", ""), slot=slot)
        return request_appointment(request, self.office, who, self.now).reference

    def signed_up(self, who, session="info"):
        form = SignUp(session, self.person(who))
        self.references[who] = sign_up(form, self.office, who, self.now, kinds=ANY_KIND).reference
        return self.references[who]

    def records(self):
        return Records(self.office.contacts, self.office.retention, lambda: self.now)

    def after(self, session, days=0):
        self.now = session.meetings[-1].end + timedelta(days=days)

    def mark(self, session="info", seen=None, **present):
        marks = [
            Mark(self.references[who], frozenset(numbers), seen or self.standing(who, session))
            for who, numbers in present.items()
        ]
        return mark_attendance(session, marks, STAFF, self.back, self.now)

    def booking(self, who, session="info"):
        return self.file(who).booking(session)

    def standing(self, who, session="info"):
        return standing(self.booking(who, session))

    def file(self, who):
        return self.office.contacts.read(who)

    def history(self, who):
        return self.file(who).contact.history

    def told(self, who):
        kinds = [each.kind for each in self.store.letters.values() if each.contact_id == who]
        return kinds.count(LetterKind.DELETION_DAY_CHANGED)


@pytest.fixture
def desk():
    return Desk()


def test_all_of_a_roster_are_noted_and_counted(desk):
    for who in ("ada", "ben", "cyd"):
        desk.signed_up(who)
    desk.after(INFORMATION)

    assert desk.mark(ada={1}, ben=set()) == {"attended": 1, "missed": 1}
    assert [desk.booking(who).state.value for who in ("ada", "ben", "cyd")] == ["attended", "missed", "waiting"]
    assert desk.audit.deeds == [
        Deed(desk.now, STAFF, Act.NOTED_ATTENDED, desk.references["ada"]),
        Deed(desk.now, STAFF, Act.NOTED_MISSED, desk.references["ben"]),
    ]


def test_who_waited_had_no_seat_and_is_not_noted(desk):
    for who in ("ada", "ben", "cyd"):
        desk.signed_up(who)
    desk.after(INFORMATION)

    assert desk.mark(cyd={1}) == {"gone": 1}
    assert desk.booking("cyd").state is BookingState.WAITING


def test_the_same_marks_again_change_nothing(desk):
    desk.signed_up("ada")
    desk.after(INFORMATION)
    desk.mark(ada={1})
    version, deeds = desk.file("ada").contact.version, list(desk.audit.deeds)

    assert desk.mark(ada={1}, seen="confirmed") == {"unchanged": 1}
    assert desk.file("ada").contact.version == version
    assert desk.audit.deeds == deeds


def test_what_somebody_else_has_noted_meanwhile_is_not_overwritten(desk):
    desk.signed_up("ada")
    desk.after(INFORMATION)
    desk.mark(ada={1})

    assert desk.mark(ada=set(), seen="confirmed") == {"changed": 1}
    assert desk.booking("ada").state is BookingState.ATTENDED


def test_taking_part_overrides_what_the_resident_said_and_the_new_day_is_told_once(desk):
    desk.asked("ada")
    desk.signed_up("ada")
    assert desk.file("ada").contact.delete_on == date(2027, 10, 12)
    desk.after(INFORMATION, days=3)

    desk.mark(ada={1})
    desk.mark(ada={1})

    assert (desk.history("ada").attended, desk.history("ada").attended_recorded) == (Attended(2026, 12, 5), True)
    assert desk.file("ada").contact.delete_on == date(2027, 12, 5)
    assert desk.told("ada") == 1


def test_a_day_that_staff_recorded_later_than_this_session_stays(desk):
    reference = desk.signed_up("ada")
    desk.after(INFORMATION, days=10)
    desk.records().participation(reference, date(2026, 12, 12))

    assert desk.mark(ada={1}) == {"attended": 1}
    assert desk.history("ada").attended == Attended(2026, 12, 12)


def test_a_mark_made_by_mistake_is_taken_back(desk):
    desk.signed_up("ada")
    desk.after(INFORMATION)
    desk.mark(ada={1})

    assert desk.mark(ada=set()) == {"missed": 1}
    assert (desk.history("ada").attended, desk.history("ada").attended_recorded) == (None, False)


def test_who_did_not_come_keeps_what_they_said_themselves(desk):
    desk.asked("ada")
    desk.signed_up("ada")
    desk.after(INFORMATION)

    desk.mark(ada=set())

    assert desk.history("ada").attended == CLAIMED
    assert desk.told("ada") == 0


def course_of(desk, *people):
    for who in people:
        desk.records().signature(desk.signed_up(who, "course"), date(2026, 11, 20))


def test_a_course_is_attended_once_every_meeting_was(desk):
    course_of(desk, "ada", "ben")
    desk.after(COURSE)

    assert desk.mark("course", ada={1, 2}, ben={2}) == {"attended": 1, "missed": 1}
    assert desk.booking("ben", "course").present == (2,)
    assert (desk.history("ada").first_measure_on, desk.history("ben").first_measure_on) == (date(2026, 12, 12), None)


def test_a_meeting_is_noted_before_the_next_one_has_begun(desk):
    course_of(desk, "ada")
    desk.now = COURSE.meetings[0].end

    assert desk.mark("course", ada={1, 2}) == {"confirmed": 1}
    assert (desk.booking("ada", "course").state, desk.booking("ada", "course").present) == (
        BookingState.CONFIRMED,
        (1,),
    )
    desk.after(COURSE)
    assert desk.mark("course", ada={1, 2}) == {"attended": 1}


@pytest.mark.parametrize("session", [COURSE, DAY], ids=["citizenship course", "orientation day"])
def test_the_first_measure_starts_the_two_years(desk, session):
    reference = desk.signed_up("ada", session.id)
    desk.records().signature(reference, date(2026, 11, 20))
    before = desk.file("ada").contact.delete_on
    desk.after(session)

    desk.mark(session.id, ada={1, 2} if session is COURSE else {1})

    began = session.start.date()
    assert desk.history("ada").first_measure_on == began
    assert (before, desk.file("ada").contact.delete_on) == (date(2029, 11, 20), began.replace(year=2029))
    assert desk.told("ada") == 2  # signed, and begun


def test_nothing_that_came_before_signing_is_a_measure(desk):
    desk.signed_up("ada", "course")
    desk.after(COURSE)

    desk.mark("course", ada={1, 2})

    assert desk.history("ada").first_measure_on is None


def test_a_first_measure_by_mistake_goes_back_to_the_next_one(desk):
    course_of(desk, "ada")
    course = desk.references["ada"]
    desk.signed_up("ada", "day")
    desk.after(COURSE)
    desk.mark("day", ada={1})
    assert desk.history("ada").first_measure_on == DAY.start.date()
    day, desk.references["ada"] = desk.references["ada"], course
    desk.mark("course", ada={1, 2})
    desk.references["ada"] = day

    desk.mark("day", ada=set())

    assert desk.history("ada").first_measure_on == COURSE.start.date()


def test_an_appointment_is_kept_or_missed_and_moves_no_day(desk):
    desk.references["ada"] = desk.asked("ada", slot="slot")
    desk.after(SLOT)

    assert desk.mark("slot", ada={1}) == {"attended": 1}
    assert desk.history("ada").attended == CLAIMED


@pytest.mark.parametrize("why", ["not begun", "cancelled", "unknown"])
def test_nobody_can_have_been_where_nothing_took_place(desk, why):
    desk.signed_up("ada")
    if why == "cancelled":
        cancel_session("info", desk.office.sessions)
    if why != "not begun":
        desk.after(INFORMATION)

    with pytest.raises(ChangedMeanwhileError):
        mark_attendance("other" if why == "unknown" else "info", [], STAFF, desk.back, desk.now)


def test_who_has_given_up_the_place_or_is_gone_hinders_nobody(desk):
    for who in ("ada", "ben"):
        desk.signed_up(who)
    give_up_place("ada", "info", desk.back.rosters, desk.now)
    desk.after(INFORMATION)

    assert desk.mark(ada={1}, ben={1}) == {"gone": 1, "attended": 1}


def test_a_walk_that_was_cut_off_is_ended_by_the_same_form(desk):
    for who in ("ada", "ben"):
        desk.signed_up(who)
    desk.after(INFORMATION)
    seen = desk.standing("ada")
    desk.mark(ada={1}, seen=seen)  # and here it died

    assert desk.mark(ada={1}, ben={1}, seen=seen) == {"unchanged": 1, "attended": 1}


def test_a_store_that_was_busy_is_asked_again(desk):
    desk.signed_up("ada")
    desk.after(INFORMATION)
    marks = [Mark(desk.references["ada"], frozenset({1}), "confirmed")]
    contacts, see_to = desk.office.contacts, desk.office.contacts.see_to

    def lost_once(*given):
        del contacts.see_to
        desk.store.busy = 1
        return see_to(*given)

    contacts.see_to = lost_once

    assert mark_attendance("info", marks, STAFF, desk.back, desk.now) == {"attended": 1}


def test_who_cannot_be_read_is_counted_and_hinders_nobody(desk):
    for who in ("ada", "ben"):
        desk.signed_up(who)
    desk.after(INFORMATION)
    marks = [Mark(desk.references[who], frozenset({1}), "confirmed") for who in ("ada", "ben")]
    make_unreadable(desk.office.contacts, "ada")

    assert mark_attendance("info", marks, STAFF, desk.back, desk.now) == {"unreadable": 1, "attended": 1}


def test_a_session_may_be_noted_from_the_moment_at_which_it_begins(desk):
    desk.signed_up("ada")
    desk.now = INFORMATION.start

    assert desk.mark(ada={1}) == {"attended": 1}


def test_who_has_moved_to_another_date_meanwhile_is_not_noted(desk):
    desk.office.sessions.add(replace(SLOT, id="other"))
    desk.references["ada"] = desk.asked("ada", slot="slot")
    listed = list(desk.office.sessions.roster("slot"))
    move_booking("ada", "slot", "other", desk.office, desk.now)
    desk.office.sessions.roster = lambda _: iter(listed)
    desk.after(SLOT)

    assert desk.mark("slot", seen="confirmed", ada={1}) == {"gone": 1}
    assert (desk.booking("ada", "other").state, desk.audit.deeds) == (BookingState.CONFIRMED, [])
