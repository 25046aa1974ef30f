"""What the use cases need of the world; storage/, mail/ and the fakes of the tests provide it.

Contacts, sessions and the desk have modules of their own beside this.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.letters.message import Message
from chalicelib.usecases.session_ports import Count


@dataclass(frozen=True)
class Due:
    """Something to delete: a whole contact, or one correction of it."""

    contact_id: str
    correction: str | None = None


class Deletions(Protocol):
    """What is to be deleted, and its end. Each step may be repeated after a crash; StoreBusyError as in Contacts."""

    def due(self, today: date) -> Iterator[Due]:
        """What is to be deleted by today, oldest first, also of days on which nobody looked."""

    def begin(self, due: Due, today: date) -> bool:
        """Marks a contact as being deleted; False when it is gone, or not due any more."""

    def clear(self, due: Due) -> None:
        """Deletes in chunks what belongs to a contact: bookings, corrections, letters, references."""

    def finish(self, due: Due, month: str) -> None:
        """Deletes a contact with its marks and counts it, in one transaction; or a correction with its letters."""

    def sweep(self) -> None:
        """Deletes what other functions could only remove, such as seats that were left and marks of an earlier name."""

    def erased_ids(self, due: Due) -> Collection[str]:
        """What a restore has to know of a contact that is about to go: its id, and those of the contacts put into it.

        None of one that was put into another: who it was is not erased.
        """

    def oldest_overdue(self, today: date) -> date | None:
        """The oldest deletion day before today of a contact that is still there."""


class Ledger(Protocol):
    """Ids of erased contacts, outside the table and kept longer than its backups, to be replayed after a restore."""

    def note(self, contact_id: str, erased_on: date) -> None:
        """Adds an id; adding it twice does no harm. Raises StoreBusyError when it was not kept."""

    def erased(self) -> Iterator[str]:
        """Every id that is still noted, in any order."""


class Months(Protocol):
    """Counts of a month without people."""

    def read(self, month: str, today: date) -> MonthReport:
        """The deletions of a month such as 2026-11, and how many contacts should be gone by today and are not."""

    def promise(self, letter: Letter) -> bool:
        """Promises the letter about a month; False when it was promised before."""


@dataclass(frozen=True)
class Outcome:
    """What became of a claimed letter."""

    letter: Letter
    state: LetterState
    due_at: datetime


class Outbox(Protocol):
    """Letters that were promised and their states. Raises StoreBusyError as Contacts does."""

    def due(self, now: datetime) -> Iterator[Letter]:
        """The waiting letters whose time has come, oldest first, also those of days on which nobody looked."""

    def claim(self, letter: Letter, until: datetime) -> Letter | None:
        """Takes a due letter until then and counts the attempt; None when somebody else was quicker or it is gone."""

    def settle(self, claimed: Letter, state: LetterState, due_at: datetime) -> None:
        """Says what became of a claimed letter; `due_at` counts while it waits. A lost claim says nothing."""

    def fail(self, claimed: Letter, report: Letter, now: datetime) -> None:
        """Ends a claimed letter that failed for good, with what tells staff, once. A lost claim says nothing."""

    def gather(self, claimed: Letter, until: datetime) -> None:
        """Lets a claimed letter wait until then, to be told with others. A lost claim says nothing."""

    def claim_all(self, letters: Sequence[Letter], until: datetime) -> tuple[Letter, ...] | None:
        """Takes due letters as `claim` does, at most 100, all of them or none."""

    def settle_all(self, outcomes: Sequence[Outcome]) -> None:
        """Says what became of letters claimed together, in one transaction; of a lost claim each of the others."""

    def take_back(self, letter: Letter, call: Letter | None) -> None:
        """Marks a letter as bounced and promises the call in its place, in one transaction.

        Raises TakenError when somebody changed the letter since it was read, or it is gone.
        """

    def in_state(self, *states: LetterState) -> Iterator[Letter]:
        """The letters in some of the states that staff see to, oldest first: failed, came back, to be said by phone."""

    def resend(self, letter: Letter, now: datetime) -> bool:
        """Lets a letter that failed or came back wait anew from `now`; False when it is not as it was read any more."""

    def told(self, letter: Letter) -> bool:
        """Ends a letter that was said by phone as it was read; False when that was done before."""

    def postpone(self, letter: Letter, until: datetime) -> bool:
        """Counts a call that did not tell a letter and asks for it again then; False when somebody else saw to it."""

    def void(self, letter: Letter) -> bool:
        """Ends a letter whose news are not so any more; False when somebody else changed it since it was read."""

    def oldest_unsent(self, now: datetime) -> datetime | None:
        """Since when the oldest waiting letter waits."""


class Limits(Protocol):
    """Counts of different requests by a keyed mark, each forgotten after its window."""

    def count(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> Count:
        """What a write has to carry to count a request as `admit` does; nothing is asked of the store yet."""

    def admit(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> None:
        """Counts a request, the same one once. Raises TooManyRequestsError after `most` in the current window."""

    def as_a_letter(self, mark: str, request: str, window: timedelta, now: datetime) -> None:
        """Counts a request, in vain, by a write that costs as much as `Contacts.promise` of a letter to somebody."""


class Seal(Protocol):
    """Closes what only the desk's own function may open."""

    def close(self, text: str, contact_id: str) -> bytes:
        """The sealed text, bound to the contact. Raises StoreBusyError when the key cannot be reached."""


class Post(Protocol):
    """Hands over a letter to be delivered."""

    def send(self, message: Message) -> None:
        """Raises MailLaterError, MailRefusedError or MailStoppedError when the letter was not taken."""
