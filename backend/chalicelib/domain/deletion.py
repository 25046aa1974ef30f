"""How the deletion day of a contact is set and moved, and the letters that say so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.booking import Contact, Person
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import Letter, LetterKind, about_deletion, with_call
from chalicelib.domain.retention import History, Retention

MERGED = "merged"  # why a contact goes that was put into another of the same person


@dataclass(frozen=True)
class MonthReport:
    """The deletions of a month such as 2026-11 by rule (or `asked`), and how many that are due have not happened."""

    month: str
    deletions: Mapping[str, int]
    overdue: int


def new_contact(
    contact_id: str, person: Person, sealed: bytes | None, history: History, retention: Retention
) -> Contact:
    return Contact(contact_id, person, sealed, history, retention.deletion_day(history), retention.rule(history))


def with_history(contact: Contact, history: History, retention: Retention) -> Contact:
    """The next version of a contact, with the deletion day that follows from its history."""
    return replace(
        contact,
        history=history,
        delete_on=retention.deletion_day(history),
        rule=retention.rule(history),
        version=contact.version + 1,
    )


def change_letters(before: Contact, after: Contact, reference: str, now: datetime) -> tuple[Letter, ...]:
    """What tells a new deletion day, where it is a new one."""
    if before.delete_on == after.delete_on:
        return ()
    return _telling(LetterKind.DELETION_DAY_CHANGED, after, reference, now)


def with_warning(
    contact: Contact, reference: str, retention: Retention, now: datetime
) -> tuple[Contact, tuple[Letter, ...]]:
    """The contact as warned of its deletion day, with what tells it, once that day is near; else as it is, without."""
    too_early = day_in_luxembourg(now) < retention.warning_day(contact.delete_on)
    if too_early or contact.warned_for == contact.delete_on:
        return contact, ()
    letters = _telling(LetterKind.DELETION_WARNING, contact, reference, now)
    return replace(contact, warned_for=contact.delete_on), letters


def _telling(kind: LetterKind, contact: Contact, reference: str, now: datetime) -> tuple[Letter, ...]:
    return with_call(about_deletion(kind, contact, reference, now))
