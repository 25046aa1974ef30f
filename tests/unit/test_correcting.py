"""What a contact becomes once a further form is confirmed."""

from dataclasses import replace

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.correcting import corrected
from chalicelib.programme import periods
from tests.letter_examples import BOOKING, CORRECTION, FILE


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        pytest.param(
            {"sealed_matricule": b"new", "sealed_for": "another"}, (b"new", "another"), id="a number was said"
        ),
        pytest.param({"sealed_matricule": None}, (b"old", "before"), id="none was said"),
    ],
)
def test_a_number_comes_with_whom_it_was_sealed_for(said, kept):
    contact = replace(FILE.contact, sealed_matricule=b"old", sealed_for="before")

    after, _ = corrected(replace(FILE, contact=contact), replace(CORRECTION, **said), periods.retention())

    assert (after.sealed_matricule, after.sealed_for) == kept


@pytest.mark.parametrize(
    ("bookings", "has_wish"),
    [
        pytest.param((BOOKING,), True, id="open"),
        pytest.param((replace(BOOKING, state=BookingState.CANCELLED),), False, id="over"),
        pytest.param((), False, id="never asked for"),
    ],
)
def test_a_wish_goes_to_an_appointment_that_is_open(bookings, has_wish):
    correction = replace(CORRECTION, wish=replace(BOOKING.wish, message="Another one"))

    _, appointment = corrected(replace(FILE, bookings=bookings), correction, periods.retention())

    assert (appointment and appointment.wish) == (correction.wish if has_wish else None)
