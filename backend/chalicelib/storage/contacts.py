"""Contacts with their bookings and corrections; each write is one transaction."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chalicelib.domain.booking import APPOINTMENT, Booking, Contact, ContactFile, Correction
from chalicelib.domain.errors import StoreBusyError
from chalicelib.domain.letter import Letter
from chalicelib.storage import items, places
from chalicelib.storage.dynamo import Table

_LIVING = "attribute_exists(#pk) AND attribute_not_exists(#deleting)"


class DynamoContacts:
    """`ports.Contacts` in a table of DynamoDB."""

    def __init__(self, client: Any, table: str) -> None:
        self._table = Table(client, table)

    def find(self, marks: Sequence[str]) -> ContactFile | None:
        # A mark of a contact that is being deleted leads nowhere, and still keeps its place: until the deletion has
        # removed it, open() raises TakenError, and the person is asked to try again in a moment.
        for mark in marks:
            pointer = self._table.get(places.of_mark(mark))
            file = self.read(pointer["contact_id"]) if pointer else None
            if file:
                return file
        return None

    def read(self, contact_id: str) -> ContactFile | None:
        found = {values["sk"]: values for values in self._without_letters(contact_id)}
        contact = found.get(places.CONTACT)
        if contact is None or "deleting" in contact:
            return None
        booking = found.get(places.BOOKING + APPOINTMENT)
        if booking is None:
            # A query may see a transaction half way through: it is isolated from each item, not from the whole.
            raise StoreBusyError("a contact is there and its booking is not yet")
        corrections = [
            items.to_correction(values) for place, values in found.items() if place.startswith(places.CORRECTION)
        ]
        corrections.sort(key=lambda each: each.received_at)
        return ContactFile(items.to_contact(contact), items.to_booking(booking), tuple(corrections))

    def open(self, contact: Contact, booking: Booking, marks: Sequence[str], letters: Sequence[Letter]) -> None:
        stored = items.of_contact(contact, frozenset(marks), frozenset({booking.reference}))
        self._store(
            contact.id,
            booking.reference,
            self._table.adding(stored),
            self._table.adding(items.of_booking(contact.id, APPOINTMENT, booking)),
            *(self._table.adding({**places.of_mark(mark), "contact_id": contact.id}) for mark in marks),
            *(self._table.adding(items.of_letter(letter)) for letter in letters),
        )

    def correct(self, contact_id: str, correction: Correction, letters: Sequence[Letter]) -> None:
        reference = {"references": frozenset({correction.reference})}
        self._store(
            contact_id,
            correction.reference,
            self._table.updating(places.of_contact(contact_id), reference, "ADD #references :references", _LIVING),
            self._table.adding(items.of_correction(contact_id, correction)),
            *(self._table.adding(items.of_letter(letter)) for letter in letters),
        )

    def renew(self, contact_id: str, last_request_on: date, delete_on: date) -> None:
        days = items.days_of_contact(last_request_on, delete_on)
        change = "SET " + ", ".join(f"#{name} = :{name}" for name in days)
        # Two requests around midnight: the later day was promised to one of them, and stays.
        condition = f"{_LIVING} AND #delete_on <= :delete_on"
        self._table.update(places.of_contact(contact_id), days, change, condition)

    def _without_letters(self, contact_id: str) -> Any:
        values = {"pk": places.of_contact(contact_id)["pk"], "letters": places.LETTER}
        return self._table.query("#pk = :pk AND #sk < :letters", values, ConsistentRead=True)

    def _store(self, contact_id: str, reference: str, *actions: dict[str, Any]) -> None:
        claim = self._table.adding({**places.of_reference(reference), "contact_id": contact_id})
        self._table.transact([claim, *actions], reference_at=0)
