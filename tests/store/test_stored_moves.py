"""What every store promises of appointments with a date, and of a booking that moves to another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState
from chalicelib.domain.errors import ReferenceTakenError, TakenError
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.session import Place, SessionKind
from chalicelib.usecases.desk_ports import Waiting
from chalicelib.usecases.session_ports import Seat, Taking
from tests.store.examples import NOW, Example, correction, letter_for
from tests.store.test_stored_sessions import INFORMATION, START, sign_up, states

SLOT = replace(INFORMATION, id="slot", kind=SessionKind.SLOT, capacity=1, waiting_max=0)
OTHER_SLOT = replace(SLOT, id="other-slot")
OTHER = replace(INFORMATION, id="other", capacity=1)
ONE = Example("one", letters=())


def taking(store, session, place=Place.SEAT, needs=()):
    return Taking(store.sessions.read(session.id), place, needs)


def appoint(store, who="one", session=SLOT):
    """A new person with an appointment whose date is set."""
    example = Example(who, letters=())
    booking = replace(example.booking, state=BookingState.CONFIRMED, slot=session.id)
    store.contacts.open(example.contact, booking, example.given_marks, (), taking(store, session))
    return booking


def letter(kind=LetterKind.RECEIVED, about="other-slot", who="one"):
    return letter_for(Example(who), about=about, kind=kind)


def move(store, booking, session, left=None, letters=(), **changes):
    """Moves the booking of one, who was read at the newest version, unless `changes` say otherwise."""
    contact = store.contacts.read("one").contact
    given = {
        "after": replace(contact, version=contact.version + 1),
        "booking": booking,
        "letters": letters,
        "left": store.sessions.read(left.id) if left else None,
        "taking": taking(store, session),
    }
    store.contacts.move(**given | changes)


def in_slot(booking, session=OTHER_SLOT):
    return replace(booking, revision=booking.revision + 1, state=BookingState.CONFIRMED, slot=session.id)


def as_it_is(store):
    names = [each.id for each in (INFORMATION, OTHER, SLOT, OTHER_SLOT)]
    rosters = {name: sorted(store.sessions.roster(name), key=lambda seat: seat.contact_id) for name in names}
    return store.contacts.read("one"), [store.sessions.read(name) for name in names], rosters


# What may happen between reading and moving.
MEANWHILE = {
    "the new one is taken": lambda store, _: appoint(store, "two", OTHER_SLOT),
    "the new one was changed": lambda store, _: store.sessions.replan(replace(OTHER_SLOT, languages=(), version=2)),
    "the old one was given up": lambda store, _: store.sessions.give_back(store.sessions.read("slot"), "one", ()),
    "the contact was changed": lambda store, after: store.contacts.amend(after, (), NOW.date()),
    "the contact is being deleted": lambda store, _: store.contacts.ask_deletion("one", NOW.date()),
    "a letter was promised before": lambda store, _: store.sessions.tell(replace(SLOT, version=2), "one", [letter()]),
}


@pytest.fixture
def planned(store):
    """A store with two sessions and two slots."""
    for session in (INFORMATION, OTHER, SLOT, OTHER_SLOT):
        store.sessions.add(session)
    return store


class TestSlots:
    def test_an_appointment_is_found_by_its_name_and_by_its_slot(self, planned):
        booking = appoint(planned)

        file = planned.contacts.read("one")
        assert file.booking(APPOINTMENT) == file.booking("slot") == booking
        assert planned.sessions.read("slot").offer() is None
        assert list(planned.sessions.roster("slot")) == [Seat("one", "REF-one", Place.SEAT, (), 1, START)]

    def test_a_slot_is_taken_once(self, planned):
        free = planned.sessions.read("slot")
        appoint(planned)
        second = Example("two", letters=())
        booking = replace(second.booking, state=BookingState.CONFIRMED, slot="slot")

        with pytest.raises(TakenError):
            planned.contacts.open(second.contact, booking, second.given_marks, (), Taking(free, Place.SEAT, ()))

        assert planned.contacts.read("two") is None

    def test_an_appointment_that_is_given_up_frees_its_slot(self, planned):
        booking = appoint(planned)

        planned.sessions.give_back(planned.sessions.read("slot"), "one", [letter(about="slot")])

        assert planned.contacts.read("one").appointment == replace(booking, state=BookingState.CANCELLED)
        assert planned.sessions.read("slot") == SLOT
        assert list(planned.sessions.roster("slot")) == []
        assert list(planned.outbox.due(NOW)) == [letter(about="slot")]

    def test_an_appointment_that_was_given_up_is_asked_for_anew_in_another_slot(self, planned):
        appoint(planned)
        planned.sessions.give_back(planned.sessions.read("slot"), "one", ())
        again = Booking(APPOINTMENT, "REF-again", 2, BookingState.CONFIRMED, ONE.booking.wish, NOW, slot="other-slot")

        after = replace(ONE.contact, version=2)
        planned.contacts.book(after, again, (), None, taking(planned, OTHER_SLOT))

        assert planned.contacts.read("one").bookings == (again,)

    def test_a_slot_that_staff_cancel_leaves_an_appointment_without_a_date(self, planned):
        booking = appoint(planned)
        off = replace(SLOT, cancelled=True, version=2)
        planned.sessions.replan(off)

        planned.sessions.call_off(off, "one", [letter(about="slot")])
        with pytest.raises(TakenError):
            planned.sessions.call_off(off, "one", [letter(LetterKind.CANCELLED, "slot")])

        assert planned.contacts.read("one").appointment == replace(booking, state=BookingState.REQUESTED, slot=None)
        assert planned.worklist.tray().requests == (Waiting("one", booking.reference, booking.requested_at),)
        assert list(planned.sessions.roster("slot")) == []
        assert list(planned.outbox.due(NOW)) == [letter(about="slot")]

    def test_a_request_waits_for_the_office_until_its_date_is_set(self, planned):
        one = ONE.open_in(planned)
        assert planned.worklist.tray().requests == (Waiting("one", "REF-one", NOW),)

        move(planned, in_slot(one.booking), OTHER_SLOT)

        assert planned.worklist.tray().requests == ()

    def test_who_has_an_appointment_holds_its_slot_also_while_being_deleted(self, planned):
        appoint(planned)
        planned.contacts.ask_deletion("one", NOW.date())

        assert list(planned.sessions.held_by("one")) == ["slot"]
        planned.sessions.give_back(planned.sessions.read("slot"), "one", ())
        assert list(planned.sessions.held_by("one")) == []
        assert planned.sessions.read("slot") == SLOT

    def test_an_appointment_without_a_date_holds_nothing(self, planned):
        ONE.open_in(planned)

        assert list(planned.sessions.held_by("one")) == []

    def test_a_further_form_keeps_the_slot_that_it_wished_for(self, planned):
        ONE.open_in(planned)
        planned.contacts.correct("one", correction(slot="other-slot"), ())

        assert planned.contacts.read("one").corrections == (correction(slot="other-slot"),)
        assert planned.contacts.read("one").booking("other-slot") is None


class TestMoving:
    def test_an_appointment_moves_to_another_slot_as_one(self, planned):
        booking = appoint(planned)
        moved = in_slot(booking)

        move(planned, moved, OTHER_SLOT, SLOT, [letter()])

        file, (_, _, left, taken), rosters = as_it_is(planned)
        assert file.bookings == (moved,)
        assert (left, taken.taken, file.contact.version) == (SLOT, 1, 2)
        assert rosters["slot"] == []
        assert rosters["other-slot"] == [Seat("one", "REF-one", Place.SEAT, (), 1, START)]
        assert list(planned.outbox.due(NOW)) == [letter()]
        assert planned.contacts.find_reference("REF-one") == file

    def test_an_appointment_without_a_date_gets_one(self, planned):
        ONE.open_in(planned)
        moved = in_slot(ONE.booking, SLOT)

        move(planned, moved, SLOT)

        assert planned.contacts.read("one").bookings == (moved,)
        assert planned.sessions.read("slot").taken == 1

    def test_there_and_back_again(self, planned):
        booking = appoint(planned)
        there = in_slot(booking)
        back = in_slot(there, SLOT)

        move(planned, there, OTHER_SLOT, SLOT)
        move(planned, back, SLOT, OTHER_SLOT)

        assert planned.contacts.read("one").bookings == (back,)
        assert planned.sessions.read("other-slot") == OTHER_SLOT

    def test_a_sign_up_moves_and_the_head_of_the_line_sits_down(self, planned):
        for who in ("one", "two", "three", "four"):
            sign_up(planned, who)
        new = Booking("other", "REF-new", 1, BookingState.CONFIRMED, None, NOW)

        move(planned, new, OTHER, INFORMATION, [letter(about="other")], taking=taking(planned, OTHER, needs=("x",)))

        file, (left, taken, *_), rosters = as_it_is(planned)
        assert {each.about: each.state.value for each in file.bookings} == {"info": "cancelled", "other": "confirmed"}
        assert (left.taken, left.waiting, taken.taken) == (2, ("four",), 1)
        assert states(planned)["three"] == "confirmed"
        assert rosters["other"] == [Seat("one", "REF-new", Place.SEAT, ("x",), 1, START)]
        assert planned.contacts.find_reference("REF-new") == planned.contacts.find_reference("REF-one") == file
        assert list(planned.outbox.due(NOW)) == [letter(about="other")]

    def test_who_waits_moves_to_a_seat_elsewhere_and_the_line_closes_up(self, planned):
        for who in ("two", "three", "one", "four"):
            sign_up(planned, who)
        new = Booking("other", "REF-new", 1, BookingState.CONFIRMED, None, NOW)

        move(planned, new, OTHER, INFORMATION)

        assert (planned.sessions.read("info").taken, planned.sessions.read("info").waiting) == (2, ("four",))
        assert planned.sessions.read("other").taken == 1

    @pytest.mark.parametrize("why", MEANWHILE)
    def test_what_is_not_sure_any_more_changes_nothing(self, planned, why):
        booking = appoint(planned)
        free, left = taking(planned, OTHER_SLOT), planned.sessions.read("slot")
        after = replace(ONE.contact, version=2)
        MEANWHILE[why](planned, after)
        before = as_it_is(planned)

        with pytest.raises(TakenError):
            planned.contacts.move(after, in_slot(booking), [letter()], left, free)

        assert as_it_is(planned) == before

    def test_a_revision_that_is_not_the_next_changes_nothing(self, planned):
        booking = appoint(planned)
        before = as_it_is(planned)

        with pytest.raises(TakenError):
            move(planned, replace(in_slot(booking), revision=5), OTHER_SLOT, SLOT)

        assert as_it_is(planned) == before

    def test_a_line_that_has_moved_since_stops_a_move(self, planned):
        for who in ("one", "two", "three", "four"):
            sign_up(planned, who)
        read = planned.sessions.read("info")
        planned.sessions.give_back(read, "three", ())
        new = Booking("other", "REF-new", 1, BookingState.CONFIRMED, None, NOW)
        before = as_it_is(planned)

        with pytest.raises(TakenError):
            planned.contacts.move(replace(ONE.contact, version=2), new, (), read, taking(planned, OTHER))

        assert as_it_is(planned) == before

    def test_a_reference_that_another_form_has_is_named(self, planned):
        sign_up(planned, "one")
        sign_up(planned, "two")
        new = Booking("other", "REF-two", 1, BookingState.CONFIRMED, None, NOW)
        before = as_it_is(planned)

        with pytest.raises(ReferenceTakenError):
            move(planned, new, OTHER, INFORMATION)

        assert as_it_is(planned) == before

    def test_a_seat_is_not_moved_to_where_one_has_a_place_already(self, planned):
        sign_up(planned, "one")
        held = Booking("other", "REF-held", 1, BookingState.CONFIRMED, None, NOW)
        after = replace(ONE.contact, version=2)
        planned.contacts.book(after, held, (), None, taking(planned, OTHER))
        planned.sessions.replan(replace(planned.sessions.read("other"), capacity=9, version=2))

        with pytest.raises(TakenError):
            move(planned, replace(held, reference="REF-new", revision=2), OTHER, INFORMATION)

        assert planned.sessions.read("other").taken == 1

    def test_the_deletion_day_moves_with_a_later_session(self, planned):
        sign_up(planned, "one")
        new = Booking("other", "REF-new", 1, BookingState.CONFIRMED, None, NOW)
        contact = planned.contacts.read("one").contact
        after = replace(contact, version=2, delete_on=contact.delete_on + timedelta(days=9))

        move(planned, new, OTHER, INFORMATION, after=after)

        assert planned.contacts.read("one").contact == after
        assert list(planned.contacts.unwarned(after.delete_on, after.delete_on)) == ["one"]
