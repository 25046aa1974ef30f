"""What the use cases need of the world; storage/, mail/ and the fakes of the tests provide it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from chalicelib.domain.booking import Booking, Contact, ContactFile, Correction
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.domain.session import Place, Session, SessionKind
from chalicelib.letters.message import Message


class Contacts(Protocol):
    """Contacts with their bookings and corrections.

    Each write is one transaction and happens whole or not at all. All raise StoreBusyError when the store is out of
    reach or too busy, or does not say whether it did what was asked.
    """

    def find(self, marks: Sequence[str]) -> ContactFile | None:
        """The contact that the first of `marks` leads to, read consistently; none while it is being deleted."""

    def read(self, contact_id: str) -> ContactFile | None:
        """The contact with what belongs to it, or None when it is gone or being deleted."""

    def open(
        self,
        contact: Contact,
        booking: Booking,
        marks: Sequence[str],
        letters: Sequence[Letter],
        taking: Taking | None = None,
    ) -> None:
        """Stores a new contact with its booking, marks, reference and letters, and takes its place in a session.

        Raises ReferenceTakenError when another form has the reference, TakenError when a mark leads somewhere already
        or the place is not as offered any more.
        """

    def book(
        self,
        before: Contact,
        booking: Booking,
        letters: Sequence[Letter],
        said: Correction | None = None,
        taking: Taking | None = None,
    ) -> None:
        """Adds a booking to a contact, or puts it in the place of one that is over, and takes its place in a session.

        `said` is what its form said of the person, to be confirmed. Raises ReferenceTakenError and TakenError likewise,
        and TakenError when the contact was changed since, is gone, or has such a booking that is open.
        """

    def correct(self, contact_id: str, correction: Correction, letters: Sequence[Letter]) -> None:
        """Keeps what a further form said, with its reference and letters; overwrites nothing.

        Raises ReferenceTakenError likewise, and TakenError when the contact is gone or being deleted.
        """

    def amend(self, after: Contact, letters: Sequence[Letter], today: date) -> None:
        """Stores history, deletion day and warning of a contact that was read at the version before, with its letters.

        Raises TakenError when somebody else changed it since, or it is gone or being deleted.
        """

    def find_reference(self, reference: str) -> ContactFile | None:
        """The contact to which a reference was given, or None when it is gone or being deleted."""

    def unwarned(self, first: date, last: date) -> Iterator[str]:
        """The ids of contacts that will be deleted between two days, both included, and were not warned of it."""

    def ask_deletion(self, contact_id: str, today: date) -> None:
        """Marks a contact whose owner asked for erasure: nothing more is written to it, the next run deletes it.

        Raises TakenError when it is gone. Asking twice does no harm.
        """

    def ask_removal(self, contact_id: str, reference: str, today: date) -> None:
        """The same for one correction. Raises TakenError when it is gone."""


@dataclass(frozen=True)
class Taking:
    """A place in a session for somebody who signs up: a seat, or the end of the line, with what they need there.

    `session` is as it was read: the write is refused once staff have changed it or the place is not as offered any more.
    """

    session: Session
    place: Place
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Seat:
    """One line of a roster: who has a seat or waits, under which reference, and what they need."""

    contact_id: str
    reference: str
    place: Place
    needs: tuple[str, ...]


class Sessions(Protocol):
    """Sessions with their rosters. Raises StoreBusyError as Contacts does; TakenError where it says so."""

    def add(self, session: Session) -> None:
        """Stores a new session. Raises TakenError when its id is taken."""

    def read(self, session_id: str) -> Session | None:
        """The session as it is now, read consistently."""

    def planned(self, kind: SessionKind, since: datetime) -> Iterator[Session]:
        """The sessions of a kind that begin at `since` or later and were not cancelled, by start; drafts too."""

    def replan(self, after: Session) -> None:
        """Stores what staff changed; `after.version` is one more than what was read, seats and line stay as they are.

        Raises TakenError when other staff changed it since, or when fewer seats would be left than are taken.
        """

    def roster(self, session_id: str) -> Iterator[Seat]:
        """Who has a seat and who waits, in no order; the order of the line is the session's."""

    def give_back(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        """Ends one person's place: the booking becomes cancelled, the seat goes to the head of the line, or is free.

        One transaction with the letters, which are those to the person, to staff and to the head of the line. Raises
        TakenError when the line or the place is not as `session` says any more. A contact that is being deleted gives
        back its places too; a head of the line that is being deleted loses its own and nobody is placed.
        """

    def forget_needs(self, today: date) -> int:
        """Removes what people needed at sessions that ended before today, also of days on which nobody looked."""


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

    def completed(self, today: date) -> None:
        """Remembers that nothing is left of the days before today."""

    def oldest_overdue(self, today: date) -> date | None:
        """The oldest deletion day before today of a contact that is still there."""


class Ledger(Protocol):
    """Ids of erased contacts, outside the table and kept longer than its backups, to be replayed after a restore."""

    def note(self, contact_id: str, erased_on: date) -> None:
        """Adds an id; adding it twice does no harm. Raises StoreBusyError when it was not kept."""


class Months(Protocol):
    """Counts of a month without people."""

    def read(self, month: str, today: date) -> MonthReport:
        """The deletions of a month such as 2026-11, and how many contacts should be gone by today and are not."""

    def promise(self, letter: Letter) -> bool:
        """Promises the letter about a month; False when it was promised before."""


class Outbox(Protocol):
    """Letters that were promised and their states. Raises StoreBusyError as Contacts does."""

    def due(self, now: datetime) -> Iterator[Letter]:
        """The waiting letters whose time has come, oldest first, also those of days on which nobody looked."""

    def claim(self, letter: Letter, until: datetime) -> Letter | None:
        """Takes a due letter until then and counts the attempt; None when somebody else was quicker or it is gone."""

    def settle(self, claimed: Letter, state: LetterState, due_at: datetime) -> None:
        """Says what became of a claimed letter; `due_at` counts while it waits. A lost claim says nothing."""

    def in_state(self, state: LetterState) -> Iterator[Letter]:
        """The failed letters, or those to be said by phone, oldest first."""

    def resend(self, letter: Letter, now: datetime) -> bool:
        """Lets a failed letter wait anew from `now`; False when it is not failed any more."""

    def told(self, letter: Letter) -> bool:
        """Ends a letter that was said by phone; False when that was done before."""

    def oldest_unsent(self, now: datetime) -> datetime | None:
        """Since when the oldest waiting letter waits."""


class Limits(Protocol):
    """Counts of different requests by a keyed mark, each forgotten after its window."""

    def admit(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> None:
        """Counts a request, the same one once. Raises TooManyRequestsError after `most` in the current window."""


class Seal(Protocol):
    """Closes what only the desk's own function may open."""

    def close(self, text: str, contact_id: str) -> bytes:
        """The sealed text, bound to the contact. Raises StoreBusyError when the key cannot be reached."""


class Post(Protocol):
    """Hands over a letter to be delivered."""

    def send(self, message: Message) -> None:
        """Raises MailLaterError, MailRefusedError or MailStoppedError when the letter was not taken."""
