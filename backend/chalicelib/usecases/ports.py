"""What the use cases need of the world; storage/, mail/ and the fakes of the tests provide it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from chalicelib.domain.booking import Booking, Contact, ContactFile, Correction
from chalicelib.domain.letter import Letter, LetterState
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

    def open(self, contact: Contact, booking: Booking, marks: Sequence[str], letters: Sequence[Letter]) -> None:
        """Stores a new contact with its booking, marks, reference and letters.

        Raises ReferenceTakenError when another form has the reference, TakenError when a mark leads somewhere already.
        """

    def correct(self, contact_id: str, correction: Correction, letters: Sequence[Letter]) -> None:
        """Keeps what a further form said, with its reference and letters; overwrites nothing.

        Raises ReferenceTakenError likewise, and TakenError when the contact is gone or being deleted.
        """

    def renew(self, contact_id: str, last_request_on: date, delete_on: date) -> None:
        """Moves the deletion day after a new request, never to an earlier one.

        Raises TakenError when the contact is gone or being deleted, or has a later day already.
        """


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
