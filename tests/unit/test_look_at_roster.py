"""Staff see who comes to a session: by name, by turn, and who was invited; nobody who is being deleted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.booking import SignUp
from chalicelib.domain.errors import UnreadableItemError
from chalicelib.usecases.answer_invitation import accept_invitation, decline_invitation
from chalicelib.usecases.invite_signatories import invite_signatories
from chalicelib.usecases.look_at_roster import Guest, look_at_roster
from chalicelib.usecases.sign_up import sign_up
from tests.examples import NOW, PERSON
from tests.unit.test_mark_attendance import ANY_KIND, INFORMATION, Desk

MINUTE = timedelta(minutes=1)


class Office(Desk):
    """Staff who look at a roster of people whose names are their ids, such as "ada adler"."""

    def person(self, who):
        first, *surname = who.split()
        return replace(
            super().person(who), first_name=first, surname=" ".join(surname), email=f"{who.replace(' ', '.')}@x.example"
        )

    def come(self, *people, session="info", needs=()):
        for who in people:
            form = SignUp(session, self.person(who), needs)
            self.references[who] = sign_up(form, self.office, who, self.now, kinds=ANY_KIND).reference

    def invite(self, *people):
        """To the orientation day, each a minute after the one before."""
        for who in people:
            self.now += MINUTE
            self.records().signature(self.asked(who), date(2026, 11, 20))
            invite_signatories("day", self.office, self.now)

    def roster(self, session="info"):
        return look_at_roster(self.office.sessions.gathering(session), self.back)

    def names(self, session="info"):
        roster = self.roster(session)
        parts = (roster.seated, roster.line, roster.unanswered, roster.declined)
        return tuple([guest.contact and guest.contact.id for guest in part] for part in parts)

    def forget(self, who):
        self.office.contacts.ask_deletion(who, NOW.date())


@pytest.fixture
def desk():
    return Office()


def resize(desk, session, **changes):
    known = desk.office.sessions.read(session.id)
    desk.office.sessions.replan(replace(known, version=known.version + 1, **changes))


def test_seats_are_listed_by_surname_and_first_name_whatever_the_capitals(desk):
    resize(desk, INFORMATION, capacity=4)
    desk.come("zoe bauer", "ada Bauer", "cyd Costa", "dan adler")

    assert desk.names()[0] == ["dan adler", "ada Bauer", "zoe bauer", "cyd Costa"]


@pytest.mark.parametrize("mailboxes", [("one", "two"), ("two", "one")])
def test_two_of_the_same_name_stand_in_the_same_order_whoever_came_first(desk, mailboxes):
    namesakes = {each: replace(PERSON, email=f"{each}@x.example", phone=None) for each in mailboxes}
    given = [sign_up(SignUp("info", person), desk.office, who, NOW).reference for who, person in namesakes.items()]

    assert [guest.reference for guest in desk.roster().seated] == sorted(given)


def test_who_waits_is_listed_by_turn(desk):
    desk.come("b b", "c c", "z last", "a first")

    assert desk.names() == (["b b", "c c"], ["z last", "a first"], [], [])


def test_each_is_shown_with_reference_booking_and_what_they_need_there(desk):
    desk.come("ada adler", needs=("step-free",))
    file = desk.file("ada adler")

    assert desk.roster().seated == (
        Guest(desk.references["ada adler"], file.contact, file.booking("info"), ("step-free",)),
    )


def test_who_is_being_deleted_is_nowhere(desk):
    desk.come("ada a", "ben b", "cyd c", "dan d")
    desk.invite("eva e", "fay f")
    decline_invitation("fay f", "day", desk.office, desk.now)

    for who in ("ada a", "cyd c", "eva e", "fay f"):
        desk.forget(who)

    assert desk.names() == (["ben b"], ["dan d"], [], [])
    assert desk.names("day") == ([], [], [], [])


def test_the_invited_are_listed_by_what_they_answered_the_oldest_first(desk):
    desk.invite("zoe z", "yan y", "cyd c", "dan d", "eva e")
    for who in ("dan d", "cyd c"):
        decline_invitation(who, "day", desk.office, desk.now)
    accept_invitation("eva e", "day", (), desk.office, desk.now)

    assert desk.names("day") == (["eva e"], [], ["zoe z", "yan y"], ["cyd c", "dan d"])
    assert [guest.needs for guest in desk.roster("day").unanswered] == [(), ()]


def test_who_has_just_accepted_is_not_shown_twice_where_the_list_of_the_invited_lags(desk):
    desk.invite("ada a")
    lagging = list(desk.office.sessions.invited("day"))
    accept_invitation("ada a", "day", (), desk.office, desk.now)

    desk.office.sessions.invited = lambda _: iter(lagging)

    assert desk.names("day") == (["ada a"], [], [], [])


def test_an_appointment_is_on_the_roster_of_its_slot(desk):
    reference = desk.asked("ada adler", slot="slot")

    assert [guest.reference for guest in desk.roster("slot").seated] == [reference]


def broken(desk, **parts):
    """The store, where something of what is read together is not as we store it."""
    together = desk.office.contacts.read_together

    def read_together(*given):
        read = together(*given)
        return replace(read, **{part: getattr(read, part) | found for part, found in parts.items()})

    desk.office.contacts.read_together = read_together


def test_a_contact_that_cannot_be_read_is_listed_without_a_name_and_hides_no_other(desk):
    desk.come("ada 't hooft", "ben berg")
    broken(desk, people={"ben berg": None})

    assert desk.names()[0] == [None, "ada 't hooft"]
    assert desk.roster().seated[0].reference == desk.references["ben berg"]


def test_a_booking_that_cannot_be_read_is_named_and_nobody_is_left_out_in_silence(desk):
    desk.come("ada adler")
    broken(desk, bookings={("ada adler", "info"): None})

    with pytest.raises(UnreadableItemError, match="info"):
        desk.roster()
