"""Staff take a form for somebody who phones: stored as if they had sent it, and noted once."""

from dataclasses import replace

import pytest

from chalicelib.domain.booking import BookingState, SignUp
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import SessionFullError
from chalicelib.usecases.give_up_place import withdraw_request
from chalicelib.usecases.take_for_caller import request_for_caller, sign_up_caller
from tests.examples import NOW, REQUEST, by
from tests.unit.test_mark_attendance import STAFF, Desk


@pytest.fixture
def desk():
    return Desk()


def test_a_request_is_taken_and_noted_once_however_often_it_is_sent(desk):
    given = [request_for_caller(REQUEST, who, STAFF, desk.back, NOW) for who in ("one", "pressed again")]

    booking = desk.file("one").appointment
    assert given == [booking.reference] * 2
    assert (booking.state, booking.requested_at, booking.wish) == (BookingState.REQUESTED, NOW, REQUEST.wish)
    assert desk.file("pressed again") is None
    assert desk.audit.deeds == [Deed(NOW, STAFF, Act.TOOK_REQUEST, booking.reference)]


def test_a_place_is_taken_and_noted_once_however_often_the_form_is_sent(desk):
    form = SignUp("info", REQUEST.person, ("step-free",))
    given = [sign_up_caller(form, who, STAFF, desk.back, NOW) for who in ("one", "pressed again")]

    booking = desk.file("one").booking("info")
    assert given == [booking.reference] * 2
    assert (booking.state, booking.requested_at) == (BookingState.CONFIRMED, NOW)
    assert [seat.needs for seat in desk.office.sessions.roster("info")] == [("step-free",)]
    assert desk.audit.deeds == [Deed(NOW, STAFF, Act.SIGNED_UP, booking.reference)]


def test_what_is_not_taken_is_not_noted(desk):
    desk.office.sessions.replan(replace(desk.office.sessions.read("info"), capacity=1, waiting_max=0, version=2))
    desk.signed_up("ada")

    with pytest.raises(SessionFullError):
        sign_up_caller(SignUp("info", REQUEST.person), "one", STAFF, desk.back, NOW)

    assert desk.audit.deeds == []


def test_what_a_known_person_says_is_noted_under_its_own_reference(desk):
    request_for_caller(REQUEST, "one", STAFF, desk.back, NOW)
    differing = by(REQUEST, phone="+352621000777")
    forms = [
        lambda: sign_up_caller(SignUp("info", REQUEST.person), "two", STAFF, desk.back, NOW),
        lambda: sign_up_caller(SignUp("info", differing.person), "three", STAFF, desk.back, NOW),
        lambda: request_for_caller(differing, "four", STAFF, desk.back, NOW),
    ]

    given = [form() for form in forms]

    assert [(deed.what, deed.reference) for deed in desk.audit.deeds[1:]] == list(
        zip((Act.SIGNED_UP, Act.SIGNED_UP, Act.TOOK_REQUEST), given, strict=True)
    )
    assert len(set(given)) == 3


def test_who_asks_again_after_a_cancelled_request_is_noted_again(desk):
    first = request_for_caller(REQUEST, "one", STAFF, desk.back, NOW)
    withdraw_request("one", desk.office.contacts, NOW)

    again = request_for_caller(REQUEST, "two", STAFF, desk.back, NOW)

    assert [deed.reference for deed in desk.audit.deeds] == [first, again]
    assert first != again
