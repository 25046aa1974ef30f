"""A booking moves to another date, and keeps the old one until the new one is sure."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import APPOINTMENT, BookingState, ContactFile, SignUp
from chalicelib.domain.days import Attended
from chalicelib.domain.errors import DateGoneError, DeletionComesFirstError, TakenError
from chalicelib.domain.session import Meeting, SessionKind
from chalicelib.usecases.move_booking import appointment_mark, move_booking
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.usecases.sign_up import sign_up
from chalicelib.usecases.tell_rosters import tell_rosters
from tests.examples import NOW, REQUEST
from tests.fakes.contacts import FakeContacts
from tests.letter_examples import CONTACT
from tests.unit import test_sign_up
from tests.unit.test_appointment_slots import IN_SLOT, OTHER, SLOT, SOMEBODY
from tests.unit.test_appointment_slots import Service as Appointments
from tests.unit.test_sign_up import COURSE, INFORMATION, START

HOUR = timedelta(hours=1)
LATER = replace(INFORMATION, id="later", meetings=(Meeting(START + timedelta(days=7), START + timedelta(days=8), "C"),))


class SignUps(test_sign_up.Service):
    def move(self, who, to="later", about="info"):
        return move_booking(f"contact-{who}", about, to, self.office, self.now)


def move(service, to="other", about=APPOINTMENT):
    return move_booking("one", about, to, service.office, service.now)


def test_an_appointment_moves_and_keeps_its_reference():
    service = Appointments()
    accepted = service.ask()

    assert move(service) == accepted.reference

    booking = service.appointment()
    assert (booking.slot, booking.revision, booking.state) == ("other", 2, BookingState.CONFIRMED)
    assert service.taken() == {"slot": 0, "other": 1}
    assert {
        ("appointment", "other", "waiting"),
        ("moved", "slot", "waiting"),
        ("staff_moved", "other", "waiting"),
    } <= set(service.letters())
    assert ("reminder", "other", "waiting") in service.letters()


def test_the_form_that_was_sent_before_a_move_is_still_known():
    service = Appointments()
    first = service.ask()
    move(service)

    assert service.ask().reference == first.reference
    assert service.office.contacts.read("one").corrections == ()


def test_an_appointment_moves_there_and_back_by_either_name():
    service = Appointments()
    service.ask()

    for about, to in ((APPOINTMENT, "other"), ("other", "slot"), ("slot", "other")):
        assert move(service, to, about)

    assert (service.appointment().slot, service.appointment().revision) == ("other", 4)
    assert service.taken() == {"slot": 0, "other": 1}


def test_an_appointment_without_a_date_gets_one():
    service = Appointments()
    accepted = service.ask(REQUEST)

    assert move(service, "slot") == accepted.reference

    assert service.appointment().state is BookingState.CONFIRMED
    kinds = [kind for kind, about, _ in service.letters() if about == "slot"]
    assert kinds == ["appointment", "reminder", "staff_request"]


def test_after_staff_have_cancelled_the_slot_another_is_chosen():
    service = Appointments()
    service.ask()
    cancel_session("slot", service.office.sessions)
    assert move(service) is None
    tell_rosters(service.rosters, NOW)

    assert move(service)

    assert service.appointment().slot == "other"


def test_who_has_no_mail_address_is_called_by_one_letter_to_staff():
    service = Appointments()
    service.ask(replace(REQUEST, slot="slot", person=replace(REQUEST.person, email=None)))

    move(service)

    about_new = [(kind, state) for kind, about, state in service.letters() if about == "other"]
    assert ("appointment", "by_phone") in about_new and ("staff_moved", "waiting") in about_new
    assert "moved" not in [kind for kind, *_ in service.letters()]


def test_a_place_in_a_session_becomes_a_booking_of_its_own_with_the_needs():
    service = SignUps(INFORMATION, LATER)
    form = SignUp("info", service.person("a"), ("step-free",), doubtful=True)
    first = sign_up(form, service.office, "contact-a", NOW)

    second = service.move("a")

    file = service.file("a")
    assert [seat.needs for seat in service.office.sessions.roster("later")] == [("step-free",)]
    assert (file.booking("later").revision, file.booking("later").doubtful) == (1, True)
    assert (
        sign_up(replace(form, session_id="later", doubtful=False), service.office, "never used", NOW).reference
        == second
    )
    assert {each.about: each.state.value for each in file.bookings} == {"info": "cancelled", "later": "confirmed"}
    assert file.booking("later").reference == second != first.reference
    assert file.contact.history.last_session_on == LATER.last_day
    assert service.office.contacts.find_reference(first.reference) == service.office.contacts.find_reference(second)
    assert {"moved", "staff_moved"} <= {kind for kind, *_ in service.letters("a")}


def test_the_form_for_the_new_session_gives_the_reference_of_the_move():
    service = SignUps(INFORMATION, LATER)
    service.sign_up("a")

    assert service.move("a") == service.sign_up("a", "later").reference


def test_the_head_of_the_line_gets_the_seat_and_is_told():
    service = SignUps(INFORMATION, LATER)
    for who in "abc":
        service.sign_up(who)

    service.move("a")

    assert (service.session().taken, service.session().waiting) == (2, ())
    assert service.file("c").booking("info").state is BookingState.CONFIRMED
    assert {"placed", "reminder"} <= {kind for kind, *_ in service.letters("c")}


def test_a_head_that_is_being_deleted_is_passed_over():
    service = SignUps(replace(INFORMATION, waiting_max=2), LATER)
    for who in "abcd":
        service.sign_up(who)
    service.office.contacts.ask_deletion("contact-c", NOW.date())

    service.move("a")

    assert service.file("d").booking("info").state is BookingState.CONFIRMED


def test_who_waits_moves_to_a_seat_elsewhere():
    service = SignUps(INFORMATION, LATER)
    for who in "abc":
        service.sign_up(who)

    assert service.move("c")

    assert (service.session().waiting, service.session("later").taken) == ((), 1)


def test_who_moved_away_moves_back_under_the_next_revision():
    service = SignUps(INFORMATION, LATER)
    service.sign_up("a")
    service.move("a")

    assert service.move("a", "info", "later")

    assert service.file("a").booking("info").revision == 2
    assert (service.session().taken, service.session("later").taken) == (1, 0)


def test_moving_twice_does_no_harm():
    service = SignUps(INFORMATION, LATER)
    service.sign_up("a")

    assert service.move("a") == service.move("a")
    assert [kind for kind, *_ in service.letters("a")].count("moved") == 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"taken": 2}, id="no seat is free"),
        pytest.param({"published": False}, id="a draft"),
        pytest.param({"cancelled": True}, id="cancelled"),
        pytest.param({"kind": SessionKind.CITIZENSHIP}, id="another kind"),
        pytest.param({"kind": SessionKind.SLOT}, id="a slot"),
        pytest.param({"id": "other"}, id="not there"),
    ],
)
def test_what_cannot_be_had_changes_nothing(changes):
    service = SignUps(INFORMATION, replace(LATER, **changes))
    service.sign_up("a")
    before = service.file("a"), service.letters("a"), dict(service.store.sessions)

    with pytest.raises(DateGoneError):
        service.move("a")

    assert (service.file("a"), service.letters("a"), dict(service.store.sessions)) == before


def test_an_appointment_does_not_move_beyond_the_deletion_day():
    service = Appointments(
        SLOT,
        replace(
            OTHER,
            meetings=tuple(
                Meeting(each.start.replace(year=2027), each.end.replace(year=2027), "B") for each in OTHER.meetings
            ),
        ),
    )
    service.ask()

    with pytest.raises(DeletionComesFirstError):
        move(service)
    assert service.appointment().slot == "slot"


@pytest.mark.parametrize("about", ["info", "unknown", APPOINTMENT])
def test_what_nobody_has_is_not_moved(about):
    service = SignUps(INFORMATION, LATER)
    service.sign_up("a")

    assert service.move("b", about=about) is None
    assert about == "info" or service.move("a", about=about) is None
    assert service.session("later").taken == 0


def test_nobody_moves_away_from_what_has_begun():
    service = SignUps(INFORMATION, LATER)
    service.sign_up("a")
    service.now = START

    assert service.move("a") is None
    assert service.session().taken == 1


def test_a_seat_that_another_takes_in_between_keeps_the_old_one():
    class Slow(FakeContacts):
        """Somebody else is quicker than the first move."""

        def move(self, *given):
            if not self.store.sessions["other"].taken:
                service.ask(replace(SOMEBODY, slot="other"), "two")
                raise TakenError("as a condition says")
            super().move(*given)

    service = Appointments()
    service.ask()
    service.office = replace(service.office, contacts=Slow(service.store))

    with pytest.raises(DateGoneError):
        move(service)

    assert (service.appointment().slot, service.taken()) == ("slot", {"slot": 1, "other": 1})


def test_a_course_is_confirmed_also_after_a_move():
    service = SignUps(COURSE, replace(COURSE, id="later"))
    service.sign_up("a", "course")

    service.move("a", about="course")

    assert [kind for kind, *_ in service.letters("a")].count("course_confirmation") == 2


@pytest.mark.parametrize("taken", [1, 2])
def test_a_reference_that_is_taken_by_chance_gives_way_to_the_next(taken):
    service = SignUps(INFORMATION, LATER)
    service.sign_up("a")
    candidates = service.office.identity.references(SignUp("later", service.person("a")), 1)
    service.store.references |= dict.fromkeys(candidates[:taken], "somebody else")

    assert service.move("a") == candidates[taken]


def test_who_leaves_the_line_for_another_date_moves_nobody_up():
    service = SignUps(replace(INFORMATION, waiting_max=2), LATER)
    for who in "abcd":
        service.sign_up(who)
    before = service.letters("c")

    service.move("d")

    assert service.letters("c") == before


def test_staff_are_told_when_a_move_takes_the_last_seat():
    service = SignUps(INFORMATION, replace(LATER, capacity=1, waiting_max=0))
    service.sign_up("a")
    service.now += timedelta(hours=1)

    service.move("a")

    told = [(each.about, each.due_at) for each in service.store.letters.values() if each.kind == "staff_full"]
    assert told == [("later", service.now)]


def test_nobody_moves_to_what_begins_now():
    service = SignUps(INFORMATION, replace(LATER, meetings=(replace(LATER.meetings[0], start=START - HOUR),)))
    service.sign_up("a")
    service.now = START - HOUR

    with pytest.raises(DateGoneError):
        service.move("a")


def test_an_earlier_date_does_not_shorten_how_long_somebody_is_heard_of():
    service = SignUps(INFORMATION, LATER)
    service.sign_up("a", "later")

    service.move("a", "info", "later")

    assert service.file("a").contact.history.last_session_on == LATER.last_day


def test_an_appointment_does_not_move_to_the_deletion_day():
    service = Appointments()
    last = OTHER.last_day
    service.ask(replace(IN_SLOT, attended=Attended(last.year - 1, last.month, last.day)))

    with pytest.raises(DeletionComesFirstError):
        move(service)


def test_a_page_without_an_appointment_is_stale_after_a_change():
    assert appointment_mark(ContactFile(CONTACT, ())) != appointment_mark(ContactFile(replace(CONTACT, version=2), ()))
