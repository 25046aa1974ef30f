"""Stand-ins for what deletes, for past months and for the ledger; they pass the tests of the real ones."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from chalicelib.domain.deletion import MERGED, MonthReport
from chalicelib.domain.errors import (
    StoreBusyError,
    TakenError,
)
from chalicelib.domain.letter import Letter
from chalicelib.usecases.ports import Due
from tests.fakes.store import FakeStore


class FakeDeletions:
    def __init__(self, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()

    def due(self, today: date) -> Iterator[Due]:
        with self.store.call():
            found = [due for due, day in self.store.due_on.items() if day <= today]
        return iter(sorted(found, key=lambda each: self.store.due_on[each]))

    def begin(self, due: Due, today: date) -> bool:
        with self.store.call():
            file = self.store.files.get(due.contact_id)
            if due.correction or file is None:
                return due in self.store.withdrawn
            if due.contact_id not in self.store.deleting and file.contact.delete_on > today:
                return False
            self.store.deleting.setdefault(due.contact_id, file.contact.rule)
            return True

    def clear(self, due: Due) -> None:
        with self.store.call():
            about = f"CORRECTION#{due.correction}"
            for key in [key for key in self.store.letters if key[0] == due.contact_id]:
                if due.correction is None or key[1] == about:
                    del self.store.letters[key]
            if due.correction is None:
                self._forget(self.store.references, due.contact_id)
                self.store.files[due.contact_id] = replace(self.store.files[due.contact_id], corrections=())
                for other in [each for each in self.store.due_on if each.contact_id == due.contact_id and each != due]:
                    del self.store.due_on[other]
                self.store.withdrawn -= {each for each in self.store.withdrawn if each.contact_id == due.contact_id}

    def finish(self, due: Due, month: str) -> None:
        with self.store.call():
            file = self.store.files.get(due.contact_id)
            if file is None:
                return
            if due.correction is None:
                del self.store.files[due.contact_id]
                self._forget(self.store.marks, due.contact_id)
                self.store.deletions[month, self.store.deleting.pop(due.contact_id)] += 1
            else:
                kept = tuple(each for each in file.corrections if each.reference != due.correction)
                self.store.files[due.contact_id] = replace(file, corrections=kept)
                if due.correction not in {each.reference for each in file.bookings}:
                    del self.store.references[due.correction]
                self.store.withdrawn.remove(due)
            del self.store.due_on[due]

    def sweep(self) -> None:
        with self.store.call():
            """Nothing is left of what was removed."""

    def erased_ids(self, due: Due) -> Collection[str]:
        with self.store.call():
            if self.store.deleting.get(due.contact_id) == MERGED:
                return ()
            return (due.contact_id, *sorted(self.store.merged.get(due.contact_id, ())))

    def oldest_overdue(self, today: date) -> date | None:
        with self.store.call():
            return next(iter(self.store.overdue(today)), None)

    def _forget(self, pointers: dict[str, str], contact_id: str) -> None:
        for name in [name for name, led_to in pointers.items() if led_to == contact_id]:
            del pointers[name]


class FakeMonths:
    def __init__(self, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()

    def read(self, month: str, today: date) -> MonthReport:
        with self.store.call():
            counts = {why: count for (of, why), count in self.store.deletions.items() if of == month}
            return MonthReport(month, counts, len(self.store.overdue(today)))

    def promise(self, letter: Letter) -> bool:
        with self.store.call():
            try:
                self.store.promise([letter])
            except TakenError:
                return False
            return True


class FakeLedger:
    """Remembers who was erased and when; `busy` is how many notes are not kept."""

    def __init__(self, busy: int = 0) -> None:
        self.busy = busy
        self.noted: dict[str, date] = {}

    def note(self, contact_id: str, erased_on: date) -> None:
        if self.busy:
            self.busy -= 1
            raise StoreBusyError("as asked for")
        self.noted.setdefault(contact_id, erased_on)

    def erased(self) -> Iterator[str]:
        return iter(self.noted)
