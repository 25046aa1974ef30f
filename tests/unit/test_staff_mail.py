"""Staff never get more than twenty mails of their own an hour; the others come together, each told once."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from chalicelib.domain.booking import SignUp
from chalicelib.domain.errors import ConfigurationError, MailLaterError, MailRefusedError, MailStoppedError
from chalicelib.domain.letter import LEASE, LetterKind, LetterState, about_full_session
from chalicelib.programme.staff_mail import digest_times
from chalicelib.usecases.deliver_digests import LETTERS_IN_A_DIGEST
from chalicelib.usecases.deliver_letters import deliver_letters
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.limit_staff_mail import StaffMail, next_digest
from chalicelib.usecases.post_room import PostRoom
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_up import sign_up
from tests.examples import NOW, OFFICE_MAIL, PERSON, REQUEST, by
from tests.fakes.deletions import FakeMonths
from tests.fakes.limits import FakeLimits
from tests.fakes.outbox import FakeOutbox, FakePost
from tests.fakes.sessions import fake_office, fake_rosters
from tests.fakes.store import FakeStore
from tests.letter_examples import INFORMATION, START, writer

HOUR = timedelta(hours=1)
NEXT_HOUR = datetime(2026, 11, 21, 10, tzinfo=UTC)
TWICE_A_DAY = (time(14), time(9))


class DiedError(BaseException):
    """The process is gone."""


class Service:
    """An office whose mailbox fills up, and a post that fails as told."""

    def __init__(self, *errors, times=()):
        self.store, self.now, self.post = FakeStore(), NOW, FakePost(errors)
        self.office, self.outbox = fake_office(self.store), FakeOutbox(self.store)
        self.rosters = fake_rosters(self.store)
        self.room = PostRoom(
            self.outbox,
            self.rosters,
            FakeMonths(self.store),
            writer().compose,
            self.post,
            StaffMail(FakeLimits(), times),
            writer(),
        )
        self.references = []

    def ask(self, number=1):
        for _ in range(number):
            who = f"p{len(self.references)}"
            request = by(REQUEST, first_name=who, email=f"{who}@example.org", phone=None)
            self.references.append(request_appointment(request, self.office, who, self.now).reference)

    def deliver(self, after=timedelta()):
        self.now += after
        return deliver_letters(self.room, lambda: self.now)

    def at(self, moment):
        self.now = moment
        return self.deliver()

    def sent(self, kind):
        return [message for message in self.post.sent if message.kind == kind]

    def told(self):
        """How often each reference was told, by itself or in the list at the head of a digest."""
        alone = [
            reference
            for reference in self.references
            for each in self.sent("staff_request")
            if reference in each.subject
        ]
        listed = [
            reference
            for reference in self.references
            for each in self.sent("staff_digest")
            for line in each.text.split("=====")[0].splitlines()
            if line.startswith(f"- CAI {reference}")
        ]
        return Counter(alone + listed)


def test_of_a_hundred_requests_twenty_come_alone_and_the_others_together():
    service = Service()
    service.ask(100)

    counts = service.deliver()
    assert (counts["sent"], counts["gathered"]) == (120, 80)
    assert len(service.sent("staff_request")) == 20
    assert service.sent("staff_digest") == []

    assert service.at(NEXT_HOUR) == {"sent": 80}
    assert len(service.sent("staff_request")) == 20
    assert len(service.sent("staff_digest")) == -(-80 // LETTERS_IN_A_DIGEST)
    assert service.told() == Counter(service.references)
    assert service.deliver(HOUR) == {}


def test_whatever_comes_late_in_the_hour_waits_for_its_end_too():
    service = Service()
    service.ask(21)
    service.deliver()
    service.now = NEXT_HOUR - timedelta(seconds=1)
    service.ask(4)

    assert service.deliver() == {"sent": 4, "gathered": 4}
    assert service.deliver(timedelta(seconds=1)) == {"sent": 5}
    assert service.told() == Counter(service.references)


def test_the_next_hour_begins_anew():
    service = Service()
    service.ask(25)
    service.deliver()
    service.now = NEXT_HOUR
    service.ask(20)

    service.deliver()

    assert len(service.sent("staff_request")) == 40
    assert service.told() == Counter(service.references)


def test_tries_that_failed_count_as_well():
    service = Service(*[MailLaterError()] * 100)
    service.ask(25)
    service.deliver()
    service.post.errors.clear()

    service.deliver(timedelta(minutes=5))

    assert service.sent("staff_request") == []
    service.at(NEXT_HOUR)
    assert service.told() == Counter(service.references)


def test_letters_to_residents_are_not_limited():
    service = Service()
    service.ask(60)
    service.deliver()

    assert len(service.sent("received")) == 60


def test_a_second_copy_of_a_digest_has_the_same_id_and_tells_the_same():
    class Dying(FakeOutbox):
        def settle_all(self, outcomes):
            raise DiedError

    service = Service()
    service.ask(23)
    service.deliver()
    alive = service.room
    service.room = replace(alive, outbox=Dying(service.store))
    with pytest.raises(DiedError):
        service.at(NEXT_HOUR)
    service.room = alive
    service.ask(30)

    assert service.deliver(LEASE)["sent"] == 53
    first, second = service.sent("staff_digest")
    assert (first.id, first.text) == (second.id, second.text)


def test_a_digest_that_is_not_taken_is_tried_again_with_the_same_id():
    service = Service()
    service.ask(25)
    service.deliver()
    service.post.errors.append(MailLaterError())

    assert service.at(NEXT_HOUR) == {"waiting": 5}
    assert service.deliver(timedelta(minutes=1)) == {"sent": 5}


def test_a_digest_that_is_refused_has_failed_and_its_letters_are_shown():
    service = Service()
    service.ask(22)
    service.deliver()
    service.post.errors.append(MailRefusedError())

    assert service.at(NEXT_HOUR) == {"failed": 2}
    assert len(list(service.outbox.in_state(LetterState.FAILED))) == 2


def test_a_refused_account_stops_the_run_and_loses_no_letter():
    service = Service()
    service.ask(22)
    service.deliver()
    service.post.errors.append(MailStoppedError())

    with pytest.raises(MailStoppedError):
        service.at(NEXT_HOUR)
    assert service.deliver(timedelta(minutes=1)) == {"sent": 2}


def test_a_digest_that_is_just_being_sent_is_nobody_elses():
    service, due = Service(), []

    class Looking:
        section = staticmethod(writer().section)

        def digest(self, mail_id, sections):
            due.extend(service.outbox.due(service.now))
            return writer().digest(mail_id, sections)

    service.ask(22)
    service.deliver()
    service.room = replace(service.room, digests=Looking())

    assert service.at(NEXT_HOUR) == {"sent": 2}
    assert due == []


def test_a_digest_that_cannot_be_written_is_logged_and_tried_again(caplog):
    class Broken:
        section = staticmethod(writer().section)

        def digest(self, mail_id, sections):
            raise KeyError("a template's mistake")

    service = Service()
    service.ask(22)
    service.deliver()
    alive = service.room
    service.room = replace(alive, digests=Broken())

    assert service.at(NEXT_HOUR) == {"waiting": 2}
    assert [json.loads(each.message)["failure"] for each in caplog.records] == ["KeyError"] * 2
    service.room = alive
    assert service.deliver(timedelta(minutes=1)) == {"sent": 2}


def test_that_a_session_is_full_is_told_at_the_times_of_the_digest():
    service = Service(times=TWICE_A_DAY)
    service.rosters.sessions.add(replace(INFORMATION, waiting_max=0, taken=2))
    service.store.promise([about_full_session("info", 1, NOW)])

    assert service.deliver() == {"gathered": 1}
    assert service.at(datetime(2026, 11, 21, 13, tzinfo=UTC)) == {"sent": 1}


def test_one_letter_that_cannot_be_written_stops_no_other(caplog):
    service = Service()
    service.ask(23)
    service.deliver()
    gathered = [each for each in service.store.letters.values() if each.gathered]

    class Broken:
        def section(self, letter, subject):
            if letter == replace(gathered[0], due_at=letter.due_at, attempts=letter.attempts):
                raise KeyError("a template's mistake")
            return writer().section(letter, subject)

        digest = staticmethod(writer().digest)

    service.room = replace(service.room, digests=Broken())

    assert service.at(NEXT_HOUR) == {"sent": 2, "waiting": 1}
    assert [json.loads(each.message)["failure"] for each in caplog.records] == ["KeyError"]


def test_what_is_not_so_any_more_is_left_out():
    service = Service(times=TWICE_A_DAY)
    service.rosters.sessions.add(INFORMATION)
    sign_up(SignUp("info", PERSON), service.office, "one", NOW)
    service.deliver()
    give_up_place("one", "info", service.rosters, NOW)
    service.deliver()

    service.at(NOW + timedelta(days=1))

    (digest,) = service.sent("staff_digest")
    assert "inscription" not in digest.text and "place libérée" in digest.text


def test_of_somebody_who_is_being_deleted_nothing_is_told():
    service = Service(times=TWICE_A_DAY)
    service.ask(1)
    service.deliver()
    service.store.deleting["p0"] = "asked"

    assert service.at(NOW + timedelta(days=1)) == {"void": 1}
    assert service.sent("staff_digest") == []


def test_the_office_may_choose_a_digest_at_its_times():
    service = Service(times=TWICE_A_DAY)
    service.ask(3)

    assert service.deliver() == {"sent": 3, "gathered": 3}
    assert service.at(datetime(2026, 11, 21, 12, 59, tzinfo=UTC)) == {}
    assert service.at(datetime(2026, 11, 21, 13, tzinfo=UTC)) == {"sent": 3}
    assert service.sent("staff_request") == []
    assert service.told() == Counter(service.references)


@pytest.mark.parametrize(("hours", "kinds"), [(47, ["staff_call"]), (49, [])], ids=["in two days", "later"])
def test_a_call_before_a_session_in_two_days_goes_alone(hours, kinds):
    service = Service(times=TWICE_A_DAY)
    service.rosters.sessions.add(INFORMATION)
    service.now = START - timedelta(hours=hours)
    sign_up(SignUp("info", replace(PERSON, email=None)), service.office, "one", service.now)
    give_up_place("one", "info", service.rosters, service.now)

    service.deliver()

    assert [message.kind for message in service.post.sent] == kinds


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-21T07:59:59+00:00", "2026-11-21T08:00:00+00:00"),
        ("2026-11-21T08:00:00+00:00", "2026-11-21T13:00:00+00:00"),
        ("2026-11-21T13:00:00+00:00", "2026-11-22T08:00:00+00:00"),
        ("2026-11-21T23:30:00+00:00", "2026-11-22T08:00:00+00:00"),
        ("2027-03-27T20:00:00+00:00", "2027-03-28T07:00:00+00:00"),
        ("2026-10-24T20:00:00+00:00", "2026-10-25T08:00:00+00:00"),
    ],
    ids=["in a second", "just then", "tomorrow", "after midnight", "summer time begins", "summer time ends"],
)
def test_a_digest_comes_at_the_same_time_of_each_day_in_luxembourg(now, expected):
    assert next_digest(TWICE_A_DAY, datetime.fromisoformat(now)) == datetime.fromisoformat(expected)


def test_a_time_right_after_midnight_in_luxembourg_is_on_the_next_day_there():
    after_midnight = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    assert next_digest([time(0, 15)], after_midnight) == datetime(2026, 11, 22, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mail", "times", "expected"),
    [
        ("each", "", ()),
        ("digest", "09:00 14:00", (time(9), time(14))),
        ("digest", "7:5", None),
        ("digest", "", None),
        ("never", "09:00", None),
    ],
)
def test_the_facts_say_how_the_office_wants_its_mail(mail, times, expected):
    facts = writer(staff__mail=mail, staff__digest_times=times).facts

    if expected is None:
        with pytest.raises(ConfigurationError, match=r"facts\.toml: staff\."):
            digest_times(facts)
    else:
        assert digest_times(facts) == expected


def test_the_subject_of_a_digest_names_nobody():
    service = Service(times=TWICE_A_DAY)
    service.ask(1)
    service.deliver()
    service.at(NOW + timedelta(days=1))
    (digest,) = service.sent("staff_digest")

    assert digest.subject == "CAI\u00a0: plusieurs messages en un e-mail (1)"
    assert (digest.to, digest.reply_to) == ("desk@cai.example", OFFICE_MAIL)
    assert digest.id.startswith("staff_digest.")


def test_a_letter_of_a_digest_tells_what_it_tells_alone_but_for_the_reply():
    service, other = Service(times=TWICE_A_DAY), Service()
    for each in (service, other):
        each.ask(1)
        each.deliver()
    service.at(NOW + timedelta(days=1))
    (digest,), (single,) = service.sent("staff_digest"), other.sent("staff_request")
    body = single.text.split("\n\n", 1)[1].strip().splitlines()

    missing = [line for line in body if line not in digest.text]

    assert all("répond" in line or "effacer cet e-mail" in line for line in missing)
    assert digest.text.count("Veuillez effacer cet e-mail") == 1


def test_a_digest_has_one_title_and_the_headings_of_each_letter_below_its_own():
    service = Service(times=TWICE_A_DAY)
    service.ask(2)
    service.deliver()
    service.at(NOW + timedelta(days=1))
    (digest,) = service.sent("staff_digest")

    assert digest.html.count("<h1") == 1
    assert digest.html.count("<h2") == digest.html.count("<h3") == 2
    assert digest.html.count("<html") == 1


def test_what_somebody_typed_is_escaped_in_a_digest():
    service = Service(times=TWICE_A_DAY)
    request_appointment(by(REQUEST, first_name="<b>x</b>"), service.office, "one", NOW)
    service.deliver()
    service.at(NOW + timedelta(days=1))

    assert "<b>x" not in service.sent("staff_digest")[0].html
    assert LetterKind.STAFF_REQUEST.value not in service.sent("staff_digest")[0].text
