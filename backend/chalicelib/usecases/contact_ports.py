"""What the use cases need of the store of contacts; `ports.py` has the rest."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.domain.booking import Booking, BookingState, Contact, ContactFile, Correction
from chalicelib.domain.errors import UnreadableItemError
from chalicelib.domain.letter import Letter
from chalicelib.domain.merging import Carried, Merger
from chalicelib.domain.own_data import StoredItem
from chalicelib.domain.papers import Paper
from chalicelib.domain.session import Session
from chalicelib.usecases.session_ports import Taking


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
