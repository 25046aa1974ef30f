"""What every store promises of invitations: who has signed is found, each is invited once, and answers once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.session import Place, SessionKind
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.invite_signatories import go_on_inviting, invite_signatories
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.usecases.session_ports import Gathering, Invited, Taking
from chalicelib.usecases.tell_rosters import tell_rosters
from tests.fakes.deletions import FakeLedger
from tests.store.examples import NOW, Example, letter_for
from tests.store.test_stored_sessions import INFORMATION

TODAY = date(2026, 11, 21)
DAY = replace(INFORMATION, id="day", kind=SessionKind.ORIENTATION)


def signed(store, word, delete_on=date(2029, 11, 20)):
    """A contact who signed on the day before yesterday's year, as staff record it."""
    contact = Example(word, letters=()).open_in(store).contact
    history = replace(contact.history, signed_on=date(2026, 11, 20))
    after = replace(contact, history=history, rule="signed", delete_on=delete_on, version=2)
    store.contacts.amend(after, (), TODAY)
    return after


def invited(store, contact, state=BookingState.INVITED, letters=()):
    after = replace(contact, version=contact.version + 1)
    booking = Booking("day", f"INV-{contact.id}", 1, state, None, NOW)
    store.contacts.book(after, booking, letters)
    return after, booking


def answered(store, contact, booking, **changes):
    after, said = replace(contact, version=contact.version + 1), replace(booking, **changes)
    taking = Taking(store.sessions.read("day"), Place.SEAT, ()) if said.state is BookingState.CONFIRMED else None
    store.contacts.answer(after, said, [letter_for(Example(contact.id), about="day", revision=said.revision)], taking)
    return after, said


class TestSignatories:
    def test_who_has_signed_is_found_until_the_day_of_deletion(self, store):
        signed(store, "late", date(2029, 11, 20))
        signed(store, "soon", date(2026, 12, 6))
        Example("unsigned").open_in(store)

        assert list(store.contacts.signatories(date(2026, 12, 5))) == ["soon", "late"]
        assert list(store.contacts.signatories(date(2026, 12, 6))) == ["late"]

    def test_a_day_that_moved_counts(self, store):
        contact = signed(store, "one", date(2026, 12, 6))
        store.contacts.amend(replace(contact, delete_on=date(2030, 1, 1), version=3), (), TODAY)

        assert list(store.contacts.signatories(date(2029, 12, 31))) == ["one"]

    def test_who_has_not_signed_after_all_is_found_no_more(self, store):
        contact = signed(store, "one")
        unsigned = replace(contact.history, signed_on=None)
        store.contacts.amend(replace(contact, history=unsigned, version=3), (), TODAY)

        assert list(store.contacts.signatories(TODAY)) == []

    def test_who_is_deleted_is_found_no_more(self, store):
        signed(store, "one")
        store.contacts.ask_deletion("one", TODAY)
        delete_contacts(store.deletions, store.rosters, FakeLedger(), NOW)

        assert list(store.contacts.signatories(TODAY)) == []


class TestAnswers:
    def test_an_answer_stands_in_place_of_the_invitation_under_its_reference(self, store):
        store.sessions.add(DAY)
        contact, booking = invited(store, signed(store, "one"))

        after, taken = answered(store, contact, booking, state=BookingState.CONFIRMED, revision=2)

        file = store.contacts.read("one")
        assert (file.contact, file.booking("day")) == (after, taken)
        assert store.contacts.find_reference("INV-one").contact.id == "one"
        assert [(seat.contact_id, seat.reference) for seat in store.sessions.roster("day")] == [("one", "INV-one")]
        assert store.sessions.read("day").taken == 1
        assert {letter.about for letter in store.outbox.due(NOW)} == {"day"}

    def test_two_answers_at_once_take_one_place(self, store):
        store.sessions.add(DAY)
        contact, booking = invited(store, signed(store, "one"))
        answered(store, contact, booking, state=BookingState.CONFIRMED, revision=2)

        with pytest.raises(TakenError):
            answered(store, contact, booking, state=BookingState.DECLINED)
        with pytest.raises(TakenError):
            answered(store, replace(contact, version=contact.version + 1), booking, state=BookingState.DECLINED)

        assert store.contacts.read("one").booking("day").state is BookingState.CONFIRMED
        assert store.sessions.read("day").taken == 1

    def test_no_answer_takes_a_place_that_is_gone(self, store):
        store.sessions.add(replace(DAY, capacity=1, waiting_max=0))
        one, two = (invited(store, signed(store, word)) for word in ("one", "two"))
        answered(store, *one, state=BookingState.CONFIRMED, revision=2)

        with pytest.raises(TakenError):
            answered(store, *two, state=BookingState.CONFIRMED, revision=2)

        assert store.contacts.read("two").booking("day") == two[1]
        assert len(list(store.outbox.due(NOW))) == 1

    def test_nobody_answers_who_is_being_deleted(self, store):
        contact, booking = invited(store, signed(store, "one"))
        store.contacts.ask_deletion("one", TODAY)

        with pytest.raises(TakenError):
            answered(store, contact, booking, state=BookingState.DECLINED)

    def test_who_has_no_place_is_listed_with_the_answer(self, store):
        store.sessions.add(DAY)
        people = {word: invited(store, signed(store, word)) for word in ("one", "two", "three")}
        answered(store, *people["two"], state=BookingState.DECLINED)
        answered(store, *people["three"], state=BookingState.CONFIRMED, revision=2)

        listed = sorted(store.sessions.invited("day"), key=lambda each: each.contact_id)

        assert listed == [
            Invited("one", "INV-one", BookingState.INVITED),
            Invited("two", "INV-two", BookingState.DECLINED),
        ]
        assert list(store.sessions.invited("other")) == []


class TestCalledOff:
    def test_who_has_not_answered_is_told_once_that_the_day_is_off(self, store):
        store.sessions.add(DAY)
        people = {word: invited(store, signed(store, word)) for word in ("one", "two", "three")}
        answered(store, *people["two"], state=BookingState.DECLINED)
        answered(store, *people["three"], state=BookingState.CONFIRMED, revision=2)
        known = set(store.outbox.due(NOW))
        cancel_session("day", store.sessions)

        assert [tell_rosters(store.rosters, NOW), tell_rosters(store.rosters, NOW)] == [{"told": 2}, {}]

        told = [letter for letter in store.outbox.due(NOW) if letter not in known]
        assert {(each.contact_id, each.kind) for each in told} == {
            ("one", LetterKind.CANCELLED),
            ("three", LetterKind.CANCELLED),
        }
        states = {word: store.contacts.read(word).booking("day").state for word in people}
        assert states == {
            "one": BookingState.CANCELLED,
            "two": BookingState.DECLINED,
            "three": BookingState.CANCELLED,
        }
        assert [each.contact_id for each in store.sessions.invited("day")] == ["two"]

    def test_who_answers_at_that_moment_is_not_told_as_one_who_did_not(self, store):
        store.sessions.add(DAY)
        answered(store, *invited(store, signed(store, "one")), state=BookingState.CONFIRMED, revision=2)

        with pytest.raises(TakenError):
            store.sessions.withdraw(DAY, "one", [letter_for(Example("one"), about="day", revision=3)])

        assert store.contacts.read("one").booking("day").state is BookingState.CONFIRMED


class TestInviting:
    def test_a_session_is_marked_until_all_are_invited(self, store):
        for name in ("day", "day", "other"):
            store.sessions.begin_inviting(name)

        assert sorted(store.sessions.inviting()) == ["day", "other"]
        store.sessions.all_invited("day")
        store.sessions.all_invited("day")
        assert list(store.sessions.inviting()) == ["other"]

    def test_a_session_is_read_with_its_roster_and_whether_people_are_still_to_be_invited(self, store):
        day = replace(DAY, capacity=3)
        store.sessions.add(day)
        store.sessions.add(replace(DAY, id="other"))
        for word in ("one", "two"):
            answered(store, *invited(store, signed(store, word)), state=BookingState.CONFIRMED)
        invited(store, signed(store, "three"))
        store.sessions.begin_inviting("day")

        gathering = store.sessions.gathering("day")

        assert (gathering.session, gathering.inviting) == (replace(day, taken=2), True)
        assert set(gathering.seats) == set(store.sessions.roster("day"))
        assert store.sessions.gathering("other") == Gathering(replace(DAY, id="other"), (), inviting=False)
        assert store.sessions.gathering("unknown") is None

    def test_the_walk_invites_each_once_with_the_letters(self, store):
        store.sessions.add(DAY)
        for word in ("one", "two"):
            signed(store, word)

        assert invite_signatories("day", store.office, NOW) == {"invited": 2}
        store.sessions.begin_inviting("day")
        assert go_on_inviting(store.office, NOW + timedelta(hours=1)) == {"invited before": 2}

        letters = [letter for letter in store.outbox.due(NOW) if letter.kind is LetterKind.INVITATION]
        assert sorted(letter.contact_id for letter in letters) == ["one", "two"]
        assert list(store.sessions.inviting()) == []
