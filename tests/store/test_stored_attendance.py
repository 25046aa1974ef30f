"""What every store promises of who came: state, meetings, history and letters in one transaction, on conditions."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.days import Attended
from chalicelib.domain.errors import TakenError
from tests.store.examples import letter_for
from tests.store.test_stored_sessions import INFORMATION, give_back, sign_up

TODAY = date(2026, 12, 5)


@pytest.fixture
def example(store):
    store.sessions.add(INFORMATION)
    return sign_up(store, "one")


def came(store, state=BookingState.ATTENDED, present=(1,)):
    """The next version of the contact, and its booking as it becomes."""
    file = store.contacts.read("one")
    history = replace(file.contact.history, attended=Attended(2026, 12, 5), attended_recorded=True)
    after = replace(file.contact, history=history, delete_on=date(2027, 12, 5), version=file.contact.version + 1)
    return after, replace(file.bookings[0], state=state, present=present)


def test_booking_history_and_letters_are_stored_together(store, example):
    after, booking = came(store)
    letter = letter_for(example, about="DELETION")

    store.contacts.see_to(after, booking, BookingState.CONFIRMED, [letter], TODAY)

    assert store.contacts.read("one").contact == after
    assert store.contacts.read("one").bookings == (booking,)
    assert list(store.contacts.letters("one")) == [letter]


def test_meetings_are_forgotten_again(store, example):
    store.contacts.see_to(*came(store), BookingState.CONFIRMED, (), TODAY)
    after, booking = came(store, BookingState.MISSED, ())

    store.contacts.see_to(after, booking, BookingState.ATTENDED, (), TODAY)

    assert store.contacts.read("one").bookings == (booking,)


def test_a_contact_that_was_changed_meanwhile_is_left_as_it_is(store, example):
    after, booking = came(store)
    store.contacts.see_to(after, booking, BookingState.CONFIRMED, (), TODAY)
    before = store.contacts.read("one")

    with pytest.raises(TakenError):
        store.contacts.see_to(after, replace(booking, present=()), BookingState.ATTENDED, (), TODAY)

    assert store.contacts.read("one") == before


def test_a_place_that_was_given_up_meanwhile_stays_so(store, example):
    after, booking = came(store)
    give_back(store, "one")

    with pytest.raises(TakenError):
        store.contacts.see_to(after, booking, BookingState.CONFIRMED, [letter_for(example)], TODAY)

    assert store.contacts.read("one").bookings[0].state is BookingState.CANCELLED
    assert store.contacts.read("one").contact == example.contact
    assert list(store.contacts.letters("one")) == []


def test_nothing_is_written_to_who_is_being_deleted(store, example):
    after, booking = came(store)
    store.contacts.ask_deletion("one", TODAY)

    with pytest.raises(TakenError):
        store.contacts.see_to(after, booking, BookingState.CONFIRMED, (), TODAY)
