"""An appointment with a date that was chosen: taken once, told, given up, called off, and asked for anew."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.booking import APPOINTMENT, BookingState, SignUp
from chalicelib.domain.days import Attended
from chalicelib.domain.errors import DateGoneError, DeletionComesFirstError
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.session import Meeting, SessionKind
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.give_up_place import Rosters, give_up_place, withdraw_request
from chalicelib.usecases.plan_sessions import cancel_session, plan_sessions
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_up import sign_up
from chalicelib.usecases.tell_rosters import tell_rosters
from tests.examples import NOW, PERSON, REQUEST, by
from tests.fakes.deletions import FakeDeletions, FakeLedger
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore
from tests.unit.test_sign_up import INFORMATION, START

SLOT = replace(INFORMATION, id="slot", kind=SessionKind.SLOT, capacity=1, waiting_max=0)
OTHER = replace(
    SLOT, id="other", meetings=(Meeting(START + timedelta(days=1), START + timedelta(days=1, hours=1), "B"),)
)
IN_SLOT = replace(REQUEST, slot="slot")
SOMEBODY = replace(by(IN_SLOT, first_name="Altera", email="altera@example.org", phone=None))


class Service:
    """An office over fakes with two slots, and people who ask for an appointment."""

    def __init__(self, *slots):
        self.store, self.now = FakeStore(), NOW
        self.office = fake_office(self.store)
        for slot in slots or (SLOT, OTHER):
            self.office.sessions.add(slot)

    def ask(self, request=IN_SLOT, contact_id="one"):
        return request_appointment(request, self.office, contact_id, self.now, "203.0.113.7/32")

    @property
    def rosters(self):
        return Rosters(self.office.contacts, self.office.sessions)

    def appointment(self, contact_id="one"):
        return self.office.contacts.read(contact_id).appointment

    def taken(self):
        return {name: session.taken for name, session in self.store.sessions.items()}

    def letters(self, contact_id="one"):
        return sorted(
            (letter.kind.value, letter.about, letter.state.value)
            for letter in self.store.letters.values()
            if letter.contact_id == contact_id
        )


def test_a_slot_is_taken_with_its_letters():
    service = Service()

    accepted = service.ask()

    booking = service.appointment()
    assert (booking.state, booking.slot, booking.reference) == (BookingState.CONFIRMED, "slot", accepted.reference)
    assert (accepted.slot.id, accepted.delete_on) == ("slot", date(2027, 10, 12))
    assert service.taken() == {"slot": 1, "other": 0}
    assert service.letters() == [
        ("appointment", "slot", "waiting"),
        ("reminder", "slot", "waiting"),
        ("staff_request", "slot", "waiting"),
    ]


def test_who_asks_again_has_the_slot_that_was_chosen_and_is_kept_from_that_day():
    service = Service()
    service.ask(replace(IN_SLOT, attended=None))
    give_up_place("one", "slot", service.rosters, service.now)
    service.now += timedelta(days=2)

    service.ask(replace(IN_SLOT, attended=None, slot="other"))

    booking, contact = service.appointment(), service.office.contacts.read("one").contact
    assert (booking.slot, booking.state, booking.revision) == ("other", BookingState.CONFIRMED, 2)
    assert ("appointment", "other", "waiting") in service.letters()
    assert contact.history.last_request_on == date(2026, 11, 23)
    assert service.office.sessions.seat("other", "one").needs == ()


def test_a_further_form_is_answered_with_the_slot_that_it_wishes_for():
    service = Service()
    service.ask()

    assert service.ask(by(IN_SLOT, phone="+352621000001")).slot.id == "slot"


def test_the_appointment_of_who_signed_up_before_is_their_first():
    service = Service(SLOT, INFORMATION)
    sign_up(SignUp("info", PERSON), service.office, "one", NOW)

    service.ask()

    assert service.appointment().revision == 1


def test_without_a_slot_it_stays_a_request_with_half_days():
    service = Service()

    accepted = service.ask(REQUEST)

    assert (service.appointment().state, service.appointment().slot) == (BookingState.REQUESTED, None)
    assert (accepted.slot, service.taken()) == (None, {"slot": 0, "other": 0})


def test_a_slot_is_given_to_one_person():
    service = Service()
    service.ask()

    with pytest.raises(DateGoneError):
        service.ask(SOMEBODY, "two")

    assert service.office.contacts.read("two") is None


@pytest.mark.parametrize(
    "changes",
    [{"published": False}, {"cancelled": True}, {"kind": SessionKind.INFORMATION}, {"id": "unknown"}],
    ids=["a draft", "cancelled", "no slot", "not there"],
)
def test_what_is_no_open_slot_is_gone(changes):
    service = Service(replace(SLOT, **changes))

    with pytest.raises(DateGoneError):
        service.ask()
    assert service.store.files == {}


def test_a_slot_that_has_begun_is_gone():
    service = Service()
    service.now = START

    with pytest.raises(DateGoneError):
        service.ask()


def test_the_same_form_is_stored_once_and_gets_the_same_answer_also_later():
    service = Service()
    first = service.ask()
    service.now = START + timedelta(days=1)

    again = service.ask()

    assert (again.reference, again.delete_on, again.slot.id) == (first.reference, first.delete_on, "slot")
    assert service.taken() == {"slot": 1, "other": 0}


def test_another_slot_of_a_known_person_is_a_wish_that_takes_nothing():
    service = Service()
    first = service.ask()

    differing = service.ask(replace(IN_SLOT, slot="other"), "two")
    repeated = service.ask(replace(IN_SLOT, slot="other"), "three")

    (said,) = service.office.contacts.read("one").corrections
    assert differing.reference == repeated.reference == said.reference != first.reference
    assert (said.slot, service.appointment().slot, service.taken()) == ("other", "slot", {"slot": 1, "other": 0})


def test_a_wish_for_a_slot_that_is_gone_is_told_like_to_everybody():
    service = Service()
    service.ask()
    service.ask(replace(SOMEBODY, slot="other"), "two")

    with pytest.raises(DateGoneError):
        service.ask(replace(IN_SLOT, slot="other"), "three")


def test_a_differing_form_for_the_own_slot_is_a_correction():
    service = Service()
    service.ask()

    service.ask(replace(IN_SLOT, attended=Attended(2026, 9)), "two")

    assert [each.slot for each in service.office.contacts.read("one").corrections] == ["slot"]


def late(day):
    start = START.replace(year=2027, month=day.month, day=day.day)
    return replace(SLOT, meetings=(Meeting(start, start + timedelta(hours=1), "Hall"),))


@pytest.mark.parametrize(
    ("day", "taken"),
    [(date(2027, 10, 11), True), (date(2027, 10, 12), False), (date(2027, 10, 13), False)],
    ids=["the day before", "on the day", "after it"],
)
def test_a_slot_ends_before_the_deletion_day_of_what_was_posted(day, taken):
    service = Service(late(day))

    if taken:
        assert service.ask().slot.id == "slot"
    else:
        with pytest.raises(DeletionComesFirstError):
            service.ask()
        assert service.store.files == {}


def test_a_slot_ends_before_the_deletion_day_of_what_is_stored():
    service = Service(late(date(2027, 11, 30)), INFORMATION)
    sign_up(SignUp("info", PERSON), service.office, "one", NOW)  # who never took part: until 5 December 2027
    claims_later = replace(IN_SLOT, attended=Attended(2026, 11, 1))

    with pytest.raises(DeletionComesFirstError):
        service.ask(claims_later)
    service.now = NOW.replace(year=2027, month=9)
    with pytest.raises(DeletionComesFirstError):
        service.ask(claims_later)
    assert service.ask(replace(claims_later, attended=Attended(2027, 8))).slot.id == "slot"


def test_who_only_signed_up_books_a_slot():
    service = Service(SLOT, INFORMATION)
    sign_up(SignUp("info", PERSON), service.office, "one", NOW)

    service.ask()

    assert service.appointment().slot == "slot"
    assert [each.slot for each in service.office.contacts.read("one").corrections] == [None]


def test_a_resident_who_cancels_frees_the_slot_and_may_ask_anew():
    service = Service()
    first = service.ask()

    assert give_up_place("one", "slot", service.rosters, NOW)
    assert service.appointment().state is BookingState.CANCELLED
    assert service.taken() == {"slot": 0, "other": 0}
    assert {("cancelled", "slot", "waiting"), ("staff_cancelled", "slot", "waiting")} <= set(service.letters())
    assert not give_up_place("one", "slot", service.rosters, NOW)

    again = service.ask()
    repeated = service.ask()
    assert again.reference == repeated.reference != first.reference
    assert (service.appointment().revision, service.taken()["slot"]) == (2, 1)


def test_a_request_without_a_date_may_be_sent_anew_after_the_end_of_one():
    service = Service()
    service.ask()
    give_up_place("one", "slot", service.rosters, NOW)

    service.ask(REQUEST)

    assert (service.appointment().state, service.appointment().revision) == (BookingState.REQUESTED, 2)
    assert ("received", APPOINTMENT, "waiting") in service.letters()


def test_a_slot_that_staff_cancel_leaves_the_request_and_staff_are_to_set_another():
    service = Service()
    service.ask()

    cancel_session("slot", service.office.sessions)
    assert tell_rosters(service.rosters, NOW) == {"told": 1}

    assert (service.appointment().state, service.appointment().slot) == (BookingState.REQUESTED, None)
    assert {("cancelled", "slot", "waiting"), ("staff_cancelled", "slot", "waiting")} <= set(service.letters())


def test_a_request_withdrawn_after_staff_cancelled_its_slot_is_told_by_a_letter_of_its_own():
    service = Service()
    service.ask()
    cancel_session("slot", service.office.sessions)
    tell_rosters(service.rosters, NOW)

    withdraw_request("one", service.office.contacts, NOW)

    told = [each for each in service.store.letters.values() if each.kind is LetterKind.STAFF_CANCELLED]
    assert len({each.id for each in told}) == 2


def test_a_slot_that_staff_move_is_told():
    service = Service()
    service.ask()
    later = replace(SLOT, meetings=(replace(SLOT.meetings[0], start=START + timedelta(minutes=30)),))

    plan_sessions([later], service.office.sessions, NOW)
    tell_rosters(service.rosters, NOW)

    assert [kind for kind, *_ in service.letters()].count("appointment") == 2
    assert [kind for kind, *_ in service.letters()].count("reminder") == 2
    assert service.appointment().slot == "slot"


def test_who_waits_for_a_session_that_moves_is_told_and_keeps_the_place():
    service = Service(replace(INFORMATION, capacity=1))
    for who in ("Una", "Altera"):
        person = replace(PERSON, first_name=who, email=f"{who}@example.org", phone=None)
        sign_up(SignUp("info", person), service.office, who, NOW)
    moved = replace(INFORMATION, capacity=1, meetings=(replace(INFORMATION.meetings[0], place="Elsewhere"),))

    plan_sessions([moved], service.office.sessions, NOW)
    tell_rosters(service.rosters, NOW)

    assert [kind for kind, *_ in service.letters("Altera")] == ["staff_request", "waiting", "waiting"]
    assert service.store.sessions["info"].waiting == ("Altera",)


def test_who_is_deleted_leaves_the_slot_free():
    service = Service()
    service.ask()
    service.office.contacts.ask_deletion("one", NOW.date())

    counts = delete_contacts(FakeDeletions(service.store), service.rosters, FakeLedger(), NOW)

    assert (counts, service.taken()) == ({"deleted": 1}, {"slot": 0, "other": 0})


def test_a_request_is_withdrawn_once_and_staff_are_told_at_once():
    service = Service()
    service.ask(REQUEST)
    service.store.letters.clear()
    service.now += timedelta(hours=1)

    withdrawn = [withdraw_request("one", service.office.contacts, service.now) for _ in range(2)]

    assert withdrawn == [True, False]
    assert [(each.kind, each.due_at) for each in service.store.letters.values()] == [
        (LetterKind.STAFF_CANCELLED, service.now)
    ]


@pytest.mark.parametrize("who", ["somebody who is gone", "somebody who only signed up"])
def test_where_nothing_was_asked_for_nothing_is_withdrawn(who):
    service = Service()
    service.office.sessions.add(INFORMATION)
    sign_up(SignUp("info", PERSON), service.office, "somebody who only signed up", NOW)
    letters = dict(service.store.letters)

    assert not withdraw_request(who, service.office.contacts, NOW)
    assert service.store.letters == letters
