"""A letter that came back is marked once, and staff call in its place; what we cannot use changes nothing."""

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import jobs
from chalicelib.domain.booking import SignUp
from chalicelib.domain.letter import LEASE, LetterKind, LetterState
from chalicelib.mail.ses_events import returned_tag
from chalicelib.usecases.deliver_letters import deliver_letters
from chalicelib.usecases.list_letters import list_letters
from chalicelib.usecases.post_room import PostRoom
from chalicelib.usecases.record_call import record_call
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_up import sign_up
from chalicelib.usecases.take_back_letter import take_back_letter
from tests.examples import NOW, PERSON, REQUEST, by
from tests.fakes.deletions import FakeMonths
from tests.fakes.outbox import FakeOutbox, FakePost
from tests.fakes.sessions import fake_office, fake_rosters
from tests.fakes.store import FakeStore
from tests.letter_examples import INFORMATION, START, writer
from tests.ses_events import CAME_BACK, CHANGE_NOTHING, detail


class Case:
    """One request whose letters were sent; `say` is what SES says of the one to the resident."""

    def __init__(self, request=REQUEST, *, delivered=True):
        self.store, self.now, self.post = FakeStore(), NOW, FakePost()
        self.outbox, self.rosters = FakeOutbox(self.store), fake_rosters(self.store)
        self.office = fake_office(self.store)
        self.reference = request_appointment(request, self.office, "one", NOW).reference
        if delivered:
            self.deliver()

    def deliver(self):
        room = PostRoom(self.outbox, self.rosters, FakeMonths(self.store), writer().compose, self.post)
        return deliver_letters(room, lambda: self.now)

    def letter(self, kind):
        return next(each for each in self.store.letters.values() if each.kind is kind)

    def say(self, name="permanent bounce", kind=LetterKind.RECEIVED):
        tag = returned_tag(detail(name, self.letter(kind).tag))
        return jobs.take_back(tag, self.rosters.contacts, self.outbox, self.now)

    def listed(self):
        found = list_letters(self.outbox, self.rosters, self.now)
        return [(letter.state.value, letter.kind.value) for letter in found]


@pytest.mark.parametrize("name", CAME_BACK)
def test_a_letter_that_came_back_is_marked_and_staff_call_at_once(name):
    case = Case()
    case.now += timedelta(hours=3)

    assert case.say(name) == {"bounced": 1}

    assert case.listed() == [("bounced", "received")]
    assert case.deliver() == {"sent": 1}
    assert (case.post.sent[-1].kind, case.post.sent[-1].to) == ("staff_call", "desk@cai.example")


@pytest.mark.parametrize("name", CHANGE_NOTHING)
def test_a_letter_that_may_still_arrive_stays_as_it_is(name):
    case = Case()
    before = dict(case.store.letters)

    assert case.say(name) == {"ignored": 1}
    assert case.store.letters == before


def test_however_often_it_is_said_staff_call_once():
    case = Case()

    assert [case.say(), case.say(), case.say("complaint")] == [{"bounced": 1}, {"known": 1}, {"known": 1}]
    assert [each.kind for each in case.store.letters.values()].count(LetterKind.STAFF_CALL) == 1


def test_who_was_called_is_not_called_again_about_the_same_letter():
    case = Case()
    case.say()

    assert record_call(case.reference, case.outbox, case.now) == 1
    assert case.listed() == []
    assert case.say("complaint") == {"known": 1}
    assert case.listed() == []


def test_a_letter_that_was_sent_again_and_comes_back_again_is_listed_anew():
    case = Case()
    case.say()
    case.now += timedelta(days=1)
    case.outbox.resend(case.letter(LetterKind.RECEIVED), case.now)
    case.deliver()

    assert [case.say(), case.say()] == [{"bounced": 1}, {"known": 1}]
    assert case.listed() == [("bounced", "received")]
    assert [each.kind for each in case.store.letters.values()].count(LetterKind.STAFF_CALL) == 1


def test_an_event_quicker_than_the_answer_of_the_mail_service_is_right():
    case = Case(delivered=False)
    claimed = case.outbox.claim(case.letter(LetterKind.RECEIVED), NOW + LEASE)

    assert case.say() == {"bounced": 1}
    case.outbox.settle(claimed, LetterState.SENT, NOW)
    assert case.letter(LetterKind.RECEIVED).state is LetterState.BOUNCED


@pytest.mark.parametrize("state", [LetterState.FAILED, LetterState.BY_PHONE, LetterState.VOID])
def test_a_letter_that_staff_see_to_already_stays_so(state):
    case = Case()
    letter = case.letter(LetterKind.RECEIVED)
    case.store.letters = {"only": replace(letter, state=state)}

    assert case.say() == {"known": 1}


def test_a_letter_to_staff_that_came_back_is_listed_and_nobody_is_called():
    case = Case()

    assert case.say(kind=LetterKind.STAFF_REQUEST) == {"bounced": 1}
    assert case.listed() == [("bounced", "staff_request")]
    assert case.deliver() == {}


def test_a_letter_about_a_further_form_is_found():
    case = Case()
    case.now += timedelta(days=1)
    request_appointment(replace(REQUEST, attended=None), case.office, "two", case.now)
    case.deliver()
    further = next(each for each in case.store.letters.values() if each.about.startswith("CORRECTION#"))

    assert take_back_letter(further.tag, case.rosters.contacts, case.outbox, case.now) == "bounced"


@pytest.mark.parametrize("tag", ["7KQ2-M9XW_received_1", "staff_digest_1", "dpo_month_1_2026-11", "", "_", "\x00"])
def test_a_letter_that_nobody_knows_is_left_alone(tag):
    case = Case()

    assert take_back_letter(tag, case.rosters.contacts, case.outbox, case.now) == "unknown"


def test_a_letter_to_somebody_who_is_being_deleted_is_left_alone():
    case = Case()
    case.store.deleting["one"] = "asked"

    assert case.say() == {"unknown": 1}


def without(**missing):
    return detail("permanent bounce", "a-tag") | missing


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"eventType": "Bounce"},
        without(bounce=None),
        without(bounce=[]),
        without(eventType=None),
        without(mail=None),
        without(mail={"tags": None}),
        without(mail={"tags": {}}),
        without(mail={"tags": {"letter-id": []}}),
        without(mail={"tags": {"letter-id": [7]}}),
        [],
        None,
        "text",
    ],
)
def test_an_event_that_cannot_be_read_says_nothing(event):
    assert returned_tag(event) is None


def test_the_log_counts_and_names_nobody(caplog):
    case = Case()

    with caplog.at_level(logging.INFO, "cai.jobs"):
        case.say()

    assert [json.loads(line) for line in caplog.messages] == [{"job": "take_back", "bounced": 1}]


def test_a_reminder_that_came_back_is_a_call_until_the_place_is_given_up():
    case = Case()
    case.rosters.sessions.add(INFORMATION)
    sign_up(SignUp("info", PERSON), case.office, "two", case.now)
    case.now = START - timedelta(days=2)
    case.deliver()
    case.say(kind=LetterKind.REMINDER)

    assert ("bounced", "reminder") in case.listed()
    assert case.deliver() == {"sent": 1}
    case.now = START
    assert case.listed() == []


def test_without_a_phone_number_staff_read_that_nobody_can_be_reached():
    case = Case(by(REQUEST, phone=None))

    case.say()
    case.deliver()

    assert "injoignable" in case.post.sent[-1].subject
