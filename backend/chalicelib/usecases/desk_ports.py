"""What the use cases of the staff desk need of the store; `ports.py` has the rest."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.domain.booking import Contact


@dataclass(frozen=True)
class Waiting:
    """A request, or what a further form said, that waits for the office since an aware moment."""

    contact_id: str
    reference: str
    since: datetime


@dataclass(frozen=True)
class Leaving:
    """A contact with the day in Luxembourg by which it is deleted; `reference` is one of those that lead to it."""

    contact: Contact
    reference: str


class Worklist(Protocol):
    """What waits for staff, read through the index: it may lag a moment behind. Raises StoreBusyError as Contacts does.

    Somebody whose data are being deleted may still be listed; `people` tells.
    """

    def requests(self) -> Iterator[Waiting]:
        """The requests that nobody has answered with a date, oldest first."""

    def corrections(self) -> Iterator[Waiting]:
        """What further forms said and nobody has confirmed, oldest first."""

    def leaving(self, first: date, last: date) -> Iterator[Leaving]:
        """The contacts that are to be deleted between two days, both included, by day."""

    def people(self, contact_ids: Collection[str]) -> Mapping[str, Contact | None]:
        """The contacts that are there and not being deleted, as they are now; None for one that cannot be read."""
