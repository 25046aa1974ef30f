"""What the use cases need of the world; storage/, mail/ and the fakes of the tests provide it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from chalicelib.domain.booking import Booking, BookingState, Contact, ContactFile, Correction
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.errors import UnreadableItemError
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.domain.merging import Carried, Merger
from chalicelib.domain.own_data import StoredItem
from chalicelib.domain.papers import Paper
from chalicelib.domain.session import Session
from chalicelib.letters.message import Message
from chalicelib.usecases.session_ports import Count, Taking


@dataclass(frozen=True)
class Together:
    """People, bookings and sessions by their ids, read together; None for one that is not as we store them."""

    people: Mapping[str, Contact | None]
    bookings: Mapping[tuple[str, str], Booking | None]
    sessions: Mapping[str, Session]

    def booking(self, contact_id: str, about: str) -> Booking:
        """One that is there. Raises UnreadableItemError."""
        booking = self.bookings[contact_id, about]
        if booking is None:
            raise UnreadableItemError(about)
        return booking

    def file(self, contact_id: str) -> ContactFile | None:
        """A person with nothing but these bookings; None where something of it cannot be read."""
        contact, own = self.people[contact_id], [each for (who, _), each in self.bookings.items() if who == contact_id]
        whole = tuple(each for each in own if each)
        return ContactFile(contact, whole) if contact and len(whole) == len(own) else None


@dataclass(frozen=True)
class Joining:
    """Two contacts that become one, the marks that lead to it, the letters to the one that goes, and what is told."""

    merger: Merger
    marks: Sequence[str]
    carried: Sequence[Carried]
    letters: Sequence[Letter]


class Contacts(Protocol):
    """Contacts with their bookings and corrections.

    Each write is one transaction and happens whole or not at all. All raise StoreBusyError when the store is out of
    reach or too busy, or does not say whether it did what was asked.
    """

    def find(self, marks: Sequence[str]) -> ContactFile | None:
        """The contact that the first of `marks` leads to, read consistently; none while it is being deleted."""

    def find_beside(self, marks: Sequence[str], session_id: str) -> tuple[ContactFile | None, Session | None]:
        """The same and what `Sessions.read` gives: one call where nobody is known, since many come to one session."""

    def with_mail(self, marks: Sequence[str]) -> Iterator[ContactFile]:
        """Everybody who is filed under one of the marks of a mail address; none who is being deleted."""

    def read(self, contact_id: str) -> ContactFile | None:
        """The contact with what belongs to it, or None when it is gone or being deleted."""

    def read_together(
        self,
        people: Collection[str],
        bookings: Collection[tuple[str, str]] = (),
        sessions: Collection[str] = (),
    ) -> Together:
        """Those of them that are there, as they are now: people, bookings by person and what they are about, sessions.

        In one call for up to a hundred. Nobody who is being deleted is there.
        """

    def everything(self, contact_id: str) -> Iterator[StoredItem]:
        """Every item that says something of a person, as it is stored; none once the contact is being deleted.

        Counts against abuse and the log of what staff did are not among them: they name no contact.
        """

    def find_both(self, one: str, other: str) -> tuple[ContactFile | None, ContactFile | None]:
        """What `find_reference` gives for each of two references, in few calls."""

    def find_with_letters(self, reference: str) -> tuple[ContactFile | None, Sequence[Letter]]:
        """What `find_reference` and `letters` give, read together."""

    def letters(self, contact_id: str) -> Iterator[Letter]:
        """Every letter to or about a contact, whatever became of it, read consistently."""

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
        or the place is not as offered any more, and TooManyRequestsError when a count of `taking` is over.
        """

    def book(
        self,
        after: Contact,
        booking: Booking,
        letters: Sequence[Letter],
        said: Correction | None = None,
        taking: Taking | None = None,
    ) -> None:
        """Adds a booking to a contact that was read at the version before, and takes its place in a session.

        It may stand in the place of a booking that is over. `said` is what its form said of the person, to be
        confirmed. Raises ReferenceTakenError and TakenError likewise, and TakenError when the contact was changed
        since, is gone, or has such a booking that is open.
        """

    def move(
        self, after: Contact, booking: Booking, letters: Sequence[Letter], left: Session | None, taking: Taking
    ) -> None:
        """Takes a place in a session and gives back the one in `left`, as one; the contact was read as for `book`.

        An appointment keeps item and reference: `booking` is its next revision. Any other `booking` is a new one under
        the new session, and that of `left` becomes cancelled. A seat that is left goes to the head of the line, as
        `Sessions.give_back` says. Raises ReferenceTakenError and TakenError as `book` does, and TakenError when the
        place in `left` is not as it was read.
        """

    def see_to(
        self,
        after: Contact,
        booking: Booking,
        was: BookingState,
        letters: Sequence[Letter],
        today: date,
        left: Session | None = None,
    ) -> None:
        """Stores what became of a booking that was in the state `was`: its state, who came, and what staff noted.

        With history, deletion day and letters as `amend` stores them; the seat in `left` is given back. Raises
        TakenError as `amend` does, and when booking or seat is not as it was read any more.
        """

    def answer(self, after: Contact, booking: Booking, letters: Sequence[Letter], taking: Taking | None = None) -> None:
        """Stores the answer to an invitation under the reference that it has, and takes its place in the session.

        The contact was read at the version before. Raises TakenError as `book` does.
        """

    def correct(self, contact_id: str, correction: Correction, letters: Sequence[Letter]) -> None:
        """Keeps what a further form said, with its reference and letters; overwrites nothing.

        Raises ReferenceTakenError likewise, and TakenError when the contact is gone or being deleted.
        """

    def confirm(
        self,
        after: Contact,
        booking: Booking | None,
        marks: Sequence[str],
        reference: str | None,
        letters: Sequence[Letter],
    ) -> None:
        """Stores a contact that was read at the version before with what the correction `reference` said, which ends.

        Without a reference it is what staff said of the person.

        Its marks and its mailbox become those given and those of `after`; `booking` is its appointment with a new wish.
        The reference leads to the contact as before. Raises TakenError when the contact, the appointment or the
        correction changed since, or when a mark leads to somebody else.
        """

    def merge(self, joining: Joining, today: date) -> None:
        """Moves all of one contact to another, as both were read, and marks it as what the next deletion run removes.

        Its references and marks lead to the other from then on, its seats and turns in a line stay as they are. Raises
        CannotMergeError for more than the store does at once, and TakenError when either contact, a booking or a letter
        was changed since, or a mark leads to somebody else.
        """

    def amend(self, after: Contact, letters: Sequence[Letter], today: date, papers: Sequence[Paper] = ()) -> None:
        """Stores history, deletion day and warning of a contact that was read at the version before, with its letters.

        A voucher or certificate among `papers` stands in the place of the one with its number or kind. Raises
        TakenError when somebody else changed the contact since, or it is gone or being deleted.
        """

    def promise(self, contact_id: str, letters: Sequence[Letter]) -> bool:
        """Promises letters; False when that was done before, or the contact is gone or being deleted."""

    def find_reference(self, reference: str) -> ContactFile | None:
        """The contact to which a reference was given, or None when it is gone or being deleted."""

    def unwarned(self, first: date, last: date) -> Iterator[str]:
        """The ids of contacts that will be deleted between two days, both included, and were not warned of it."""

    def signatories(self, after: date) -> Iterator[str]:
        """The ids of contacts who have signed and are deleted later than on a day; what is said of them may be old."""

    def ask_deletion(self, contact_id: str, today: date) -> None:
        """Marks a contact whose owner asked for erasure: nothing more is written to it, the next run deletes it.

        Raises TakenError when it is gone. Asking twice does no harm.
        """

    def ask_removal(self, contact_id: str, reference: str, today: date) -> None:
        """The same for one correction. Raises TakenError when it is gone."""


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
