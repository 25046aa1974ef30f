"""Due letters are claimed, written and handed over; what fails is tried again, shown as failed, or stops the run."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import BookingState, Refusal
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.errors import MailLaterError, MailRefusedError, MailStoppedError, UnreadableItemError
from chalicelib.domain.letter import (
    LEASE,
    LetterKind,
    LetterState,
    about_full_session,
    about_link,
    about_month,
    about_paper,
    with_sign_in,
)
from chalicelib.domain.papers import Certificate, CertificateKind
from chalicelib.domain.seats import refused_letters
from chalicelib.domain.session import SessionKind
from chalicelib.letters.message import Message
from chalicelib.usecases.deliver_letters import deliver_letters
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.post_room import PostRoom, matter_of
from chalicelib.usecases.request_appointment import request_appointment
from tests.examples import NOW, REQUEST
from tests.fakes.contacts import FakeContacts
from tests.fakes.deletions import FakeMonths
from tests.fakes.outbox import FakeOutbox, FakePost
from tests.fakes.sessions import FakeSessions, fake_office, fake_rosters
from tests.fakes.store import FakeStore
from tests.letter_examples import INFORMATION, sign_up


class Service:
    """A store with one request, a post that fails as told, and a clock that a test moves."""

    def __init__(self, *errors, compose=None):
        self.store, self.now, self.post = FakeStore(), NOW, FakePost(errors)
        office = fake_office(self.store)
        request_appointment(REQUEST, office, "one", NOW)
        self.room = PostRoom(
            FakeOutbox(self.store), fake_rosters(self.store), FakeMonths(self.store), compose or written, self.post
        )

    def deliver(self, after=timedelta()):
        self.now += after
        return deliver_letters(self.room, lambda: self.now)

    def states(self):
        return sorted(letter.state.value for letter in self.store.letters.values())


def written(letter, file):
    return Message(letter.id, letter.kind.value, "en", "to@example.org", "office@example.org", "S", "T", "<p>H</p>")


def test_each_due_letter_is_sent_once():
    service = Service()

    assert service.deliver() == {"sent": 2}
    assert service.deliver(timedelta(days=1)) == {}
    assert len({message.id for message in service.post.sent}) == len(service.post.sent) == 2


def test_a_letter_that_is_not_taken_waits_and_is_tried_again():
    service = Service(MailLaterError())

    assert service.deliver() == {"waiting": 1, "sent": 1}
    assert service.deliver(timedelta(seconds=59)) == {}
    assert service.deliver(timedelta(seconds=1)) == {"sent": 1}


def test_after_72_hours_a_letter_is_failed():
    service = Service(*[MailLaterError()] * 4)
    service.deliver()

    assert service.deliver(timedelta(hours=72)) == {"failed": 2}
    assert service.states() == ["failed", "failed", "waiting"]
    assert service.deliver() == {"sent": 1}
    assert [message.kind for message in service.post.sent] == ["staff_failed"]


def test_staff_are_told_once_of_a_letter_that_fails_again():
    service = Service(MailRefusedError())
    service.deliver()
    service.deliver()
    (failed,) = service.room.outbox.in_state(LetterState.FAILED)
    service.room.outbox.resend(failed, NOW)
    service.post.errors.append(MailRefusedError())

    assert service.deliver() == {"failed": 1}
    assert service.deliver() == {}
    assert [message.kind for message in service.post.sent].count("staff_failed") == 1


def test_a_letter_refused_for_good_is_failed_at_once():
    service = Service(MailRefusedError())

    assert service.deliver() == {"failed": 1, "sent": 1}


def test_of_a_letter_to_staff_that_failed_no_other_letter_tells():
    service = Service()
    service.deliver()
    for letter in list(service.store.letters.values()):
        service.store.letters.clear()
        service.store.promise([replace(letter, kind=LetterKind.STAFF_REQUEST, state=LetterState.WAITING)])
    service.post.errors.append(MailRefusedError())

    assert service.deliver() == {"failed": 1}
    assert service.deliver() == {}


def test_a_refused_account_stops_the_run_and_loses_no_letter():
    service = Service(MailStoppedError())

    with pytest.raises(MailStoppedError):
        service.deliver()
    assert service.states() == ["waiting", "waiting"]
    assert service.deliver() == {"sent": 2}


def test_a_letter_that_cannot_be_written_stops_no_other_and_fails_in_the_end():
    def broken(letter, file):
        if letter.kind == "received":
            raise KeyError("a template's mistake")
        return written(letter, file)

    service = Service(compose=broken)

    assert service.deliver() == {"waiting": 1, "sent": 1}
    assert service.deliver(timedelta(hours=72)) == {"failed": 1}


def test_a_contact_that_cannot_be_read_stops_no_other_letter(caplog):
    class Unreadable(FakeContacts):
        def read(self, contact_id):
            raise UnreadableItemError("CONTACT: KeyError")

    service = Service()
    service.room = replace(service.room, rosters=Rosters(Unreadable(service.store), FakeSessions(service.store)))

    assert service.deliver() == {"waiting": 2}
    assert [json.loads(each.message)["failure"] for each in caplog.records] == ["UnreadableItemError"] * 2
    assert service.deliver(timedelta(hours=72)) == {"failed": 2}


def test_a_letter_of_a_sender_that_died_goes_out_after_its_lease():
    service = Service()
    for letter in list(service.room.outbox.due(NOW)):
        service.room.outbox.claim(letter, NOW + LEASE)

    assert service.deliver() == {}
    assert service.deliver(LEASE) == {"sent": 2}


def test_a_letter_about_nobody_is_not_sent():
    service = Service()
    service.store.files.clear()

    assert service.deliver() == {"gone": 2}
    assert service.post.sent == []


def test_a_letter_whose_news_are_not_so_any_more_is_void():
    service = Service()
    service.store.letters.clear()
    promised, _ = sign_up(LetterKind.RESERVED)
    service.store.promise([replace(promised, contact_id="one")])

    assert service.deliver() == {"void": 1}
    assert service.deliver(timedelta(days=1)) == {}
    assert service.post.sent == []
    assert service.states() == ["void"]


def test_a_letter_about_a_session_is_written_from_it():
    service = Service(compose=lambda promised, matter: written(promised, matter.session.id))
    service.store.letters.clear()
    promised, matter = sign_up(LetterKind.RESERVED)
    service.store.files["one"] = matter.file
    service.store.sessions["info"] = matter.session
    service.store.promise([replace(promised, contact_id="one")])

    assert service.deliver() == {"sent": 1}


def told_of(*letters, **rest):
    """What each of these letters is written from."""
    subjects = []
    service = Service(compose=lambda promised, subject: subjects.append(subject) or written(promised, subject))
    service.store.letters.clear()
    service.store.sessions |= rest
    service.store.promise(letters)
    return service, subjects


def test_the_letter_about_a_month_is_written_from_its_numbers():
    service, subjects = told_of(about_month("2026-10", NOW))
    service.store.deletions["2026-10", "asked"] = 2

    assert service.deliver() == {"sent": 1}
    assert subjects == [MonthReport("2026-10", {"asked": 2}, 0)]


@pytest.mark.parametrize(("taken", "outcome"), [(2, "sent"), (1, "void")])
def test_staff_are_told_of_a_full_session_while_it_is_full(taken, outcome):
    session = replace(INFORMATION, waiting_max=0, taken=taken)
    service, subjects = told_of(about_full_session("info", 1, NOW), info=session)

    assert service.deliver() == {outcome: 1}
    assert subjects == [session] * (outcome == "sent")


def test_a_full_session_that_has_begun_is_no_news():
    session = replace(INFORMATION, waiting_max=0, taken=2)
    service, _ = told_of(about_full_session("info", 1, NOW), info=session)

    assert service.deliver(session.start - NOW) == {"void": 1}


@pytest.mark.parametrize("why", ["slot", None])
def test_a_refusal_is_written_from_the_slot_that_it_ends_if_there_was_one(why):
    slot = replace(INFORMATION, id="slot", kind=SessionKind.SLOT)
    service, subjects = told_of(slot=slot)
    file = service.store.files["one"]
    ended = replace(file.appointment, state=BookingState.CANCELLED, refused=Refusal.CONDITIONS, slot=why)
    service.store.files["one"] = replace(file, bookings=(ended,))
    service.store.promise(refused_letters(file.contact, ended, NOW))

    assert service.deliver() == {"sent": 1}
    assert subjects[0].session == (slot if why else None)


def test_why_a_letter_cannot_be_written_is_logged_without_what_it_says(caplog):
    def broken(letter, file):
        raise KeyError("Exempla Fictiva")

    service = Service(compose=broken)
    (letter, *_) = service.room.outbox.due(NOW)
    service.deliver()

    logged = [(each.name, each.levelname, json.loads(each.message)) for each in caplog.records]
    assert ("cai.letters", "ERROR", {"letter": letter.id, "failure": "KeyError"}) in logged


def test_a_letter_that_another_sender_has_taken_is_left_to_it():
    service = Service()
    claim = service.room.outbox.claim

    def late(letter, until):
        claim(letter, until)
        return claim(letter, until)

    service.room.outbox.claim = late

    assert service.deliver() == {"taken": 2}
    assert service.post.sent == []


def test_a_letter_that_is_just_being_sent_is_nobody_elses():
    service, due = Service(), []

    def looking(letter, file):
        due.append([each.id for each in service.room.outbox.due(NOW)])
        return written(letter, file)

    service.room = replace(service.room, compose=looking)
    service.deliver()

    assert [len(each) for each in due] == [1, 0]


def test_without_anybody_who_signs_in_no_link_is_mailed():
    service, _ = told_of(with_sign_in("ab" * 16, LetterState.WAITING, NOW))

    assert service.deliver() == {"gone": 1}


def test_a_certificate_is_written_from_who_gets_it():
    service = Service()
    file = service.store.files["one"]
    (letter,) = about_paper(Certificate(CertificateKind.ORIENTATION, NOW.date()), file.contact, "7KQ2-M9XW", NOW)

    assert matter_of(letter, service.room.rosters).file == file


def test_only_a_refusal_is_about_the_slot_that_it_ends():
    service = Service()
    file = service.store.files["one"]
    ended = replace(file.appointment, state=BookingState.CANCELLED, refused=Refusal.CONDITIONS, slot="slot")
    file = service.store.files["one"] = replace(file, bookings=(ended,))
    service.store.sessions["slot"] = replace(INFORMATION, id="slot", kind=SessionKind.SLOT)
    (letter,) = about_link(file.contact, "7KQ2-M9XW", NOW)

    assert matter_of(letter, service.room.rosters).session is None


def test_a_store_too_busy_for_one_letter_does_not_stop_the_others():
    service = Service()

    def written_while_busy(letter, file):
        service.store.busy = not service.post.sent
        return written(letter, file)

    service.room = replace(service.room, compose=written_while_busy)

    assert service.deliver() == {"busy": 1, "sent": 1}
    assert LetterState.SENT.value in service.states()
