"""Two contacts of one person become one: on every store nothing is lost, told twice, or overwritten in silence."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread
from time import sleep

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.desk import Act
from chalicelib.domain.errors import CannotMergeError, ChangedMeanwhileError, UnknownReferenceError
from chalicelib.domain.letter import LEASE, LetterKind, LetterState
from chalicelib.domain.merging import Obstacle
from chalicelib.domain.papers import Voucher
from chalicelib.domain.session import Place, SessionKind
from chalicelib.usecases.confirm_correction import confirm_correction
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.give_up_place import give_up_place, withdraw_request
from chalicelib.usecases.invite_signatories import invite_one
from chalicelib.usecases.merge_contacts import look_at_both
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.send_link import send_link
from tests.examples import PERSON, by
from tests.store.merging import BY_MAIL, BY_PHONE, NOW, TODAY, WHO, Twice
from tests.store.stores import dynamo_store
from tests.store.test_stored_moves import SLOT
from tests.store.test_stored_sessions import INFORMATION

DAY = timedelta(days=1)
ONE_SEAT = replace(INFORMATION, capacity=1, waiting_max=3)
ORIENTATION = replace(INFORMATION, id="day", kind=SessionKind.ORIENTATION)
OTHERS = [by(BY_MAIL, first_name=name, email=f"{name}@example.org") for name in ("prima", "secunda")]
NUMBERED = replace(BY_PHONE, matricule="1993102814564")
FURTHER = replace(NUMBERED, wish=replace(BY_PHONE.wish, message="Another"))


@pytest.fixture
def twice(store):
    return Twice(store)


@pytest.fixture
def both(twice):
    """A contact by mail that asked for an appointment, and one by phone with a place in a session."""
    twice.store.sessions.add(INFORMATION)
    return twice, twice.ask(), twice.sign_up(BY_PHONE, "gone", needs=("step-free",))


def record(twice):
    return Records(twice.store.contacts, twice.store.office.retention, lambda: NOW)


class TestThePerson:
    def test_what_is_lacking_comes_from_the_other(self, both):
        twice, kept, gone = both

        person = twice.merge(kept, gone).contact.person
        twice.delete()

        assert person == replace(PERSON, phone=BY_PHONE.person.phone)
        assert twice.desk.worklist.phoned(person.phone) == ["kept"]

    @pytest.mark.parametrize("person", [BY_MAIL.person, BY_PHONE.person, PERSON], ids=["mail", "phone", "both"])
    def test_a_further_form_under_either_name_meets_the_same_contact(self, both, person):
        twice, kept, gone = both
        twice.merge(kept, gone)
        twice.delete()

        marks = twice.store.office.identity.marks(person)

        assert {twice.store.contacts.find([mark]).contact.id for mark in marks} == {"kept"}

    def test_each_reference_still_leads_to_the_person(self, both):
        twice, kept, gone = both
        twice.merge(kept, gone)

        for _ in range(2):
            found = [twice.store.contacts.find_reference(each) for each in (kept, gone)]
            assert [file.contact.id for file in found] == ["kept"] * 2
            twice.delete()

    def test_the_mail_of_the_other_leads_to_the_person(self, both):
        twice, gone, kept = both

        twice.merge(kept, gone)
        twice.delete()

        marks = twice.store.office.identity.known_mail_marks(PERSON.email)
        (file,) = twice.store.contacts.with_mail(marks)
        assert file.contact.person == replace(BY_PHONE.person, email=PERSON.email)

    def test_an_address_that_is_not_kept_leads_to_nobody(self, twice):
        other = by(BY_PHONE, email="other@example.org")
        twice.store.sessions.add(INFORMATION)
        kept, gone = twice.ask(), twice.sign_up(other, "gone")

        file = twice.merge(kept, gone)

        marks = twice.store.office.identity.known_mail_marks("other@example.org")
        assert (file.contact.person.email, list(twice.store.contacts.with_mail(marks))) == (PERSON.email, [])

    def test_the_number_of_the_other_keeps_the_id_for_which_it_was_sealed(self, twice):
        twice.store.sessions.add(INFORMATION)
        gone, kept = twice.ask(BY_MAIL, "gone"), twice.sign_up(BY_PHONE, "kept")

        contact = twice.merge(kept, gone).contact

        assert (contact.sealed_matricule, contact.sealed_for) == (b"sealed for gone: 1990093012358", "gone")

    def test_of_two_numbers_that_of_the_contact_that_stays_is_kept(self, twice):
        kept, gone = twice.ask(), twice.ask(NUMBERED, "gone")
        assert withdraw_request("gone", twice.store.contacts, NOW)

        contact = twice.merge(kept, gone).contact

        assert (contact.sealed_matricule, contact.sealed_for) == (b"sealed for kept: 1990093012358", None)

    def test_what_a_further_form_said_is_still_to_be_confirmed(self, twice):
        twice.store.sessions.add(INFORMATION)
        gone, kept = twice.ask(BY_PHONE, "gone"), twice.sign_up(BY_MAIL, "kept")
        further = twice.ask(FURTHER, "gone")

        assert [each.reference for each in twice.merge(kept, gone).corrections] == [further]
        twice.delete()
        confirm_correction("kept", further, twice.store.office, NOW)

        file = twice.store.contacts.read("kept")
        assert (file.contact.sealed_for, file.appointment.wish.message) == ("gone", "Another")
        assert file.contact.sealed_matricule == b"sealed for gone: 1993102814564"

    def test_a_form_that_is_being_removed_does_not_come_along(self, twice):
        twice.store.sessions.add(INFORMATION)
        gone, kept = twice.ask(BY_PHONE, "gone"), twice.sign_up(BY_MAIL, "kept")
        further = twice.ask(FURTHER, "gone")
        erase_contact("gone", further, twice.store.contacts, NOW)

        assert twice.merge(kept, gone).corrections == ()
        twice.delete()

        assert twice.store.contacts.find_reference(further) is None
        assert twice.store.contacts.find_reference(gone).contact.id == "kept"


class TestPlaces:
    def test_a_seat_moves_with_what_the_person_needs_there(self, both):
        twice, kept, gone = both

        booking = twice.merge(kept, gone).booking("info")
        twice.delete()

        (seat,) = twice.store.sessions.roster("info")
        assert (booking.state, booking.reference, booking.revision) == (BookingState.CONFIRMED, gone, 1)
        assert (seat.contact_id, seat.reference, seat.needs) == ("kept", gone, ("step-free",))
        assert twice.store.sessions.read("info").taken == 1

    def test_the_turn_in_a_line_stays(self, twice):
        twice.store.sessions.add(ONE_SEAT)
        twice.sign_up(OTHERS[0], "prima")
        gone = twice.sign_up(BY_PHONE, "gone")
        twice.sign_up(OTHERS[1], "secunda")
        kept = twice.ask()

        twice.merge(kept, gone)
        twice.delete()
        assert twice.store.sessions.read("info").waiting == ("kept", "secunda")

        give_up_place("prima", "info", twice.store.rosters, NOW)
        assert twice.store.contacts.read("kept").booking("info").state is BookingState.CONFIRMED

    def test_of_two_seats_one_goes_to_the_next_in_line(self, twice):
        twice.store.sessions.add(INFORMATION)
        kept, gone = twice.sign_up(BY_MAIL, "kept"), twice.sign_up(BY_PHONE, "gone")
        twice.sign_up(OTHERS[0], "prima")

        assert twice.merge(kept, gone).booking("info").reference == kept
        twice.delete()

        session = twice.store.sessions.read("info")
        assert {seat.contact_id for seat in twice.store.sessions.roster("info")} == {"kept", "prima"}
        assert (session.taken, session.waiting) == (2, ())
        assert LetterKind.PLACED in twice.kinds("prima")
        assert LetterKind.CANCELLED not in twice.kinds()

    def test_a_seat_is_better_than_a_turn_in_the_line(self, twice):
        twice.store.sessions.add(ONE_SEAT)
        gone = twice.sign_up(BY_PHONE, "gone")
        kept = twice.sign_up(BY_MAIL, "kept")
        twice.sign_up(OTHERS[0], "prima")

        booking = twice.merge(kept, gone).booking("info")
        twice.delete()

        session, seat = twice.store.sessions.read("info"), twice.store.sessions.seat("info", "kept")
        assert (booking.state, booking.reference, booking.revision) == (BookingState.CONFIRMED, gone, 2)
        assert (seat.place, session.taken, session.waiting) == (Place.SEAT, 1, ("prima",))

    @pytest.mark.parametrize("first", ["kept", "gone"])
    def test_of_two_turns_the_earlier_is_kept(self, twice, first):
        twice.store.sessions.add(ONE_SEAT)
        twice.sign_up(OTHERS[0], "prima")
        order = {"kept": BY_MAIL, "gone": BY_PHONE}
        references = {who: twice.sign_up(order[who], who) for who in sorted(order, key=lambda each: each != first)}

        booking = twice.merge(references["kept"], references["gone"]).booking("info")
        twice.delete()
        twice.sign_up(OTHERS[1], "secunda")

        assert booking.reference == references[first]
        assert twice.store.sessions.read("info").waiting == ("kept", "secunda")

    def test_who_gave_up_a_place_under_one_name_has_that_under_the_other(self, twice):
        twice.store.sessions.add(INFORMATION)
        kept, gone = twice.sign_up(BY_MAIL, "kept"), twice.sign_up(BY_PHONE, "gone")
        give_up_place("kept", "info", twice.store.rosters, NOW)

        booking = twice.merge(kept, gone).booking("info")
        twice.delete()
        give_up_place("kept", "info", twice.store.rosters, NOW)

        assert (booking.state, booking.reference, booking.revision) == (BookingState.CONFIRMED, gone, 2)
        assert (twice.store.sessions.read("info").taken, list(twice.store.sessions.roster("info"))) == (0, [])

    def test_an_appointment_moves_with_its_date(self, twice):
        twice.store.sessions.add(SLOT)
        twice.store.sessions.add(INFORMATION)
        gone, kept = twice.ask(replace(BY_PHONE, slot="slot"), "gone"), twice.sign_up(BY_MAIL, "kept")

        appointment = twice.merge(kept, gone).appointment
        twice.delete()

        assert (appointment.slot, appointment.wish, appointment.reference) == ("slot", BY_PHONE.wish, gone)
        assert [seat.contact_id for seat in twice.store.sessions.roster("slot")] == ["kept"]

    def test_a_request_that_waits_takes_the_place_of_one_that_is_over(self, twice):
        kept, gone = twice.ask(), twice.ask(NUMBERED, "gone")
        withdraw_request("kept", twice.store.contacts, NOW)

        appointment = twice.merge(kept, gone).appointment
        twice.delete()

        assert (appointment.state, appointment.reference, appointment.revision) == (BookingState.REQUESTED, gone, 2)
        assert [each.contact_id for each in twice.desk.worklist.tray().requests] == ["kept"]
        assert twice.store.contacts.find_reference(kept).contact.id == "kept"

    def test_who_is_invited_gets_a_link_that_works(self, twice):
        twice.store.sessions.add(INFORMATION)
        twice.store.sessions.add(ORIENTATION)
        gone, kept = twice.ask(BY_MAIL, "gone"), twice.sign_up(BY_PHONE, "kept")
        record(twice).signature(gone, TODAY)
        invite_one("day", gone, twice.store.office, NOW)
        sent = next(each for each in twice.letters("gone") if each.kind is LetterKind.INVITATION)
        twice.store.outbox.settle(twice.store.outbox.claim(sent, NOW), LetterState.SENT, NOW)

        file = twice.merge(kept, gone)
        twice.delete()

        invited = [each for each in twice.letters() if each.kind is LetterKind.INVITATION]
        assert [each.state for each in invited] == [LetterState.SENT, LetterState.WAITING]
        assert [each.revision for each in invited] == [1, file.booking("day").revision]
        assert [each.contact_id for each in twice.store.sessions.invited("day")] == ["kept"]
        assert list(twice.store.contacts.signatories(TODAY)) == ["kept"]


class TestLetters:
    def test_what_was_promised_is_promised_once_to_the_contact_that_stays(self, both):
        twice, kept, gone = both
        due = Counter((each.kind, each.reference) for each in twice.letters("kept") + twice.letters("gone"))

        twice.merge(kept, gone)
        twice.delete()

        waiting = [each for each in twice.letters() if each.state is not LetterState.VOID]
        told = Counter((each.kind, each.reference) for each in waiting)
        assert told - due == Counter({(LetterKind.MERGED, kept): 1})
        assert due - told == Counter()
        assert twice.letters("gone") == []

    def test_a_letter_that_was_sent_stays_known_by_its_id(self, both):
        twice, gone, kept = both
        letter = next(each for each in twice.letters("kept") if each.kind is LetterKind.RECEIVED)
        claimed = twice.store.outbox.claim(letter, NOW + LEASE)
        twice.store.outbox.settle(claimed, LetterState.SENT, NOW)

        twice.merge(kept, gone)
        twice.delete()

        (known,) = [each for each in twice.letters("gone") + twice.letters("kept") if each.kind is LetterKind.RECEIVED]
        assert (known.id, known.state) == (letter.id, LetterState.SENT)

    def test_a_letter_that_is_just_being_sent_is_waited_for(self, both):
        twice, gone, kept = both
        letter = next(each for each in twice.letters("kept") if each.kind is LetterKind.RECEIVED)
        claimed = twice.store.outbox.claim(letter, NOW + LEASE)

        merging = Thread(target=twice.merge, args=(kept, gone))
        merging.start()
        sleep(0.2)
        twice.store.outbox.settle(claimed, LetterState.SENT, NOW)
        merging.join()

        (known,) = [each for each in twice.letters("gone") if each.kind is LetterKind.RECEIVED]
        assert known.state is LetterState.SENT

    def test_a_letter_that_is_due_in_a_minute_is_not_waited_for(self, both):
        twice, kept, gone = both

        twice.merge(kept, gone, NOW - timedelta(minutes=1))

        assert "reserved" in twice.kinds()

    def test_what_both_were_to_be_told_alike_is_told_once(self, both):
        twice, kept, gone = both
        for each in (kept, gone):
            send_link(twice.store.contacts.find_reference(each), twice.store.office, NOW)

        twice.merge(kept, gone)

        assert twice.kinds().count("link") == 1

    def test_who_will_be_deleted_soon_is_warned(self, both):
        twice, kept, gone = both
        record(twice).participation(gone, TODAY - 340 * DAY)

        contact = twice.merge(kept, gone).contact

        assert contact.warned_for == contact.delete_on
        warnings = [each for each in twice.letters() if each.kind is LetterKind.DELETION_WARNING]
        assert {each.reference for each in warnings} == {kept}

    def test_who_has_no_address_is_called(self, twice):
        other = by(BY_PHONE, first_name="Altera")
        twice.store.sessions.add(INFORMATION)
        kept, gone = twice.ask(BY_PHONE), twice.sign_up(other, "gone")

        twice.merge(kept, gone)

        (told,) = [each for each in twice.letters() if each.kind is LetterKind.MERGED]
        assert told.state is LetterState.BY_PHONE
        assert LetterKind.MERGED in {each.news for each in twice.letters()}


class TestTheContract:
    def test_papers_and_signature_come_along(self, twice):
        twice.store.sessions.add(INFORMATION)
        gone, kept = twice.ask(BY_PHONE, "gone"), twice.sign_up(BY_MAIL, "kept")
        record(twice).signature(gone, TODAY)
        signed = twice.store.contacts.read("gone").contact
        voucher = Voucher(1, TODAY, date(2027, 5, 21))
        twice.store.contacts.amend(replace(signed, version=signed.version + 1), [], TODAY, [voucher])

        file = twice.merge(kept, gone)

        assert (file.vouchers, file.contact.history.signed_on) == ((voucher,), TODAY)
        assert (file.contact.delete_on, file.contact.rule) == (date(2029, 11, 21), "signed")


class TestTheEnd:
    def test_the_rest_is_deleted_by_the_next_run_and_is_no_erasure(self, both):
        twice, kept, gone = both
        twice.merge(kept, gone)

        counts, ledger = twice.delete()

        assert (counts, ledger.noted) == ({"deleted": 1}, {})
        assert twice.store.months.read("2026-11", TODAY).deletions == {"merged": 1}

    def test_a_restore_knows_all_contacts_of_who_is_erased(self, both):
        twice, kept, gone = both
        twice.store.sessions.add(ORIENTATION)
        twice.merge(kept, gone)
        twice.delete()
        third = twice.ask(OTHERS[0], "third")
        withdraw_request("third", twice.store.contacts, NOW)
        twice.merge(third, kept)
        twice.delete()

        erase_contact("third", None, twice.store.contacts, NOW)
        _, ledger = twice.delete()

        assert set(ledger.noted) == {"third", "kept", "gone"}

    def test_it_is_noted_who_did_it(self, both):
        twice, kept, gone = both

        twice.merge(kept, gone)

        (deed,) = twice.store.audit.newest("2026-11", 10, NOW)
        assert (deed.who, deed.what, deed.reference) == (WHO, Act.MERGED, kept)

    def test_staff_see_what_becomes_of_both(self, both):
        twice, kept, gone = both

        looked = look_at_both(kept, gone, twice.desk, NOW)

        assert (looked.kept.contact.id, looked.gone.contact.id, set(looked.sessions)) == ("kept", "gone", {"info"})
        assert twice.merge(kept, gone).contact == looked.merger.after


class TestRefusals:
    def refused(self, twice, kept, gone, why):
        shown, before = (twice.shown(kept), twice.shown(gone)), twice.letters() + twice.letters("gone")

        with pytest.raises(CannotMergeError) as refused:
            twice.merge_shown(*shown)

        assert refused.value.why is why
        assert (twice.shown(kept), twice.shown(gone)) == shown
        assert twice.letters() + twice.letters("gone") == before

    def test_two_open_requests_are_for_staff_to_decide(self, twice):
        kept, gone = twice.ask(), twice.ask(BY_PHONE, "gone")

        self.refused(twice, kept, gone, Obstacle.APPOINTMENTS)
        assert look_at_both(kept, gone, twice.desk, NOW).why is Obstacle.APPOINTMENTS

    def test_a_third_person_keeps_their_name_and_number(self, both):
        twice, kept, gone = both
        twice.ask(replace(BY_PHONE, person=replace(PERSON, email=None)), "third")

        self.refused(twice, kept, gone, Obstacle.SOMEBODY_ELSE)

    @pytest.mark.parametrize("which", [0, 1])
    def test_a_stale_form_is_refused(self, both, which):
        twice, kept, gone = both
        shown = twice.shown(kept), twice.shown(gone)
        record(twice).participation((kept, gone)[which], TODAY)

        with pytest.raises(ChangedMeanwhileError):
            twice.merge_shown(*shown)

        assert twice.store.contacts.find_reference(gone).contact.id == "gone"

    def test_a_place_that_was_given_up_meanwhile_makes_a_form_stale(self, both):
        twice, kept, gone = both
        shown = twice.shown(kept), twice.shown(gone)
        give_up_place("gone", "info", twice.store.rosters, NOW)

        with pytest.raises(ChangedMeanwhileError):
            twice.merge_shown(*shown)

    def test_the_same_form_twice_does_no_harm(self, both):
        twice, kept, gone = both
        shown = twice.shown(kept), twice.shown(gone)

        for _ in range(2):
            twice.merge_shown(*shown)

        assert twice.kinds().count(LetterKind.MERGED) == 1

    @pytest.mark.parametrize("erased", ["kept", "gone"])
    def test_nothing_is_done_with_who_is_being_deleted(self, both, erased):
        twice, kept, gone = both
        shown = twice.shown(kept), twice.shown(gone)
        erase_contact(erased, None, twice.store.contacts, NOW)

        with pytest.raises(UnknownReferenceError):
            twice.merge_shown(*shown)


@pytest.mark.engine
def test_more_than_one_transaction_takes_is_refused_and_notes_of_old_letters_are_left_out(table):
    twice = Twice(dynamo_store(*table))
    for number in range(20):
        twice.store.sessions.add(replace(INFORMATION, id=f"info-{number}"))
    kept = twice.ask()
    references = [twice.sign_up(BY_PHONE, "gone", f"info-{number}") for number in range(10)]

    with pytest.raises(CannotMergeError, match=Obstacle.TOO_MUCH):
        twice.merge(kept, references[0])
    for number in range(6):
        give_up_place("gone", f"info-{number}", twice.store.rosters, NOW)
    for letter in twice.letters("gone"):
        twice.store.outbox.void(letter)

    assert len(twice.merge(kept, references[0]).bookings) == 11
    assert {twice.store.contacts.find_reference(each).contact.id for each in references} == {"kept"}
