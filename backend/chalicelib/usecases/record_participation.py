"""Records what staff know of a contact: took part in the information session, signed, began the first measure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from chalicelib.domain.days import Attended
from chalicelib.domain.errors import UnknownReferenceError
from chalicelib.domain.retention import History, Retention
from chalicelib.usecases.move_deletion_day import move_deletion_day
from chalicelib.usecases.ports import Contacts
from chalicelib.usecases.settle import settle


def record_participation(reference: str, day: date, contacts: Contacts, retention: Retention, now: datetime) -> date:
    """The new deletion day, once it is stored that the person took part on `day`; this overrides what they claimed.

    `now` is aware. Raises UnknownReferenceError where no contact has the reference, StoreBusyError when the store
    stays busy; likewise the others.
    """
    attended = Attended(day.year, day.month, day.day)
    return _record(
        reference, lambda known: replace(known, attended=attended, attended_recorded=True), contacts, retention, now
    )


def record_signature(reference: str, day: date, contacts: Contacts, retention: Retention, now: datetime) -> date:
    """The new deletion day, once it is stored that the contract was signed on `day`."""
    return _record(reference, lambda known: replace(known, signed_on=day), contacts, retention, now)


def record_first_measure(reference: str, day: date, contacts: Contacts, retention: Retention, now: datetime) -> date:
    """The new deletion day, once it is stored that the first measure began on `day`, which starts the two years."""
    return _record(reference, lambda known: replace(known, first_measure_on=day), contacts, retention, now)


def _record(
    reference: str, change: Callable[[History], History], contacts: Contacts, retention: Retention, now: datetime
) -> date:
    def attempt() -> date:
        known = contacts.find_reference(reference)
        if known is None:
            raise UnknownReferenceError(reference)
        history = change(known.contact.history)
        if history != known.contact.history:
            move_deletion_day(known, history, contacts, retention, now)
        return retention.deletion_day(history)

    return settle(attempt)
