"""Deletes each contact on the day that was promised, and what a resident asked to have removed."""

from collections import Counter
from datetime import datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import StoreBusyError, TakenError, UnreadableItemError
from chalicelib.usecases.give_up_place import Rosters, leave_sessions
from chalicelib.usecases.ports import Deletions, Due, Ledger

Counts = dict[str, int]


def delete_contacts(
    deletions: Deletions, rosters: Rosters, ledger: Ledger, now: datetime, *, dry_run: bool = False
) -> Counts:
    """Deletes what is due by the day that it is in Luxembourg at the aware `now`, and counts it.

    Every step may be cut off and repeated. What fails is counted, does not stop the rest, and is tried again by the
    next run. A dry run only counts.
    """
    today = day_in_luxembourg(now)
    counts: Counter[str] = Counter()
    for due in deletions.due(today):
        counts["due" if dry_run else _outcome(due, deletions, rosters, ledger, now)] += 1
    if not dry_run and not _is_swept(deletions):
        counts["failed"] += 1
    return dict(counts)


def _is_swept(deletions: Deletions) -> bool:
    try:
        deletions.sweep()
    except StoreBusyError:
        return False
    return True


def _outcome(due: Due, deletions: Deletions, rosters: Rosters, ledger: Ledger, now: datetime) -> str:
    try:
        return _delete(due, deletions, rosters, ledger, now)
    except (StoreBusyError, TakenError, UnreadableItemError):
        return "failed"


def _delete(due: Due, deletions: Deletions, rosters: Rosters, ledger: Ledger, now: datetime) -> str:
    today = day_in_luxembourg(now)
    if not deletions.begin(due, today):
        return "not due any more"
    if due.correction is None:
        leave_sessions(due.contact_id, rosters, now)
    deletions.clear(due)
    if due.correction is None:
        # Before the end: a restore must know of each contact that is gone, and may know of one that is about to go.
        for erased in deletions.erased_ids(due):
            ledger.note(erased, today)
    deletions.finish(due, f"{today:%Y-%m}")
    return "corrections removed" if due.correction else "deleted"
