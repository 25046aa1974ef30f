"""What the use cases of the staff desk need of the store; `ports.py` has the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.domain.booking import Contact
from chalicelib.domain.desk import Deed, DeskSession, SignInLink
from chalicelib.domain.letter import Letter


@dataclass(frozen=True)
class Waiting:
    """A request, or what a further form said, that waits for the office since an aware moment."""

    contact_id: str
    reference: str
    since: datetime


@dataclass(frozen=True)
class Tray:
    """All that waits for staff, each oldest first: letters that failed, came back or are to be said by phone, requests
    that nobody has answered with a date, and what further forms said and nobody has confirmed.
    """

    letters: tuple[Letter, ...]
    requests: tuple[Waiting, ...]
    corrections: tuple[Waiting, ...]


@dataclass(frozen=True)
class Listed:
    """A contact with one of the references that lead to it."""

    contact: Contact
    reference: str


class Worklist(Protocol):
    """What waits for staff, read through the index: it may lag a moment behind. Raises StoreBusyError as Contacts does.

    Somebody whose data are being deleted may still be listed; `Contacts.read_together` tells.
    """

    def tray(self) -> Tray:
        """All that waits for staff, in one question."""

    def leaving(self, first: date, last: date) -> Iterator[Listed]:
        """The contacts that are to be deleted between two days, both included, by day."""

    def received(self, month: str) -> Mapping[str, int]:
        """How many forms came in a month such as 2026-11, in Luxembourg, by what they asked for, or CHANGES.

        Counted are those that are stored: one that was deleted meanwhile is not among them.
        """

    def named(self, beginning: str, most: int) -> Sequence[str]:
        """The ids of at most so many contacts whose surname, as `name_as_sought`, begins so, in its order."""

    def phoned(self, number: str) -> Sequence[str]:
        """The ids of the contacts with a phone number (E.164)."""

    def mailed(self, marks: Sequence[str]) -> Sequence[str]:
        """The ids of the contacts who are filed under one of the marks of a mail address."""

    def listed(self, contact_ids: Sequence[str]) -> Sequence[Listed]:
        """Those of them that are there and not being deleted, in the same order; none that cannot be read."""


class SignIns(Protocol):
    """Links and sessions of staff. Each write is one transaction; StoreBusyError as in Contacts."""

    def ask(self, link: SignInLink, letter: Letter) -> None:
        """Keeps a link with the letter that mails it. Raises TakenError when there is one with its nonce."""

    def link(self, nonce: str) -> SignInLink | None:
        """The link as it is now."""

    def enter(self, link: SignInLink, session: DeskSession, deed: Deed) -> None:
        """Uses up a link and opens a session, with its line in the audit. Raises TakenError for a used link."""

    def session(self, mark: str) -> DeskSession | None:
        """The session as it is now."""

    def end(self, mark: str, deed: Deed) -> None:
        """Ends a session, with its line in the audit. Raises TakenError when it has ended or is gone."""


class Audit(Protocol):
    """What staff did, kept for a year; nothing is ever changed. StoreBusyError as in Contacts."""

    def note(self, deed: Deed) -> None:
        """Adds a line."""

    def newest(self, month: str, most: int, now: datetime) -> Sequence[Deed]:
        """At most so many lines of a month such as 2026-11 (in UTC), newest first; none that is older than a year."""
