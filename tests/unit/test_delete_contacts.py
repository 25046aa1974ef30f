"""A deletion run counts what it did, tells the ledger the day in Luxembourg, and leaves nothing for want of another."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.errors import StoreBusyError
from chalicelib.usecases.delete_contacts import delete_contacts
from tests.fakes.deletions import FakeDeletions, FakeLedger
from tests.store.examples import correction
from tests.unit.test_mark_attendance import Desk

TODAY = date(2026, 11, 22)
LATE_EVENING = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # the 22nd in Luxembourg


class Office(Desk):
    """Three people, of whom two asked to be forgotten."""

    def __init__(self):
        super().__init__()
        self.deletions, self.ledger = FakeDeletions(self.store), FakeLedger()
        for who in ("ada", "ben", "cyd"):
            self.asked(who)
        for who in ("ada", "ben"):
            self.office.contacts.ask_deletion(who, TODAY)

    def run(self, **options):
        return delete_contacts(self.deletions, self.back.rosters, self.ledger, LATE_EVENING, **options)


@pytest.fixture
def desk():
    return Office()


def test_what_was_deleted_is_counted_and_the_ledger_knows_the_day_in_luxembourg(desk):
    assert desk.run() == {"deleted": 2}
    assert desk.ledger.noted == {"ada": TODAY, "ben": TODAY}
    assert (set(desk.store.files), desk.run()) == ({"cyd"}, {})


def test_a_run_that_only_looks_counts_and_deletes_nothing(desk):
    assert desk.run(dry_run=True) == {"due": 2}
    assert set(desk.store.files) == {"ada", "ben", "cyd"}


def test_what_fails_is_counted_and_hinders_no_other(desk):
    desk.ledger.busy = 1

    assert desk.run() == {"failed": 1, "deleted": 1}
    desk.office.contacts.ask_deletion("cyd", TODAY)
    desk.ledger.busy = 2
    assert desk.run() == {"failed": 2}
    assert desk.run() == {"deleted": 2}


def test_what_could_not_be_swept_away_is_counted(desk):
    def busy():
        raise StoreBusyError("as asked for")

    desk.deletions.sweep = busy
    desk.ledger.busy = 1

    assert desk.run() == {"deleted": 1, "failed": 2}


def test_a_further_form_that_was_withdrawn_is_counted_apart(desk):
    desk.office.contacts.correct("cyd", correction("REF-new"), ())
    desk.office.contacts.ask_removal("cyd", "REF-new", TODAY)

    assert desk.run() == {"deleted": 2, "corrections removed": 1}
    assert desk.file("cyd").corrections == ()


def test_what_somebody_else_has_just_removed_is_not_counted_as_deleted(desk):
    desk.deletions.begin = lambda due, today: False

    assert desk.run() == {"not due any more": 2}
