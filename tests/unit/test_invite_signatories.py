"""Who has signed is invited to an orientation day once, and reminded once; who answered is left in peace."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.booking import AppointmentRequest, BookingState, Wish
from chalicelib.domain.errors import (
    DeletionComesFirstError,
    SessionClosedError,
    SessionFullError,
    StoreBusyError,
    UnknownReferenceError,
)
from chalicelib.domain.invitation import answer_by
from chalicelib.domain.letter import LetterKind, LetterState
from chalicelib.domain.news import Matter, still_true
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.usecases.answer_invitation import accept_invitation, decline_invitation
from chalicelib.usecases.give_up_place import Rosters, give_up_place
from chalicelib.usecases.invite_signatories import go_on_inviting, invite_one, invite_signatories
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.request_appointment import request_appointment
from tests.examples import NOW, PERSON
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore

START = datetime(2027, 3, 13, 12, 30, tzinfo=UTC)
DAY = Session(
    "day",
    SessionKind.ORIENTATION,
    ("fr", "lb"),
    (Meeting(START, START + timedelta(hours=4, minutes=30), "Example hall"),),
    capacity=1,
    waiting_max=1,
    published=True,
)
SIGNED = date(2026, 11, 20)


class Service:
    """An office over fakes with an orientation day, and people who have signed."""

    def __init__(self, *sessions):
        self.store, self.now = FakeStore(), NOW
        self.office = fake_office(self.store)
        for session in sessions or (DAY,):
            self.office.sessions.add(session)

    def signatory(self, who, signed_on=SIGNED, **changes):
        person = replace(PERSON, **{"first_name": who, "email": f"{who}@example.org", "phone": None} | changes)
        request = AppointmentRequest(person, None, None, Wish((), "fr", ""))
        reference = request_appointment(request, self.office, who, self.now).reference
        if signed_on:
            Records(self.office.contacts, self.office.retention, lambda: self.now).signature(reference, signed_on)
        return reference

    def invite(self, session="day"):
        return invite_signatories(session, self.office, self.now)

    def accept(self, who, *needs, session="day"):
        accept_invitation(who, session, needs, self.office, self.now)

    def decline(self, who, session="day"):
        decline_invitation(who, session, self.office, self.now)

    def booking(self, who, session="day"):
        return self.office.contacts.read(who).booking(session)

    def state(self, who):
        return self.booking(who).state.value

    def letters(self, who, session="day"):
        return sorted(
            (letter.kind.value, letter.state.value, f"{letter.due_at:%m-%d}")
            for letter in self.store.letters.values()
            if letter.contact_id == who and letter.session_id == session
        )

    def invitations(self):
        return [letter for letter in self.store.letters.values() if letter.kind is LetterKind.INVITATION]


def test_each_signatory_is_invited_once_and_nobody_else():
    service = Service()
    for who in ("ada", "bea"):
        service.signatory(who)
    service.signatory("cleo", signed_on=None)

    assert service.invite() == {"invited": 2}
    assert service.invite() == {"invited before": 2}

    assert [service.state(who) for who in ("ada", "bea")] == ["invited", "invited"]
    assert service.booking("cleo") is None
    assert service.letters("ada") == [("invitation", "waiting", "11-21"), ("invitation_reminder", "waiting", "02-27")]
    assert (service.office.sessions.read("day").taken, service.store.inviting) == (0, set())


def test_without_a_mail_address_staff_are_asked_to_call():
    service = Service()
    service.signatory("ada", email=None, phone="+352621000000")

    service.invite()

    assert service.letters("ada") == [
        ("invitation", "by_phone", "11-21"),
        ("invitation_reminder", "by_phone", "02-27"),
        ("staff_call", "waiting", "02-27"),
        ("staff_call", "waiting", "11-21"),
    ]


@pytest.mark.parametrize(
    ("signed_on", "outcome"),
    [
        pytest.param(date(2025, 3, 14), "invited", id="ends the day after"),
        pytest.param(date(2025, 3, 13), "contract ends before", id="ends on the day"),
        pytest.param(date(2025, 3, 12), "contract ends before", id="ended"),
    ],
)
def test_the_contract_runs_on_the_day(signed_on, outcome):
    service = Service()
    service.signatory("ada", signed_on)

    assert service.invite() == {outcome: 1}


def test_who_is_deleted_before_the_day_is_not_even_looked_at():
    service = Service()
    service.signatory("ada", date(2024, 3, 12))

    assert service.invite() == {}


def test_who_comes_to_another_day_is_not_invited_and_who_waited_in_vain_is():
    later = replace(DAY, id="later", meetings=tuple(replace(each, start=each.start + timedelta(days=90),
                    end=each.end + timedelta(days=90)) for each in DAY.meetings))  # fmt: skip
    service = Service(DAY, later)
    for who in ("ada", "bea", "cleo"):
        service.signatory(who)
    service.invite()
    service.accept("ada")
    service.accept("bea")
    service.decline("cleo")

    assert service.invite("later") == {"comes to another day": 2, "invited": 1}

    service.now = START + timedelta(days=1)
    assert service.invite("later") == {"comes to another day": 1, "invited": 1, "invited before": 1}
    assert service.booking("bea", "later").state is BookingState.INVITED


@pytest.mark.parametrize(
    "changes",
    [{"published": False}, {"cancelled": True}, {"kind": SessionKind.INFORMATION}, {"id": "other"}],
    ids=["a draft", "cancelled", "not by invitation", "unknown"],
)
def test_nobody_is_invited_to_what_is_no_open_orientation_day(changes):
    service = Service(replace(DAY, **changes))
    reference = service.signatory("ada")

    with pytest.raises(SessionClosedError):
        service.invite()
    with pytest.raises(SessionClosedError):
        invite_one("day", reference, service.office, NOW)
    assert (service.booking("ada"), service.store.inviting) == (None, set())


def test_a_day_that_has_begun_invites_nobody():
    service = Service()
    service.signatory("ada")
    service.now = START

    with pytest.raises(SessionClosedError):
        service.invite()


def test_one_is_invited_by_the_reference():
    service = Service()
    reference, unsigned = service.signatory("ada"), service.signatory("bea", signed_on=None)

    assert invite_one("day", reference, service.office, NOW) == "invited"
    assert invite_one("day", reference, service.office, NOW) == "invited before"
    assert invite_one("day", unsigned, service.office, NOW) == "contract ends before"
    with pytest.raises(UnknownReferenceError):
        invite_one("day", "2345-678A", service.office, NOW)
    assert len(service.invitations()) == 1


@pytest.mark.parametrize("at", range(1, 15))
def test_a_run_that_dies_is_gone_on_with_and_nobody_is_invited_twice(at):
    service = Service()
    for who in ("ada", "bea", "cleo"):
        service.signatory(who)
    contacts, left = service.office.contacts, at

    class DiedError(BaseException):
        pass

    class Dying:
        """Dies at one of its calls, before or after it is done."""

        def __getattr__(self, name):
            def call(*given):
                nonlocal left
                left -= 1
                if left == 0:
                    raise DiedError
                done = getattr(contacts, name)(*given)
                left -= 1
                if left == 0:
                    raise DiedError
                return done

            return call

    with pytest.raises(DiedError):
        invite_signatories("day", replace(service.office, contacts=Dying()), NOW)
    assert service.store.inviting == {"day"}

    go_on_inviting(service.office, NOW)

    assert [service.state(who) for who in ("ada", "bea", "cleo")] == ["invited"] * 3
    assert (len(service.invitations()), service.store.inviting) == (3, set())
    assert go_on_inviting(service.office, NOW) == {}


def test_what_the_store_was_too_busy_for_is_left_for_the_next_run():
    service = Service()
    service.signatory("ada")
    contacts = service.office.contacts

    class Busy:
        def __getattr__(self, name):
            return getattr(contacts, name)

        def book(self, *given):
            raise StoreBusyError("as asked for")

    assert invite_signatories("day", replace(service.office, contacts=Busy()), NOW) == {"left for the next run": 1}
    assert go_on_inviting(service.office, NOW) == {"invited": 1}


def test_an_invitation_to_each_of_many_days_has_a_reference_of_its_own():
    days = [replace(DAY, id=f"day-{number}") for number in range(4)]
    service = Service(*days)
    service.signatory("ada")

    assert [service.invite(day.id) for day in days] == [{"invited": 1}] * 4
    assert len({service.booking("ada", day.id).reference for day in days}) == 4


def test_what_is_left_of_several_days_is_counted_together():
    service = Service(DAY, replace(DAY, id="other"))
    service.signatory("ada")
    for session_id in ("day", "other"):
        service.office.sessions.begin_inviting(session_id)

    assert go_on_inviting(service.office, NOW) == {"invited": 2}


def test_a_day_that_was_cancelled_meanwhile_is_left_alone():
    service = Service()
    service.signatory("ada")
    service.office.sessions.begin_inviting("day")
    cancel_session("day", service.office.sessions)

    assert go_on_inviting(service.office, NOW) == {}
    assert (service.booking("ada"), service.store.inviting) == (None, set())


def test_who_accepts_has_a_seat_with_its_letters_and_what_is_needed_there():
    service = Service()
    service.signatory("ada")
    service.invite()
    invited = service.booking("ada")
    service.now += timedelta(days=1)

    service.accept("ada", "step-free")

    taken = service.booking("ada")
    assert taken.requested_at == service.now
    assert service.office.contacts.read("ada").contact.history.last_request_on == service.now.date()
    assert (taken.state, taken.reference, taken.revision) == (BookingState.CONFIRMED, invited.reference, 2)
    (seat,) = service.office.sessions.roster("day")
    assert (seat.reference, seat.needs) == (invited.reference, ("step-free",))
    assert {
        ("reserved", "waiting", "11-22"),
        ("reminder", "waiting", "03-11"),
        ("staff_request", "waiting", "11-22"),
    } < {*service.letters("ada")}
    assert service.office.sessions.read("day").taken == 1


def test_the_next_waits_and_then_it_is_full():
    service = Service()
    for who in ("ada", "bea", "cleo"):
        service.signatory(who)
    service.invite()

    service.accept("ada")
    service.accept("bea")
    with pytest.raises(SessionFullError):
        service.accept("cleo")

    assert [service.state(who) for who in ("ada", "bea", "cleo")] == ["confirmed", "waiting", "invited"]
    told = [(each.about, each.due_at) for each in service.store.letters.values() if each.kind is LetterKind.STAFF_FULL]
    assert told == [("day", NOW)]
    assert ("waiting", "waiting", "11-21") in service.letters("bea")


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_answering_twice_does_no_harm(answer):
    service = Service()
    service.signatory("ada")
    service.invite()

    getattr(service, answer)("ada")
    once = (service.booking("ada"), service.letters("ada"), service.office.sessions.read("day"))
    getattr(service, answer)("ada")

    assert (service.booking("ada"), service.letters("ada"), service.office.sessions.read("day")) == once


def test_one_can_change_ones_mind_while_there_is_room():
    service = Service()
    service.signatory("ada")
    service.invite()

    states = []
    for answer in (service.decline, service.accept, service.decline, service.accept):
        answer("ada")
        states.append(service.state("ada"))

    assert states == ["declined", "confirmed", "cancelled", "confirmed"]
    assert service.booking("ada").revision == 3
    assert [kind for kind, *_ in service.letters("ada")].count("reserved") == 2
    assert service.office.sessions.read("day").taken == 1


def test_the_place_of_who_declines_after_all_goes_to_the_next():
    service = Service()
    for who in ("ada", "bea"):
        service.signatory(who)
    service.invite()
    service.accept("ada")
    service.accept("bea")

    service.decline("ada")

    assert [service.state(who) for who in ("ada", "bea")] == ["cancelled", "confirmed"]


def test_who_was_never_invited_or_is_gone_cannot_answer():
    service = Service()
    service.signatory("ada")

    for who in ("ada", "nobody"):
        service.accept(who)
        service.decline(who)

    assert (service.booking("ada"), service.office.sessions.read("day").taken) == (None, 0)


def test_no_answer_is_taken_once_the_day_has_begun_or_is_off():
    service = Service()
    service.signatory("ada")
    service.invite()
    service.now = START
    for answer in (service.accept, service.decline):
        with pytest.raises(SessionClosedError):
            answer("ada")

    service.now = NOW
    cancel_session("day", service.office.sessions)
    for answer in (service.accept, service.decline):
        with pytest.raises(SessionClosedError):
            answer("ada")
    assert service.state("ada") == "invited"


def test_a_day_that_was_moved_behind_the_deletion_cannot_be_accepted():
    service = Service()
    service.signatory("ada")
    service.invite()
    late = replace(DAY.meetings[0], start=START.replace(year=2031), end=START.replace(year=2031, hour=17))
    service.office.sessions.replan(replace(DAY, meetings=(late,), version=2))

    with pytest.raises(DeletionComesFirstError):
        service.accept("ada")


def test_staff_see_who_has_not_answered_and_who_has_declined():
    service = Service()
    for who in ("ada", "bea", "cleo"):
        service.signatory(who)
    service.invite()
    service.accept("ada")
    service.decline("bea")

    listed = {each.reference: each.state for each in service.office.sessions.invited("day")}

    assert listed == {
        service.booking("bea").reference: BookingState.DECLINED,
        service.booking("cleo").reference: BookingState.INVITED,
    }


@pytest.mark.parametrize(
    ("answer", "sent"),
    [(None, True), ("accept", False), ("decline", False)],
    ids=["no answer", "accepted", "declined"],
)
def test_only_who_has_not_answered_is_reminded(answer, sent):
    service = Service()
    service.signatory("ada")
    service.invite()
    if answer:
        getattr(service, answer)("ada")

    (reminder,) = [each for each in service.store.letters.values() if each.kind is LetterKind.INVITATION_REMINDER]
    matter = Matter(service.office.contacts.read("ada"), service.office.sessions.read("day"))
    assert still_true(reminder, matter, reminder.due_at) == sent
    assert reminder.state is LetterState.WAITING


@pytest.mark.parametrize(("days", "reminded"), [(17, True), (16, False), (3, False)])
def test_who_was_invited_only_just_is_not_reminded(days, reminded):
    service = Service()
    service.signatory("ada")
    service.now = START - timedelta(days=days)

    service.invite()

    assert ("invitation_reminder" in {kind for kind, *_ in service.letters("ada")}) == reminded


@pytest.mark.parametrize(
    ("invited_on", "answered_by"),
    [
        (date(2026, 11, 21), date(2027, 3, 6)),
        (date(2027, 3, 5), date(2027, 3, 6)),
        (date(2027, 3, 6), date(2027, 3, 12)),
        (date(2027, 3, 12), date(2027, 3, 12)),
        (date(2027, 3, 13), date(2027, 3, 13)),
    ],
)
def test_an_answer_is_asked_for_a_week_before_or_on_the_day_before(invited_on, answered_by):
    assert answer_by(DAY, invited_on) == answered_by


def test_a_place_that_is_given_up_on_the_own_page_is_declined():
    service = Service()
    service.signatory("ada")
    service.invite()
    service.accept("ada")

    give_up_place("ada", "day", Rosters(service.office.contacts, service.office.sessions), NOW)

    assert service.state("ada") == "cancelled"
    assert service.invite() == {"invited before": 1}
