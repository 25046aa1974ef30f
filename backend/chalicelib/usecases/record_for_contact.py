"""Records what staff know of a contact: took part in the information session, signed, began the first measure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain.errors import UnknownReferenceError
from chalicelib.domain.retention import History, Retention
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.move_deletion_day import move_deletion_day
from chalicelib.usecases.settle import settle


@dataclass(frozen=True)
class Records:
    """What staff record about contacts, each found by a reference; a day is one in Luxembourg.

    Each answers with the deletion day that follows. All raise UnknownReferenceError where no contact has the
    reference, and StoreBusyError when the store stays busy.
    """

    contacts: Contacts
    retention: Retention
    clock: Callable[[], datetime]

    def participation(self, reference: str, day: date) -> date:
        """The person took part in an information session on `day`, whatever they claimed."""
        return self._record(reference, lambda known: known.took_part(day))

    def signature(self, reference: str, day: date) -> date:
        """The person signed the contract on `day`."""
        return self._record(reference, lambda known: replace(known, signed_on=day))

    def first_measure(self, reference: str, day: date) -> date:
        """The first measure began on `day`, which starts the two years (fact sheet, duration)."""
        return self._record(reference, lambda known: replace(known, first_measure_on=day))

    def _record(self, reference: str, change: Callable[[History], History]) -> date:
        return settle(lambda: self._attempt(reference, change))

    def _attempt(self, reference: str, change: Callable[[History], History]) -> date:
        known = self.contacts.find_reference(reference)
        if known is None:
            raise UnknownReferenceError(reference)
        history = change(known.contact.history)
        if history != known.contact.history:
            move_deletion_day(known, history, self.contacts, self.retention, self.clock())
        return self.retention.deletion_day(history)
