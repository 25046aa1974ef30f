"""Warns each person whose contact will soon be deleted, once for each deletion day."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import with_warning
from chalicelib.domain.errors import StoreBusyError, TakenError, UnreadableItemError
from chalicelib.domain.retention import Retention
from chalicelib.usecases.contact_ports import Contacts

Counts = dict[str, int]


def remind_of_deletion(contacts: Contacts, retention: Retention, now: datetime) -> Counts:
    """Promises the warnings that are due by the aware `now`, also those of weeks in which nobody looked.

    A contact that cannot be read or was changed meanwhile is counted and left for the next run.
    """
    today = day_in_luxembourg(now)
    counts: Counter[str] = Counter()
    for contact_id in contacts.unwarned(today, today + retention.warning):
        try:
            counts["warned"] += _warn(contact_id, contacts, retention, now)
        except (StoreBusyError, TakenError, UnreadableItemError) as left:
            counts[f"left: {type(left).__name__}"] += 1
    return dict(counts)


def _warn(contact_id: str, contacts: Contacts, retention: Retention, now: datetime) -> bool:
    known = contacts.read(contact_id)
    if known is None:
        return False
    next_version = replace(known.contact, version=known.contact.version + 1)
    after, letters = with_warning(next_version, known.reference, retention, now)
    if not letters:
        return False
    contacts.amend(after, letters, day_in_luxembourg(now))
    return True
