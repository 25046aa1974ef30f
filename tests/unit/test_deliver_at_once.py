"""The stream tells of new letters, and tells again from the first one where nothing could be sent."""

from dataclasses import replace

from chalicelib import jobs
from chalicelib.domain.errors import MailLaterError, MailStoppedError, StoreBusyError
from tests.fakes.outbox import FakeOutbox
from tests.unit.test_deliver_letters import Service

AGAIN = {"batchItemFailures": [{"itemIdentifier": "7"}]}
DONE = {"batchItemFailures": []}


class BusyOutbox(FakeOutbox):
    def due(self, now):
        raise StoreBusyError

    def claim(self, letter, until):
        raise StoreBusyError


class BusyClaims(BusyOutbox):
    due = FakeOutbox.due


def told(service, outbox=None):
    room = replace(service.room, outbox=outbox) if outbox else service.room
    return jobs.deliver_at_once(room, lambda: service.now, ["7", "8"])


def test_what_is_due_is_sent_and_nothing_has_to_be_told_again():
    service = Service()

    assert told(service) == DONE
    assert len(service.post.sent) == 2


def test_a_letter_that_waits_for_its_next_time_is_not_told_again():
    assert told(Service(MailLaterError())) == DONE


def test_while_our_account_is_refused_it_is_told_again():
    service = Service(MailStoppedError())

    assert told(service) == AGAIN
    assert told(service) == DONE


def test_while_the_table_does_not_answer_it_is_told_again():
    service = Service()

    assert told(service, BusyOutbox(service.store)) == AGAIN


def test_while_the_table_is_too_busy_for_a_letter_it_is_told_again():
    service = Service()

    assert told(service, BusyClaims(service.store)) == AGAIN
    assert service.post.sent == []
