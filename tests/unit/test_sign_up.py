"""Somebody signs up: a seat, then the line, then the kind word; sent twice, it is stored once."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.booking import OPEN_AT_MOST, BookingState, SignUp
from chalicelib.domain.errors import (
    DeletionComesFirstError,
    SessionClosedError,
    SessionFullError,
    TooManyBookingsError,
    TooManyRequestsError,
)
from chalicelib.domain.session import Meeting, Place, Session, SessionKind
from chalicelib.usecases.admit import FORMS_A_DAY
from chalicelib.usecases.give_up_place import Rosters, give_up_place, leave_sessions, move_up
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_up import sign_up
from tests.examples import NOW, PERSON, REQUEST
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore

START = datetime(2026, 12, 5, 9, tzinfo=UTC)
MEETING = Meeting(START, START + timedelta(hours=2), "Example hall")
INFORMATION = Session("info", SessionKind.INFORMATION, ("fr",), (MEETING,), capacity=2, waiting_max=1, published=True)
COURSE = replace(
    INFORMATION,
    id="course",
    kind=SessionKind.CITIZENSHIP,
    meetings=tuple(
        Meeting(START + timedelta(days=day), START + timedelta(days=day, hours=3), "Hall") for day in (0, 7)
    ),
)


class Service:
    """An office over fakes, with sessions, and people who sign up."""

    def __init__(self, *sessions):
        self.store, self.now = FakeStore(), NOW
        self.office = fake_office(self.store)
        for session in sessions or (INFORMATION,):
            self.office.sessions.add(session)

    def person(self, who):
        return replace(PERSON, first_name=who, email=f"{who}@example.org", phone=None)

    def sign_up(self, who, session="info", **changes):
        form = SignUp(session, replace(self.person(who), **changes))
        return sign_up(form, self.office, f"contact-{who}", self.now, "203.0.113.7/32")

    def give_up(self, who, session="info"):
        return give_up_place(f"contact-{who}", session, Rosters(self.office.contacts, self.office.sessions), self.now)

    def session(self, name="info"):
        return self.office.sessions.read(name)

    def file(self, who):
        return self.office.contacts.read(f"contact-{who}")

    def letters(self, who):
        return sorted(
            (letter.kind.value, letter.state.value, f"{letter.due_at:%m-%d %H}")
            for letter in self.store.letters.values()
            if letter.contact_id == f"contact-{who}"
        )


def test_a_seat_is_stored_with_its_letters():
    service = Service()

    signed_up = service.sign_up("a")

    file = service.file("a")
    assert (signed_up.place, signed_up.reference) == (Place.SEAT, file.booking("info").reference)
    assert file.booking("info").state is BookingState.CONFIRMED
    assert (service.session().taken, signed_up.delete_on) == (1, date(2027, 12, 5))
    assert file.contact.delete_on == signed_up.delete_on
    assert service.letters("a") == [
        ("reminder", "waiting", "12-03 09"),
        ("reserved", "waiting", "11-21 09"),
        ("staff_request", "waiting", "11-21 09"),
    ]


def test_a_course_is_confirmed_five_days_before():
    service = Service(COURSE)

    service.sign_up("a", "course")

    assert ("course_confirmation", "waiting", "11-30 09") in service.letters("a")


def test_who_signs_up_late_is_reminded_at_once():
    service = Service()
    service.now = START - timedelta(hours=20)

    service.sign_up("a")

    assert ("reminder", "waiting", "12-04 13") in service.letters("a")


def test_without_a_mail_address_staff_are_asked_to_call_on_the_day():
    service = Service()

    service.sign_up("a", email=None, phone="+352621000000")

    assert service.letters("a") == [
        ("reminder", "by_phone", "12-03 09"),
        ("reserved", "by_phone", "11-21 09"),
        ("staff_call", "waiting", "12-03 09"),
        ("staff_request", "waiting", "11-21 09"),
    ]


def test_the_next_wait_and_then_it_is_full():
    service = Service()

    places = [service.sign_up(who).place for who in "abc"]

    assert places == [Place.SEAT, Place.SEAT, Place.WAITING]
    assert service.session().waiting == ("contact-c",)
    assert service.file("c").booking("info").state is BookingState.WAITING
    assert [kind for kind, *_ in service.letters("c")] == ["staff_request", "waiting"]
    with pytest.raises(SessionFullError):
        service.sign_up("d")
    assert service.file("d") is None


def test_the_same_form_is_stored_once_also_when_the_session_is_full():
    service = Service()
    first = service.sign_up("a")
    service.sign_up("b")
    service.sign_up("c")

    again = service.sign_up("a")

    assert (again.reference, again.delete_on, again.place) == (first.reference, first.delete_on, first.place)
    assert service.session().taken == 2


def test_the_same_form_says_the_same_day_of_deletion_also_after_the_session():
    service = Service()
    first = service.sign_up("a")
    service.now = START + timedelta(days=30)

    again = service.sign_up("a")

    assert again.delete_on == first.delete_on == service.file("a").contact.delete_on


def test_a_differing_form_is_kept_as_a_correction():
    service = Service()
    first = service.sign_up("a")

    differing = service.sign_up("a", phone="+352621999999")
    repeated = service.sign_up("a", phone="+352621999999")

    assert differing.reference == repeated.reference != first.reference
    assert [each.reference for each in service.file("a").corrections] == [differing.reference]
    assert service.file("a").contact.person.phone is None
    assert service.session().taken == 1


def test_a_known_contact_keeps_its_data_and_gets_a_further_booking():
    service = Service()
    asked = request_appointment(REQUEST, service.office, "contact-known", NOW)

    signed_up = sign_up(SignUp("info", PERSON), service.office, "contact-other", NOW)

    file = service.office.contacts.read("contact-known")
    assert {each.reference for each in file.bookings} == {asked.reference, signed_up.reference}
    assert (file.contact.person, file.corrections) == (PERSON, ())
    assert [each.revision for each in file.bookings] == [1, 1]


def test_what_a_known_contact_says_anew_is_kept_under_the_reference_of_the_place():
    service = Service()
    request_appointment(REQUEST, service.office, "contact-known", NOW)
    person = replace(PERSON, phone="+352621777777")

    signed_up = sign_up(SignUp("info", person, doubtful=True), service.office, "contact-other", NOW)

    file = service.office.contacts.read("contact-known")
    said = [(each.reference, each.person, each.received_at, each.doubtful) for each in file.corrections]
    assert said == [(signed_up.reference, person, NOW, True)]
    assert (file.contact.person, file.booking("info").doubtful) == (PERSON, True)


@pytest.mark.parametrize("taken", [1, 2])
def test_a_reference_that_is_taken_by_chance_gives_way_to_the_next(taken):
    service = Service()
    candidates = service.office.identity.references(SignUp("info", service.person("a")), 1)
    service.store.references |= dict.fromkeys(candidates[:taken], "somebody else")

    assert service.sign_up("a").reference == service.sign_up("a").reference == candidates[taken]


def test_who_signs_up_is_found_by_the_mail_address():
    service = Service()
    service.sign_up("a")

    marks = service.office.identity.known_mail_marks("A@example.org")
    assert [file.contact.id for file in service.office.contacts.with_mail(marks)] == ["contact-a"]


def test_the_place_in_the_line_is_told_as_it_was_when_the_form_came_at_first():
    service = Service(replace(INFORMATION, waiting_max=2))
    first = [service.sign_up(who) for who in "abcd"]
    service.give_up("a")
    service.now += timedelta(hours=1)

    again = [service.sign_up(who) for who in "bcd"]

    assert [each.position for each in first] == [0, 0, 1, 2]
    assert [(each.position, each.received_at) for each in again] == [(0, NOW), (1, NOW), (2, NOW)]
    assert [each.session.id for each in (*first, *again)] == ["info"] * 7


def test_people_are_counted_from_each_network_apart():
    service = Service()
    for number in range(FORMS_A_DAY):
        service.sign_up("a", phone=f"+35262100000{number}")
    form = SignUp("info", replace(service.person("a"), phone="+352621999999"))

    assert sign_up(form, service.office, "never used", NOW, "198.51.100.0/32").reference


@pytest.mark.parametrize(("day", "taken"), [(11, True), (12, False)])
def test_the_last_day_of_a_session_comes_before_that_of_the_deletion(day, taken):
    meeting = Meeting(datetime(2027, 10, day, 9, tzinfo=UTC), datetime(2027, 10, day, 11, tzinfo=UTC), "Example hall")
    service = Service(replace(INFORMATION, meetings=(meeting,)))
    reference = request_appointment(REQUEST, service.office, "contact-known", NOW).reference  # deleted on 12 October
    Records(service.office.contacts, service.office.retention, lambda: NOW).participation(reference, date(2026, 10, 12))

    with nullcontext() if taken else pytest.raises(DeletionComesFirstError):
        sign_up(SignUp("info", PERSON), service.office, "other", NOW)


def test_who_signed_up_before_may_ask_for_an_appointment():
    service = Service()
    sign_up(SignUp("info", PERSON), service.office, "contact-known", NOW)

    asked = request_appointment(REQUEST, service.office, "contact-other", NOW)

    file = service.office.contacts.read("contact-known")
    assert file.appointment.reference == asked.reference
    assert file.contact.sealed_matricule is None
    (said,) = file.corrections
    assert (said.reference, said.attended, bool(said.sealed_matricule)) == (asked.reference, REQUEST.attended, True)


@pytest.mark.parametrize(
    "changes",
    [{"published": False}, {"cancelled": True}, {"kind": SessionKind.ORIENTATION}, {"kind": SessionKind.SLOT}],
    ids=["a draft", "cancelled", "by invitation", "a slot"],
)
def test_a_session_that_is_not_open_takes_nobody(changes):
    service = Service(replace(INFORMATION, **changes))

    with pytest.raises(SessionClosedError):
        service.sign_up("a")


def test_nobody_signs_up_once_it_has_begun_or_for_what_does_not_exist():
    service = Service()
    with pytest.raises(SessionClosedError):
        service.sign_up("a", "unknown")

    service.now = START
    with pytest.raises(SessionClosedError):
        service.sign_up("a")


def test_a_session_ends_before_the_contact_is_deleted():
    next_year = replace(MEETING, start=START.replace(year=2027), end=START.replace(year=2027, hour=11))
    service = Service(replace(INFORMATION, meetings=(next_year,)))
    request_appointment(REQUEST, service.office, "contact-known", NOW)  # deleted on 12 October 2027

    with pytest.raises(DeletionComesFirstError):
        sign_up(SignUp("info", PERSON), service.office, "other", NOW)


def test_ten_open_bookings_are_enough():
    names = [f"s{number}" for number in range(OPEN_AT_MOST + 1)]
    service = Service(*(replace(INFORMATION, id=name) for name in names))
    for number, name in enumerate(names[:-1]):
        service.now = NOW + timedelta(hours=number * 12)
        service.sign_up("a", name)

    with pytest.raises(TooManyBookingsError):
        service.sign_up("a", names[-1])


def test_forms_that_say_something_new_are_counted():
    service = Service()
    for number in range(FORMS_A_DAY):
        service.sign_up("a", phone=f"+35262100000{number}")

    with pytest.raises(TooManyRequestsError):
        service.sign_up("a", phone="+352621999999")
    assert service.session().taken == 1


def test_a_seat_that_is_given_up_goes_to_the_head_of_the_line():
    service = Service()
    for who in "abc":
        service.sign_up(who)

    assert service.give_up("a")

    assert (service.session().taken, service.session().waiting) == (2, ())
    assert service.file("a").booking("info").state is BookingState.CANCELLED
    assert service.file("c").booking("info").state is BookingState.CONFIRMED
    assert {"cancelled", "staff_cancelled"} <= {kind for kind, *_ in service.letters("a")}
    assert {"placed", "reminder"} <= {kind for kind, *_ in service.letters("c")}


def test_within_two_days_staff_phone_who_gets_the_seat():
    service = Service()
    for who in "abc":
        service.sign_up(who, phone="+352621000000")
    service.now = START - timedelta(hours=47)

    service.give_up("a")

    assert ("placed", "by_phone", "12-03 10") in service.letters("c")
    assert ("staff_call", "waiting", "12-03 10") in service.letters("c")


def test_a_place_is_given_up_once():
    service = Service()
    service.sign_up("a")

    assert service.give_up("a")
    assert not service.give_up("a")
    assert not service.give_up("nobody")
    assert service.session().taken == 0


def test_who_gave_up_may_sign_up_again_under_a_new_reference():
    service = Service()
    first = service.sign_up("a")
    service.give_up("a")

    second = service.sign_up("a")

    assert second.reference != first.reference
    assert service.file("a").booking("info").revision == 2
    assert [kind for kind, *_ in service.letters("a")].count("reserved") == 2


def test_who_is_deleted_leaves_the_rosters_and_the_next_sits_down():
    service = Service()
    for who in "abc":
        service.sign_up(who)
    service.office.contacts.ask_deletion("contact-a", NOW.date())

    leave_sessions("contact-a", Rosters(service.office.contacts, service.office.sessions), NOW)

    assert {seat.contact_id for seat in service.office.sessions.roster("info")} == {"contact-b", "contact-c"}
    assert "placed" in {kind for kind, *_ in service.letters("c")}
    assert "cancelled" not in {kind for kind, *_ in service.letters("a")}


def test_who_is_deleted_after_a_session_is_struck_off_its_roster_and_nobody_is_placed():
    service = Service()
    for who in "abc":
        service.sign_up(who)

    leave_sessions("contact-a", Rosters(service.office.contacts, service.office.sessions), START + timedelta(days=400))

    assert {seat.contact_id for seat in service.office.sessions.roster("info")} == {"contact-b", "contact-c"}
    assert service.session().waiting == ("contact-c",)


def test_a_head_of_the_line_that_is_being_deleted_is_passed_over():
    service = Service(replace(INFORMATION, waiting_max=2))
    for who in "abcd":
        service.sign_up(who)
    service.office.contacts.ask_deletion("contact-c", NOW.date())

    service.give_up("a")

    assert service.file("d").booking("info").state is BookingState.CONFIRMED
    assert (service.session().taken, service.session().waiting) == (2, ())


def told_of_full(service):
    return [letter.id for letter in service.store.letters.values() if letter.kind == "staff_full"]


def test_staff_are_told_once_when_the_last_place_in_line_is_taken():
    service = Service()

    for who in ("a", "b", "c"):
        assert told_of_full(service) == []
        service.sign_up(who)
    service.give_up("c")
    service.sign_up("d")

    assert told_of_full(service) == ["info.staff_full.1"]
    assert [each.due_at for each in service.store.letters.values() if each.kind == "staff_full"] == [NOW]


def test_staff_are_told_anew_when_a_session_that_they_changed_is_full_again():
    service = Service(replace(INFORMATION, waiting_max=0))
    service.sign_up("a")
    service.sign_up("b")
    service.office.sessions.replan(replace(service.session(), capacity=3, version=2))

    service.sign_up("c")

    assert told_of_full(service) == ["info.staff_full.1", "info.staff_full.2"]


@pytest.mark.parametrize("gone", "cd")
@pytest.mark.parametrize("asks", [True, False], ids=["gives up", "is deleted"])
def test_who_leaves_the_line_leaves_it_to_the_others_and_they_are_told_nothing(gone, asks):
    service = Service(replace(INFORMATION, waiting_max=2))
    for who in "abcd":
        service.sign_up(who)
    (stays,) = {"c", "d"} - {gone}
    before = service.letters(stays)

    if asks:
        service.give_up(gone)
    else:
        leave_sessions(f"contact-{gone}", Rosters(service.office.contacts, service.office.sessions), NOW)

    assert service.session().waiting == (f"contact-{stays}",)
    assert service.letters(stays) == before


def test_who_gets_a_seat_is_told_of_this_one_whatever_else_they_have():
    service = Service(INFORMATION, COURSE)
    service.sign_up("c", "course")
    for who in "abc":
        service.sign_up(who)

    service.give_up("a")

    (placed,) = (each for each in service.store.letters.values() if each.kind == "placed")
    assert (placed.about, placed.reference) == ("info", service.file("c").booking("info").reference)


@pytest.mark.parametrize("session", ["info", "nowhere"])
def test_nobody_moves_up_in_what_is_cancelled_or_not_there(session):
    service = Service()
    for who in "abc":
        service.sign_up(who)
    service.office.sessions.replan(replace(service.session(), capacity=3, cancelled=True, version=2))

    assert move_up(session, Rosters(service.office.contacts, service.office.sessions), NOW) == 0
    assert service.session().waiting == ("contact-c",)


def test_nobody_sits_down_for_who_is_deleted_as_a_session_begins():
    service = Service()
    for who in "abc":
        service.sign_up(who)

    leave_sessions("contact-a", Rosters(service.office.contacts, service.office.sessions), START)

    assert service.session().waiting == ("contact-c",)


def test_who_is_known_and_waits_is_told_the_turn_at_the_form():
    service = Service()
    for who in "abc":
        service.sign_up(who)
    other = replace(INFORMATION, id="other", capacity=1)
    service.office.sessions.add(other)
    service.sign_up("a", "other")

    assert service.sign_up("b", "other").position == 1


def test_each_place_that_is_asked_for_counts_as_a_form_of_its_own():
    sessions = [replace(INFORMATION, id=f"info-{number}") for number in range(FORMS_A_DAY + 1)]
    service = Service(*sessions)
    for session in sessions[:-1]:
        service.sign_up("a", session.id)
        service.give_up("a", session.id)

    with pytest.raises(TooManyRequestsError):
        service.sign_up("a", sessions[-1].id)
