"""What every store promises of what staff did about a request: the booking, its slot and the letters in one go."""

from dataclasses import replace

import pytest

from chalicelib.domain.booking import BookingState, Refusal
from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import LetterKind
from tests.store.examples import NOW
from tests.store.test_stored_moves import ONE, OTHER_SLOT, SLOT, appoint, in_slot, letter, move

WHO = "desk@forum-cai.example"
CONFIRMED = BookingState.CONFIRMED


def see_to(store, booking, was=CONFIRMED, letters=(), left=None):
    contact = store.contacts.read("one").contact
    store.contacts.see_to(replace(contact, version=contact.version + 1), booking, was, letters, NOW.date(), left)


def refused(booking):
    return replace(booking, state=BookingState.CANCELLED, refused=Refusal.CONDITIONS)


@pytest.fixture
def planned(store):
    for session in (SLOT, OTHER_SLOT):
        store.sessions.add(session)
    return store


def test_who_sees_to_a_request_is_kept_and_it_goes_on_waiting(planned):
    one = ONE.open_in(planned)
    taken_up = replace(one.booking, taken_up_by=WHO)

    see_to(planned, taken_up, BookingState.REQUESTED)

    assert planned.contacts.read("one").bookings == (taken_up,)
    assert [each.reference for each in planned.worklist.tray().requests] == ["REF-one"]


def test_who_sees_to_it_stays_when_the_date_is_set(planned):
    one = ONE.open_in(planned)
    taken_up = replace(one.booking, taken_up_by=WHO)
    see_to(planned, taken_up, BookingState.REQUESTED)

    move(planned, in_slot(taken_up), OTHER_SLOT)

    assert planned.contacts.read("one").appointment.taken_up_by == WHO


def test_a_refused_request_waits_no_more(planned):
    one = ONE.open_in(planned)

    see_to(planned, refused(one.booking), BookingState.REQUESTED, [letter(LetterKind.REFUSED, "APPOINTMENT")])

    file = planned.contacts.read("one")
    assert (file.bookings, file.contact.version) == ((refused(one.booking),), 2)
    assert planned.worklist.tray().requests == ()
    assert list(planned.outbox.due(NOW)) == [letter(LetterKind.REFUSED, "APPOINTMENT")]


def test_the_slot_of_a_refused_appointment_is_free(planned):
    booking = appoint(planned)

    see_to(planned, refused(booking), left=planned.sessions.read("slot"))

    assert planned.sessions.read("slot") == SLOT
    assert list(planned.sessions.roster("slot")) == []


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda store, after: store.contacts.amend(after, (), NOW.date()),
        lambda store, _: store.sessions.give_back(store.sessions.read("slot"), "one", ()),
        lambda store, _: store.contacts.ask_deletion("one", NOW.date()),
    ],
    ids=["the contact was changed", "the slot was given up", "the contact is being deleted"],
)
def test_nothing_is_done_about_what_was_changed_meanwhile(planned, meanwhile):
    booking, left = appoint(planned), planned.sessions.read("slot")
    contact = planned.contacts.read("one").contact
    after = replace(contact, version=contact.version + 1)
    meanwhile(planned, after)
    before = planned.contacts.read("one"), planned.sessions.read("slot")

    with pytest.raises(TakenError):
        planned.contacts.see_to(after, refused(booking), CONFIRMED, [letter()], NOW.date(), left)

    assert (planned.contacts.read("one"), planned.sessions.read("slot")) == before
    assert list(planned.contacts.letters("one")) == []
