"""What staff do about a request for an appointment: once, on what they saw, told to the resident and noted."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import BookingState, Refusal, SignUp
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import (
    ChangedMeanwhileError,
    DateGoneError,
    DeletionComesFirstError,
    ImpossiblePlanError,
    StoreBusyError,
    UnknownReferenceError,
)
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.session import Meeting
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.list_letters import list_letters
from chalicelib.usecases.move_booking import appointment_mark, move_booking
from chalicelib.usecases.see_to_request import RequestDesk
from chalicelib.usecases.sign_up import sign_up
from tests.examples import NOW, REQUEST, by
from tests.fakes.deletions import FakeMonths
from tests.fakes.desk import FakeAudit, FakeWorklist
from tests.fakes.outbox import FakeOutbox
from tests.unit.test_appointment_slots import IN_SLOT, OTHER, SLOT, SOMEBODY, Service
from tests.unit.test_sign_up import INFORMATION, START

WHO = "desk@forum-cai.example"
DRAFT = replace(SLOT, id="draft", published=False)
TIME = Meeting(START + timedelta(days=2), START + timedelta(days=2, minutes=45), "Example office")
BY_PHONE = by(REQUEST, email=None)


class Office(Service):
    """Staff at the request of one person."""

    def __init__(self, request=REQUEST):
        super().__init__(SLOT, OTHER, DRAFT)
        self.audit = FakeAudit()
        self.desk = BackOffice(
            self.office, FakeOutbox(self.store), FakeWorklist(self.store), self.audit, FakeMonths(self.store)
        )
        self.reference = self.ask(request).reference
        self.store.letters.clear()

    def at(self, seen=None, who=WHO):
        file = self.office.contacts.read("one")
        return RequestDesk(self.reference, seen or appointment_mark(file), who, self.desk, self.now)

    def noted(self):
        return [(deed.who, deed.what, deed.reference) for deed in self.audit.deeds]


def test_a_slot_is_given_and_told_to_the_resident_alone():
    office = Office()

    office.at().set_date("slot")

    assert (office.appointment().state, office.appointment().slot) == (BookingState.CONFIRMED, "slot")
    assert office.letters() == [("appointment", "slot", "waiting"), ("reminder", "slot", "waiting")]
    assert [each.due_at for each in office.store.letters.values() if each.kind is LetterKind.APPOINTMENT] == [NOW]
    assert office.noted() == [(WHO, Act.DATE_SET, office.reference)]


def test_staff_may_give_a_slot_that_is_not_published():
    office = Office()

    office.at().set_date("draft")

    assert office.appointment().slot == "draft"


def test_who_has_no_mail_address_is_called():
    office = Office(BY_PHONE)

    office.at().set_date("slot")

    assert ("appointment", "slot", "by_phone") in office.letters()
    assert ("staff_call", "slot#appointment", "waiting") in office.letters()


def test_a_date_of_their_own_is_a_slot_that_nobody_else_is_offered():
    office = Office()

    office.at().make_date(TIME)

    session = office.office.sessions.read(office.appointment().slot)
    assert (session.meetings, session.published, session.capacity, session.taken) == ((TIME,), False, 1, 1)
    assert session.languages == (REQUEST.wish.meeting_language,)
    assert office.reference not in session.id and "one" not in session.id


@pytest.mark.parametrize(
    ("act", "noted"),
    [("set", Act.DATE_SET), ("make", Act.DATE_SET), ("refuse", Act.REFUSED), ("take up", Act.TAKEN_UP)],
)
def test_a_form_that_was_sent_twice_does_it_once(act, noted):
    office = Office()
    at, seen = office.at(), None
    do = {
        "set": lambda: at.set_date("slot"),
        "make": lambda: at.make_date(TIME),
        "refuse": lambda: at.refuse(Refusal.CONDITIONS),
        "take up": at.take_up,
    }[act]

    do()
    seen, letters, slots = office.appointment(), office.letters(), office.taken()
    do()

    assert (office.appointment(), office.letters(), office.taken()) == (seen, letters, slots)
    assert office.audit.deeds == [Deed(NOW, WHO, noted, office.reference)]


def test_a_date_moves_and_the_one_before_goes_from_the_calendar():
    office = Office(IN_SLOT)

    office.at().set_date("other")

    assert office.taken() == {"slot": 0, "other": 1, "draft": 0}
    assert office.letters() == [
        ("appointment", "other", "waiting"),
        ("moved", "slot", "waiting"),
        ("reminder", "other", "waiting"),
    ]
    assert all("#" in each.start for each in office.store.letters.values() if each.kind != "reminder")


STALE = {
    "set": lambda at: at.set_date("other"),
    "make": lambda at: at.make_date(TIME),
    "refuse": lambda at: at.refuse(Refusal.CONDITIONS),
    "take up": lambda at: at.take_up(),
    "cancel": lambda at: at.cancel(),
    "missed": lambda at: at.record(BookingState.MISSED),
}
MEANWHILE = {
    "moved by the resident": lambda office: move_booking("one", "slot", "draft-2", office.office, NOW),
    "given up by the resident": lambda office: give_up_place("one", "slot", office.rosters, NOW),
    "taken up by a colleague": lambda office: office.at(who="desk-2@forum-cai.example").take_up(),
    "refused by a colleague": lambda office: office.at().refuse(Refusal.NOT_REACHED),
}


@pytest.mark.parametrize("meanwhile", MEANWHILE)
@pytest.mark.parametrize("act", STALE)
def test_what_was_changed_meanwhile_is_not_overwritten(act, meanwhile):
    office = Office(IN_SLOT)
    office.office.sessions.add(replace(SLOT, id="draft-2", meetings=OTHER.meetings))
    stale = office.at()
    MEANWHILE[meanwhile](office)
    before = office.store.files["one"], dict(office.store.sessions), office.noted(), office.letters()
    is_done = act == "cancel" and office.appointment().state is BookingState.CANCELLED

    with nullcontext() if is_done else pytest.raises(ChangedMeanwhileError):
        STALE[act](stale)

    assert (office.store.files["one"], office.store.sessions, office.noted(), office.letters()) == before


def test_a_day_after_the_deletion_makes_no_slot():
    office = Office()
    late = office.office.contacts.read("one").contact.delete_on - START.date()
    slots = office.taken()

    with pytest.raises(DeletionComesFirstError):
        office.at().make_date(Meeting(START + late, START + late + timedelta(hours=1), "Example office"))
    assert office.taken() == slots


def test_a_slot_that_somebody_took_meanwhile_is_full():
    office = Office()
    office.ask(SOMEBODY, "two")

    with pytest.raises(DateGoneError):
        office.at().set_date("slot")
    assert office.appointment().state is BookingState.REQUESTED


@pytest.mark.parametrize("slot", ["unknown", "cancelled"])
def test_what_is_no_slot_cannot_be_given(slot):
    office = Office()
    office.office.sessions.add(replace(SLOT, id="cancelled", cancelled=True))

    with pytest.raises(DateGoneError):
        office.at().set_date(slot)


@pytest.mark.parametrize(
    "meeting",
    [replace(TIME, end=TIME.start), Meeting(NOW - timedelta(hours=2), NOW - timedelta(hours=1), "A")],
    ids=["no length", "past"],
)
def test_a_time_that_cannot_be_is_refused(meeting):
    office = Office()

    with pytest.raises(ImpossiblePlanError):
        office.at().make_date(meeting)
    assert office.appointment().state is BookingState.REQUESTED


@pytest.mark.parametrize("request_", [REQUEST, IN_SLOT], ids=["without a date", "with a date"])
def test_a_request_is_refused_with_a_reason_and_its_slot_is_free(request_):
    office = Office(request_)

    office.at().refuse(Refusal.SESSION_FIRST)

    booking = office.appointment()
    assert (booking.state, booking.refused) == (BookingState.CANCELLED, Refusal.SESSION_FIRST)
    assert office.taken()["slot"] == 0
    assert office.letters() == [("refused", "APPOINTMENT", "waiting")]


def test_who_is_refused_and_has_no_mail_address_is_called():
    office = Office(BY_PHONE)

    office.at().refuse(Refusal.SESSION_FIRST)

    assert office.letters() == [
        ("refused", "APPOINTMENT", "by_phone"),
        ("staff_call", "APPOINTMENT#refused", "waiting"),
    ]


def test_who_was_refused_may_ask_again_and_be_refused_again():
    office = Office()
    office.at().refuse(Refusal.SESSION_FIRST)

    again = office.ask(REQUEST)
    assert (office.appointment().state, office.appointment().refused) == (BookingState.REQUESTED, None)
    office.reference = again.reference
    office.at().refuse(Refusal.CONDITIONS)

    assert [kind for kind, *_ in office.letters()].count("refused") == 2


@pytest.mark.parametrize(
    ("came", "noted"),
    [(BookingState.ATTENDED, [Act.NOTED_ATTENDED]), (BookingState.MISSED, [Act.NOTED_MISSED, Act.NOTED_ATTENDED])],
)
def test_who_came_is_noted_once_the_appointment_has_begun(came, noted):
    office = Office(IN_SLOT)
    with pytest.raises(ChangedMeanwhileError):
        office.at().record(came)
    office.now = START

    office.at().record(came)
    office.at().record(BookingState.ATTENDED)

    assert office.appointment().state is BookingState.ATTENDED
    assert [act for _, act, _ in office.noted()] == noted
    assert office.letters() == []


def test_an_answer_of_the_store_that_got_lost_does_it_once():
    office = Office(IN_SLOT)
    contacts, see_to = office.office.contacts, office.office.contacts.see_to

    def silent(*given):
        del contacts.see_to
        see_to(*given)
        raise StoreBusyError("after it was done")

    contacts.see_to = silent
    office.at().refuse(Refusal.CONDITIONS)

    assert (office.appointment().state, office.taken()["slot"]) == (BookingState.CANCELLED, 0)
    assert office.letters() == [("refused", "APPOINTMENT", "waiting")]


def test_what_is_over_is_neither_taken_up_nor_refused():
    office = Office(IN_SLOT)
    office.now = START
    office.at().record(BookingState.ATTENDED)

    for act in (lambda at: at.take_up(), lambda at: at.refuse(Refusal.CONDITIONS)):
        with pytest.raises(ChangedMeanwhileError):
            act(office.at())

    assert (office.appointment().state, office.appointment().taken_up_by) == (BookingState.ATTENDED, None)


@pytest.mark.parametrize("act", STALE)
def test_who_asked_for_no_appointment_is_given_none(act):
    office = Office()
    office.office.sessions.add(INFORMATION)
    form = SignUp("info", replace(REQUEST.person, first_name="Tertia", email="tertia@example.org", phone=None))
    reference = sign_up(form, office.office, "three", NOW).reference
    at = RequestDesk(reference, appointment_mark(office.office.contacts.read("three")), WHO, office.desk, NOW)

    with pytest.raises(ChangedMeanwhileError):
        STALE[act](at)
    assert office.office.contacts.read("three").appointment is None


def test_for_a_caller_the_appointment_is_cancelled():
    office = Office(IN_SLOT)

    office.at().cancel()

    assert (office.appointment().state, office.appointment().refused) == (BookingState.CANCELLED, None)
    assert ("cancelled", "slot", "waiting") in office.letters()
    assert {each.due_at for each in office.store.letters.values()} == {NOW}
    assert office.taken()["slot"] == 0


def test_an_unknown_reference_is_refused():
    office = Office()

    with pytest.raises(UnknownReferenceError):
        replace(office.at(), reference="2222-2222").take_up()


def test_for_a_caller_a_request_without_a_date_is_over():
    office = Office()

    office.at().cancel()
    office.at().cancel()

    assert (office.appointment().state, office.appointment().refused) == (BookingState.CANCELLED, None)
    assert office.letters() == [("staff_cancelled", "APPOINTMENT", "waiting")]
    assert [each.due_at for each in office.store.letters.values()] == [NOW]
    assert office.noted() == [(WHO, Act.GAVE_UP_PLACE, office.reference)]


def test_a_refusal_is_not_said_by_phone_once_the_person_has_asked_again():
    office = Office(BY_PHONE)
    office.at().refuse(Refusal.SESSION_FIRST)

    def listed():
        return [each.kind for each in list_letters(office.desk.outbox, office.rosters, office.now)]

    assert LetterKind.REFUSED in listed()
    office.ask(BY_PHONE)
    assert LetterKind.REFUSED not in listed()
