"""Which letters a change of a place promises: to whom, about which booking, due when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Refusal
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.seats import (
    exchanged_letters,
    full_letter,
    letters_to_come,
    moved_letters,
    refused_letters,
    set_letters,
)
from chalicelib.domain.session import Place
from tests.examples import NOW
from tests.letter_examples import BOOKING, CONTACT, INFORMATION, SLOT, START

LATER = NOW + timedelta(hours=3)
BY_PHONE = replace(CONTACT, person=replace(CONTACT.person, email=None))
HERE = replace(BOOKING, state=BookingState.CONFIRMED, slot="left", revision=4)
THERE = replace(HERE, slot=SLOT.id, revision=5)
LEFT = replace(SLOT, id="left", version=3)


def of(kind, letters):
    (letter,) = (each for each in letters if each.kind is kind)
    return letter


def test_an_appointment_that_moves_tells_of_the_slot_it_left_in_its_new_revision():
    letter = of(LetterKind.MOVED, exchanged_letters(CONTACT, HERE, THERE, SLOT, LATER))

    assert (letter.about, letter.revision, letter.due_at) == ("left", 5, LATER)


def test_a_place_in_a_session_that_moves_tells_of_the_booking_that_is_over():
    before = Booking("other", "REF-1", 2, BookingState.CONFIRMED, None, NOW)
    after = Booking(INFORMATION.id, "REF-2", 7, BookingState.CONFIRMED, None, NOW)

    letter = of(LetterKind.MOVED, exchanged_letters(CONTACT, before, after, INFORMATION, LATER))

    assert (letter.about, letter.revision, letter.reference) == ("other", 2, "REF-1")


def test_a_date_that_staff_move_is_told_with_the_versions_of_both_slots():
    letters = set_letters(CONTACT, HERE, THERE, SLOT, LEFT, LATER)

    told, gone = of(LetterKind.APPOINTMENT, letters), of(LetterKind.MOVED, letters)
    assert (told.about, told.start, told.due_at) == (SLOT.id, f"{SLOT.start.isoformat()}#{SLOT.version}", LATER)
    assert (gone.about, gone.revision, gone.start) == ("left", 5, f"{LEFT.start.isoformat()}#3")
    assert gone.due_at == gone.waiting_since == LATER


def test_who_has_no_mail_has_no_calendar_from_which_a_slot_must_go():
    for letters in (
        set_letters(BY_PHONE, HERE, THERE, SLOT, LEFT, LATER),
        exchanged_letters(BY_PHONE, HERE, THERE, SLOT, LATER),
    ):
        assert LetterKind.MOVED not in {each.kind for each in letters}


def test_a_refusal_goes_under_the_reference_of_its_request():
    booking = replace(BOOKING, state=BookingState.CANCELLED, refused=Refusal.CONDITIONS, revision=3)

    letter = of(LetterKind.REFUSED, refused_letters(CONTACT, booking, LATER))

    assert (letter.about, letter.reference, letter.revision) == (APPOINTMENT, booking.reference, 3)


@pytest.mark.parametrize(("hours", "reminded"), [(0, False), (1, True)], ids=["another place", "another time"])
def test_only_another_time_brings_another_reminder(hours, reminded):
    booking = Booking(INFORMATION.id, "REF-1", 1, BookingState.CONFIRMED, None, NOW)
    known_start = INFORMATION.start - timedelta(hours=hours)

    kinds = [each.kind for each in moved_letters(CONTACT, booking, INFORMATION, known_start, NOW)]

    assert kinds == [LetterKind.RESERVED] + [LetterKind.REMINDER] * reminded


@pytest.mark.parametrize(("seconds", "silently"), [(-1, True), (0, True), (1, False)])
def test_a_seat_goes_to_the_line_by_itself_until_48_hours_before(seconds, silently):
    now = START - timedelta(hours=48) + timedelta(seconds=seconds)

    assert INFORMATION.places_silently(now) == silently


@pytest.mark.parametrize(
    ("taken", "waiting", "longest", "place", "last"),
    [
        pytest.param(0, 0, 0, Place.SEAT, False, id="two seats and no line"),
        pytest.param(1, 0, 0, Place.SEAT, True, id="the last seat and no line"),
        pytest.param(1, 0, 3, Place.SEAT, False, id="the last seat before a line"),
        pytest.param(2, 1, 3, Place.WAITING, False, id="not the last in the line"),
        pytest.param(2, 2, 3, Place.WAITING, True, id="the last in the line"),
    ],
)
def test_the_last_place_is_known(taken, waiting, longest, place, last):
    line = tuple(f"c{number}" for number in range(waiting))

    assert replace(INFORMATION, taken=taken, waiting=line, waiting_max=longest).is_last(place) == last


def test_staff_are_told_at_once_that_a_session_is_full_once_for_each_version():
    told = full_letter(replace(INFORMATION, version=2, full_told=1), LATER)

    assert (told.kind, told.revision, told.due_at) == (LetterKind.STAFF_FULL, 2, LATER)
    assert full_letter(replace(INFORMATION, version=2, full_told=2), LATER) is None
    assert full_letter(SLOT, LATER) is None


def test_a_reminder_waits_from_its_moment_on_so_that_its_tries_count_from_then():
    booking = Booking(INFORMATION.id, "REF-1", 1, BookingState.CONFIRMED, None, NOW)

    letter = of(LetterKind.REMINDER, letters_to_come(CONTACT, booking, INFORMATION, NOW))

    assert letter.waiting_since == letter.due_at == START - timedelta(days=2)
