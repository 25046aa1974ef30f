"""Stand-ins for the stores of the staff desk; they pass the tests of the real ones."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from chalicelib.domain.booking import BookingState, Contact
from chalicelib.usecases.desk_ports import Leaving, Waiting
from tests.fakes import FakeStore


class FakeWorklist:
    def __init__(self, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()

    def requests(self) -> Iterator[Waiting]:
        with self.store.call():
            found = [
                Waiting(contact_id, each.reference, each.requested_at)
                for contact_id, file in self.store.files.items()
                for each in file.bookings
                if each.state is BookingState.REQUESTED
            ]
        return iter(sorted(found, key=lambda each: each.since))

    def corrections(self) -> Iterator[Waiting]:
        with self.store.call():
            found = [
                Waiting(contact_id, each.reference, each.received_at)
                for contact_id in self.store.files
                for each in (self.store.living(contact_id) or self.store.files[contact_id]).corrections
            ]
        return iter(sorted(found, key=lambda each: each.since))

    def leaving(self, first: date, last: date) -> Iterator[Leaving]:
        with self.store.call():
            due = sorted((day, due) for due, day in self.store.due_on.items() if due.correction is None)
            listed = [self.store.files[each.contact_id] for day, each in due if first <= day <= last]
        return (Leaving(file.contact, self._reference(file.contact.id)) for file in listed)

    def people(self, contact_ids: Collection[str]) -> Mapping[str, Contact | None]:
        with self.store.call():
            living = {each: self.store.living(each) for each in contact_ids}
        return {each: file.contact for each, file in living.items() if file}

    def _reference(self, contact_id: str) -> str:
        return min(reference for reference, led_to in self.store.references.items() if led_to == contact_id)
