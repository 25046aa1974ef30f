"""After a restore whoever was erased before is erased again, and nobody else."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.errors import StoreBusyError
from chalicelib.usecases.erase_again import erase_again
from tests.fakes.deletions import FakeDeletions, FakeLedger
from tests.unit.test_mark_attendance import Desk


def restored(*erased):
    """A store that holds two people, and a ledger that says who was erased."""
    desk, ledger = Desk(), FakeLedger()
    for who in ("ada", "ben"):
        desk.asked(who)
    for who in erased:
        ledger.note(who, date(2026, 11, 20))
    return desk, ledger


def test_who_was_erased_and_has_come_back_is_deleted_by_the_next_run():
    desk, ledger = restored("ada", "zoe", "gone for good")
    late_evening = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    assert erase_again(desk.office.contacts, ledger, late_evening) == 3

    assert (desk.file("ada"), desk.file("ben") is None) == (None, False)
    deletions = FakeDeletions(desk.store)
    assert list(deletions.due(date(2026, 11, 21))) == []
    assert [due.contact_id for due in deletions.due(date(2026, 11, 22))] == ["ada"]


def test_where_nobody_was_erased_nobody_goes():
    desk, ledger = restored()

    assert erase_again(desk.office.contacts, ledger, datetime(2026, 11, 21, tzinfo=UTC)) == 0
    assert desk.file("ada") and desk.file("ben")


def test_a_store_that_is_busy_is_not_taken_for_done():
    desk, ledger = restored("ada")
    desk.store.busy = 1

    with pytest.raises(StoreBusyError):
        erase_again(desk.office.contacts, ledger, datetime(2026, 11, 21, tzinfo=UTC))
