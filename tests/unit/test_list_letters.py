"""Staff see the letters that failed and those to be said by phone, and none about what is not so any more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.booking import SignUp
from chalicelib.domain.errors import MailRefusedError
from chalicelib.domain.letter import LetterState, about_full_session
from chalicelib.programme import periods
from chalicelib.usecases.contact_ports import Together
from chalicelib.usecases.deliver_letters import deliver_letters
from chalicelib.usecases.give_up_place import Rosters, give_up_place
from chalicelib.usecases.list_letters import list_letters
from chalicelib.usecases.post_room import PostRoom
from chalicelib.usecases.record_call import record_call
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.sign_up import sign_up
from tests.examples import NOW, PERSON
from tests.fakes.contacts import FakeContacts
from tests.fakes.deletions import FakeMonths
from tests.fakes.outbox import FakeOutbox, FakePost
from tests.fakes.sessions import FakeSessions, fake_office, fake_rosters
from tests.fakes.store import FakeStore
from tests.letter_examples import BOOKING, CONTACT, INFORMATION, START, writer


class Desk:
    """One person with a place in a session, by phone or by mail; `listed` is what staff are shown."""

    def __init__(self, *errors, **person):
        self.store, self.now, self.post = FakeStore(), NOW, FakePost(errors)
        self.rosters, self.outbox = fake_rosters(self.store), FakeOutbox(self.store)
        self.rosters.sessions.add(INFORMATION)
        form = SignUp("info", replace(PERSON, **person))
        self.reference = sign_up(form, fake_office(self.store), "one", NOW).reference

    def listed(self):
        found = list_letters(self.outbox, self.rosters, self.now)
        return [(letter.state.value, letter.kind.value) for letter in found]

    def give_up(self):
        give_up_place("one", "info", self.rosters, self.now)

    def deliver(self):
        room = PostRoom(self.outbox, self.rosters, FakeMonths(self.store), writer().compose, self.post)
        return deliver_letters(room, lambda: self.now)

    def states(self):
        return {(each.kind.value, each.news): each.state for each in self.store.letters.values()}


def by_phone():
    return Desk(email=None)


def test_what_is_to_be_said_by_phone_is_listed_once_its_time_has_come():
    desk = by_phone()

    assert desk.listed() == [("by_phone", "reserved")]
    desk.now = START - timedelta(days=2)
    assert desk.listed() == [("by_phone", "reserved"), ("by_phone", "reminder")]


def test_a_call_whose_time_has_not_come_is_still_made_when_the_session_moves_back():
    desk = by_phone()
    session = desk.rosters.sessions.read("info")
    away = tuple(replace(each, start=each.start + timedelta(days=1)) for each in session.meetings)
    desk.rosters.sessions.replan(replace(session, meetings=away, version=2))
    desk.listed()
    desk.rosters.sessions.replan(replace(session, version=3))

    desk.now = START - timedelta(days=2)

    assert ("by_phone", "reminder") in desk.listed()


def test_nobody_is_to_be_phoned_about_a_place_that_was_given_up():
    desk = by_phone()
    desk.give_up()
    desk.now = START - timedelta(days=2)

    assert desk.listed() == [("by_phone", "cancelled")]
    assert desk.states()["reserved", ""] is desk.states()["reminder", ""] is LetterState.VOID
    assert desk.deliver() == {"void": 2, "sent": 2}
    assert desk.states()["staff_call", "reminder"] is desk.states()["staff_request", ""] is LetterState.VOID
    assert [message.kind for message in desk.post.sent] == ["staff_call", "staff_cancelled"]


def test_nobody_is_to_be_phoned_about_a_deletion_day_that_has_moved():
    desk = by_phone()
    records = Records(desk.rosters.contacts, periods.retention(), lambda: desk.now)
    records.participation(desk.reference, NOW.date() - timedelta(days=350))
    assert ("by_phone", "deletion_warning") in desk.listed()

    records.signature(desk.reference, NOW.date())

    assert desk.listed() == [("by_phone", "reserved"), ("by_phone", "deletion_day_changed")]


def test_who_only_looks_voids_nothing_and_sees_the_same():
    desk = by_phone()
    desk.give_up()
    before = desk.states()

    looked = [each.kind.value for each in list_letters(desk.outbox, desk.rosters, desk.now, void=False)]

    assert desk.states() == before
    assert looked == [kind for _, kind in desk.listed()]


def test_a_call_ends_what_was_to_be_said_so_far():
    desk = by_phone()

    assert record_call(desk.reference, desk.outbox, desk.now) == 1
    assert desk.listed() == []
    desk.now = START - timedelta(days=2)
    assert desk.listed() == [("by_phone", "reminder")]


def test_a_failed_letter_is_listed_until_its_news_are_not_so():
    desk = Desk(MailRefusedError())
    desk.deliver()

    assert desk.listed() == [("failed", "reserved")]
    desk.now = datetime(2026, 12, 5, 9, tzinfo=UTC)
    assert desk.listed() == []
    assert desk.states()["reserved", ""] is LetterState.VOID


def test_a_letter_of_a_contact_that_cannot_be_read_is_still_shown():
    class Unreadable(FakeContacts):
        def read_together(self, people, bookings=(), sessions=()):
            read = super().read_together(people, bookings, sessions)
            return replace(read, people=dict.fromkeys(read.people))

    desk = by_phone()
    desk.rosters = Rosters(Unreadable(desk.store), FakeSessions(desk.store))

    assert desk.listed() == [("by_phone", "reserved")]


def test_nobody_is_to_be_phoned_who_is_being_deleted():
    desk = by_phone()
    desk.store.deleting["one"] = "asked"

    assert desk.listed() == []


def test_a_failed_letter_about_nobody_is_listed():
    desk = by_phone()
    desk.store.promise([replace(about_full_session("info", 1, NOW), state=LetterState.FAILED)])

    assert ("failed", "staff_full") in desk.listed()


@pytest.mark.parametrize(("person", "booking"), [(None, BOOKING), (CONTACT, None)], ids=["person", "booking"])
def test_whoever_cannot_be_read_whole_has_no_file(person, booking):
    assert Together({"c1": person}, {("c1", "APPOINTMENT"): booking}, {}).file("c1") is None


@pytest.mark.parametrize("hours", [49, 1])
def test_whoever_gets_a_seat_and_has_no_phone_is_written_to(hours):
    desk = Desk(phone=None)
    desk.rosters.sessions.replan(replace(INFORMATION, capacity=1, version=2))
    other = replace(PERSON, first_name="Altera", phone=None)
    sign_up(SignUp("info", other), fake_office(desk.store), "two", desk.now)
    desk.now = START - timedelta(hours=hours)

    desk.give_up()

    assert {each.state for each in desk.store.letters.values() if each.kind == "placed"} == {LetterState.WAITING}
