"""Contacts with their bookings and corrections; each write is one transaction."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Contact, ContactFile, Correction
from chalicelib.domain.errors import TakenError, TooManyRequestsError
from chalicelib.domain.letter import Letter
from chalicelib.domain.own_data import StoredItem
from chalicelib.domain.papers import Paper
from chalicelib.domain.received import CHANGES, received_as
from chalicelib.domain.session import Session
from chalicelib.storage import items, paper_items, places
from chalicelib.storage.amending import amended, appointment_moved, booked, listed, listed_no_more, seen_to
from chalicelib.storage.conditions import KEPT, LIVING
from chalicelib.storage.confirming import confirmed
from chalicelib.storage.contact_file import file_in
from chalicelib.storage.dynamo import Table
from chalicelib.storage.letter_items import letters_in, promising
from chalicelib.storage.limits import counting
from chalicelib.storage.lookout import leaving
from chalicelib.storage.merging import actions_of
from chalicelib.storage.own_data import stored_about
from chalicelib.storage.seats import booking_ended, place_left, place_taken
from chalicelib.storage.session_items import to_session
from chalicelib.storage.table import DUE
from chalicelib.storage.together import contact_id_of, read_together
from chalicelib.storage.values import Item, Values, assigned
from chalicelib.usecases.contact_ports import Joining, Together
from chalicelib.usecases.session_ports import Count, Taking


class DynamoContacts:
    """`contact_ports.Contacts` in a table of DynamoDB."""

    def __init__(self, client: Any, table: str) -> None:
        self._table = Table(client, table)

    def find(self, marks: Sequence[str]) -> ContactFile | None:
        # A mark of a contact that is being deleted leads nowhere, and still keeps its place: until the deletion has
        # removed it, open() raises TakenError, and the person is asked to try again in a moment.
        return next((file for mark in marks if (file := self._led_by(places.of_mark(mark)))), None)

    def find_beside(self, marks: Sequence[str], session_id: str) -> tuple[ContactFile | None, Session | None]:
        pointers, place = [places.of_mark(mark) for mark in marks], places.of_session(session_id)
        found = self._table.get_together([place, *pointers])
        ids = [item["contact_id"] for pointer in pointers if (item := found.get(tuple(pointer.values())))]
        session = found.get(tuple(place.values()))
        known = next((file for each in ids if (file := self.read(each))), None)
        return known, to_session(session) if session else None

    def find_reference(self, reference: str) -> ContactFile | None:
        return self._led_by(places.of_reference(reference))

    def find_both(self, one: str, other: str) -> tuple[ContactFile | None, ContactFile | None]:
        pointers = [places.of_reference(each) for each in (one, other)]
        found = self._table.get_together([pointers[0]] if one == other else pointers)
        ids = [item["contact_id"] if (item := found.get(tuple(each.values()))) else None for each in pointers]
        first, second = (self.read(each) if each else None for each in ids)
        return first, second

    def find_with_letters(self, reference: str) -> tuple[ContactFile | None, Sequence[Letter]]:
        pointer = self._table.get(places.of_reference(reference))
        found = list(self._table.partition(places.of_contact(pointer["contact_id"]))) if pointer else []
        file = file_in(found)
        return file, tuple(letters_in(found)) if file else ()

    def with_mail(self, marks: Sequence[str]) -> Iterator[ContactFile]:
        for mark in marks:
            found = self._table.partition(places.people_of_mailbox(mark))
            ids = [item["sk"]["S"].removeprefix(places.MAILBOX) for item in found]
            yield from (file for each in ids if (file := self.read(each)))

    def read(self, contact_id: str) -> ContactFile | None:
        values = {"pk": places.of_contact(contact_id)["pk"], "letters": places.LETTER}
        return file_in(list(self._table.found("#pk = :pk AND #sk < :letters", values, ConsistentRead=True)))

    def read_together(
        self,
        people: Collection[str],
        bookings: Collection[tuple[str, str]] = (),
        sessions: Collection[str] = (),
    ) -> Together:
        return read_together(self._table, people, bookings, sessions)

    def everything(self, contact_id: str) -> Iterator[StoredItem]:
        return stored_about(self._table, contact_id)

    def letters(self, contact_id: str) -> Iterator[Letter]:
        return letters_in(self._table.partition(places.of_contact(contact_id), places.LETTER))

    def open(
        self,
        contact: Contact,
        booking: Booking,
        marks: Sequence[str],
        letters: Sequence[Letter],
        taking: Taking | None = None,
    ) -> None:
        stored = items.of_contact(contact, frozenset(marks), frozenset({booking.reference}))
        self._store(
            contact.id,
            booking.reference,
            self._table.adding(stored),
            self._table.adding(items.of_booking(contact.id, booking)),
            *(self._table.adding_anew({**places.of_mark(mark), "contact_id": contact.id}) for mark in marks),
            *(self._table.adding(each) for each in places.mailboxes(contact)),
            *(self._table.adding(each) for each in (items.by_name(contact), items.by_phone(contact)) if each),
            *promising(self._table, letters),
            *place_taken(self._table, contact.id, booking.reference, taking),
            counts=taking.counts if taking else (),
            received=_received(booking, taking),
        )

    def book(
        self,
        after: Contact,
        booking: Booking,
        letters: Sequence[Letter],
        said: Correction | None = None,
        taking: Taking | None = None,
    ) -> None:
        self._store(
            after.id,
            booking.reference,
            *booked(self._table, after, booking),
            *(self._table.adding(items.of_correction(after.id, each)) for each in (said,) if each),
            *promising(self._table, letters),
            *place_taken(self._table, after.id, booking.reference, taking),
            counts=taking.counts if taking else (),
            received=_received(booking, taking),
        )

    def answer(self, after: Contact, booking: Booking, letters: Sequence[Letter], taking: Taking | None = None) -> None:
        self._table.transact(
            [
                *booked(self._table, after, booking),
                *promising(self._table, letters),
                *place_taken(self._table, after.id, booking.reference, taking),
            ]
        )

    def move(
        self, after: Contact, booking: Booking, letters: Sequence[Letter], left: Session | None, taking: Taking
    ) -> None:
        actions = [
            *(place_left(self._table, left, after.id) if left else ()),
            *place_taken(self._table, after.id, booking.reference, taking),
            *promising(self._table, letters),
        ]
        if booking.about == APPOINTMENT:
            self._table.transact(
                [
                    amended(self._table, after, after.delete_on),
                    appointment_moved(self._table, after.id, booking, left),
                    *actions,
                ]
            )
        else:
            ended = [booking_ended(self._table, left, after.id)] if left else []
            self._store(after.id, booking.reference, *booked(self._table, after, booking), *ended, *actions)

    def see_to(
        self,
        after: Contact,
        booking: Booking,
        was: BookingState,
        letters: Sequence[Letter],
        today: date,
        left: Session | None = None,
    ) -> None:
        self._table.transact(
            [
                amended(self._table, after, today),
                *listed(self._table, after),
                seen_to(self._table, after.id, booking, was),
                *(place_left(self._table, left, after.id) if left else ()),
                *promising(self._table, letters),
            ]
        )

    def correct(self, contact_id: str, correction: Correction, letters: Sequence[Letter]) -> None:
        reference = {"references": frozenset({correction.reference})}
        self._store(
            contact_id,
            correction.reference,
            self._table.updating(places.of_contact(contact_id), reference, "ADD #references :references", LIVING),
            self._table.adding(items.of_correction(contact_id, correction)),
            *promising(self._table, letters),
            received=items.received(correction.received_at, CHANGES),
        )

    def confirm(
        self,
        after: Contact,
        booking: Booking | None,
        marks: Sequence[str],
        reference: str | None,
        letters: Sequence[Letter],
    ) -> None:
        told = confirmed(self._table, after, booking, marks, reference)
        self._table.transact([*told, *listed(self._table, after), *promising(self._table, letters)])

    def merge(self, joining: Joining, today: date) -> None:
        self._table.transact(actions_of(self._table, joining, listed(self._table, joining.merger.after), today))

    def amend(self, after: Contact, letters: Sequence[Letter], today: date, papers: Sequence[Paper] = ()) -> None:
        kept = [self._table.putting(paper_items.of_paper(after.id, paper)) for paper in papers]
        among_signed = listed(self._table, after) or listed_no_more(self._table, after.id)
        self._table.transact(
            [amended(self._table, after, today), *among_signed, *promising(self._table, letters), *kept]
        )

    def promise(self, contact_id: str, letters: Sequence[Letter]) -> bool:
        living = self._table.checking(places.of_contact(contact_id), LIVING)
        try:
            self._table.transact([living, *promising(self._table, letters)])
        except TakenError:
            return False
        return True

    def unwarned(self, first: date, last: date) -> Iterator[str]:
        # Without reading the items themselves: one that is not as we store them must not hide the others.
        only = "#pk, #sk, #delete_on, #warned_for, #deleting"
        for item in leaving(self._table, first, last, only):
            warned = "deleting" in item or item.get("warned_for") == item.get("delete_on")
            if not warned:
                yield contact_id_of(item)

    def signatories(self, after: date) -> Iterator[str]:
        values = {"due_key": places.SIGNATORIES, "after": after.isoformat()}
        for item in self._table.found("#due_key = :due_key AND #due_at > :after", values, "#pk", IndexName=DUE):
            yield contact_id_of(item)

    def ask_deletion(self, contact_id: str, today: date) -> None:
        self._ask(places.of_contact(contact_id), {"deleting": "asked"}, LIVING, today)

    def ask_removal(self, contact_id: str, reference: str, today: date) -> None:
        self._ask(places.of_correction(contact_id, reference), {"withdrawn": True}, KEPT, today)

    def _ask(self, place: places.Key, mark: Values, unasked: str, today: date) -> None:
        asked = mark | items.due_for_deletion(today)
        try:
            self._table.update(place, asked, assigned(asked), unasked)
        except TakenError:
            # Who asks again changes nothing: a deletion that is overdue stays so.
            if "due_key" not in (self._table.stored(place) or ()):
                raise

    def _led_by(self, pointer: places.Key) -> ContactFile | None:
        item = self._table.get(pointer)
        return self.read(item["contact_id"]) if item else None

    def _store(
        self,
        contact_id: str,
        reference: str,
        *actions: Item,
        counts: Sequence[Count] = (),
        received: Values | None = None,
    ) -> None:
        pointer = {**places.of_reference(reference), "contact_id": contact_id, **(received or {})}
        claim = self._table.adding(pointer)
        try:
            self._table.transact([*(counting(self._table, each) for each in counts), claim, *actions], len(counts))
        except TakenError as taken:
            over = [count for at, count in enumerate(counts) if at in taken.refused]
            if over:
                raise TooManyRequestsError(max(count.retry_after for count in over)) from None
            raise


def _received(booking: Booking, taking: Taking | None) -> Values:
    """How a form is counted; an invitation is none."""
    what = received_as(booking, taking.session if taking else None)
    return items.received(booking.requested_at, what) if what else {}
