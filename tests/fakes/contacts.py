"""The stand-in for the store of contacts; it passes the tests of the real one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Contact, ContactFile, Correction
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import MERGED
from chalicelib.domain.errors import (
    ReferenceTakenError,
    TakenError,
    UnreadableItemError,
)
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.domain.own_data import StoredItem
from chalicelib.domain.papers import Certificate, Paper, Voucher
from chalicelib.domain.received import CHANGES, received_as
from chalicelib.domain.session import Session
from chalicelib.storage import items
from chalicelib.usecases.contact_ports import Joining, Together
from chalicelib.usecases.ports import Due
from chalicelib.usecases.session_ports import Taking
from tests.fakes.merging import join_places
from tests.fakes.own_data import stored_in
from tests.fakes.store import FakeStore, key_of


class FakeContacts:
    def __init__(self, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()

    def find(self, marks: Sequence[str]) -> ContactFile | None:
        with self.store.call():
            found = (self.store.living(self.store.marks.get(mark)) for mark in marks)
            return next((file for file in found if file), None)

    def find_beside(self, marks: Sequence[str], session_id: str) -> tuple[ContactFile | None, Session | None]:
        with self.store.call():
            return self.find(marks), self.store.sessions.get(session_id)

    def with_mail(self, marks: Sequence[str]) -> Iterator[ContactFile]:
        with self.store.call():
            living = [self.store.living(contact_id) for contact_id in self.store.files]
            return iter([file for file in living if file and file.contact.mail_mark in marks])

    def promise(self, contact_id: str, letters: Sequence[Letter]) -> bool:
        with self.store.call():
            try:
                self.store.promise(letters, self.store.living(contact_id) is None)
            except TakenError:
                return False
            return True

    def find_reference(self, reference: str) -> ContactFile | None:
        with self.store.call():
            return self.store.living(self.store.references.get(reference))

    def find_both(self, one: str, other: str) -> tuple[ContactFile | None, ContactFile | None]:
        return self.find_reference(one), self.find_reference(other)

    def read(self, contact_id: str) -> ContactFile | None:
        with self.store.call():
            return self.store.living(contact_id)

    def read_together(
        self,
        people: Collection[str],
        bookings: Collection[tuple[str, str]] = (),
        sessions: Collection[str] = (),
    ) -> Together:
        with self.store.call():
            living = {each: file for each in people if (file := self.store.living(each))}
            booked = {(who, own.about): own for who, file in self.store.files.items() for own in file.bookings}
            planned = {each: self.store.sessions[each] for each in sessions if each in self.store.sessions}
        known = {each: file.contact for each, file in living.items()}
        return Together(known, {each: booked[each] for each in bookings if each in booked}, planned)

    def everything(self, contact_id: str) -> Iterator[StoredItem]:
        with self.store.call():
            return iter(stored_in(self.store, contact_id))

    def find_with_letters(self, reference: str) -> tuple[ContactFile | None, Sequence[Letter]]:
        with self.store.call():
            file = self.find_reference(reference)
            return file, tuple(self.letters(file.contact.id)) if file else ()

    def letters(self, contact_id: str) -> Iterator[Letter]:
        with self.store.call():
            return iter([letter for letter in self.store.letters.values() if letter.contact_id == contact_id])

    def open(
        self,
        contact: Contact,
        booking: Booking,
        marks: Sequence[str],
        letters: Sequence[Letter],
        taking: Taking | None = None,
    ) -> None:
        with self.store.call():
            taken = contact.id in self.store.files or not self.store.marks.keys().isdisjoint(marks)
            self._claim(booking.reference, contact.id, letters, taken or not self.store.offers(taking))
            self._count(booking, taking)
            self.store.files[contact.id] = ContactFile(contact, (booking,))
            self.store.marks |= dict.fromkeys(marks, contact.id)
            self.store.due_on[Due(contact.id)] = max(contact.delete_on, contact.history.last_request_on)
            self.store.take(contact.id, booking.reference, taking)

    def book(
        self,
        after: Contact,
        booking: Booking,
        letters: Sequence[Letter],
        said: Correction | None = None,
        taking: Taking | None = None,
    ) -> None:
        with self.store.call():
            self._claim(booking.reference, after.id, letters, self._cannot_book(after, booking, taking))
            self._count(booking, taking)
            self._book(after, booking, taking)
            if said:
                file = self.store.files[after.id]
                self.store.files[after.id] = replace(file, corrections=(*file.corrections, said))

    def answer(self, after: Contact, booking: Booking, letters: Sequence[Letter], taking: Taking | None = None) -> None:
        with self.store.call():
            self.store.promise(letters, self._cannot_book(after, booking, taking))
            self.store.references[booking.reference] = after.id
            self._book(after, booking, taking)

    def move(
        self, after: Contact, booking: Booking, letters: Sequence[Letter], left: Session | None, taking: Taking
    ) -> None:
        with self.store.call():
            alive = self.store.living(after.id)
            before = alive and alive.booking(booking.about)
            if booking.about == APPOINTMENT:
                was = BookingState.CONFIRMED if left else BookingState.REQUESTED
                lost = before is None or (before.state, before.revision) != (was, booking.revision - 1)
            else:
                lost = bool(before and before.state.is_open)
            lost = lost or alive is None or alive.contact.version != after.version - 1
            lost = (
                lost or not self.store.offers(taking) or (left is not None and not self.store.can_leave(left, after.id))
            )
            if booking.about == APPOINTMENT:
                self.store.promise(letters, lost)
            else:
                self._claim(booking.reference, after.id, letters, lost)
            if left:
                self.store.leave(left, after.id)
            file = self.store.files[after.id]
            others = tuple(each for each in file.bookings if each.about != booking.about)
            self.store.files[after.id] = replace(file, contact=after, bookings=(*others, booking))
            self.store.due_on[Due(after.id)] = after.delete_on
            self.store.take(after.id, booking.reference, taking)

    def see_to(
        self,
        after: Contact,
        booking: Booking,
        was: BookingState,
        letters: Sequence[Letter],
        today: date,
        left: Session | None = None,
    ) -> None:
        with self.store.call():
            alive = self.store.living(after.id)
            before = alive and alive.booking(booking.about)
            lost = alive is None or before is None or alive.contact.version != after.version - 1
            lost = lost or (before.state, before.revision) != (was, booking.revision)
            lost = lost or (left is not None and not self.store.can_leave(left, after.id))
            self.store.promise(letters, lost)
            if left:
                self.store.leave(left, after.id)
            file = self.store.files[after.id]
            others = tuple(each for each in file.bookings if each.about != booking.about)
            self.store.files[after.id] = replace(file, contact=after, bookings=(*others, booking))
            self.store.due_on[Due(after.id)] = max(after.delete_on, today)

    def correct(self, contact_id: str, correction: Correction, letters: Sequence[Letter]) -> None:
        with self.store.call():
            alive, file = self.store.living(contact_id), self.store.files.get(contact_id)
            taken = alive is None or bool(file.correction(correction.reference))
            self._claim(correction.reference, contact_id, letters, taken)
            self.store.received[correction.reference] = items.received(correction.received_at, CHANGES)
            corrections = sorted((*file.corrections, correction), key=lambda each: each.received_at)
            self.store.files[contact_id] = replace(file, corrections=tuple(corrections))

    def confirm(
        self,
        after: Contact,
        booking: Booking | None,
        marks: Sequence[str],
        reference: str | None,
        letters: Sequence[Letter],
    ) -> None:
        with self.store.call():
            alive = self.store.living(after.id)
            stale = alive is None or alive.contact.version != after.version - 1
            stale = stale or bool(reference and alive.correction(reference) is None)
            moved = bool(booking and alive and alive.booking(booking.about).revision != booking.revision)
            others = any(self.store.marks.get(mark, after.id) != after.id for mark in marks)
            self.store.promise(letters, stale or moved or others)
            file = self.store.files[after.id]
            bookings = tuple(booking if booking and each.about == booking.about else each for each in file.bookings)
            corrections = tuple(each for each in file.corrections if each.reference != reference)
            self.store.files[after.id] = replace(file, contact=after, bookings=bookings, corrections=corrections)
            kept = {mark: led_to for mark, led_to in self.store.marks.items() if led_to != after.id}
            self.store.marks = kept | dict.fromkeys(marks, after.id)
            self.store.due_on[Due(after.id)] = after.delete_on

    def amend(self, after: Contact, letters: Sequence[Letter], today: date, papers: Sequence[Paper] = ()) -> None:
        with self.store.call():
            alive = self.store.living(after.id)
            self.store.promise(letters, alive is None or alive.contact.version != after.version - 1)
            self.store.files[after.id] = _with_papers(replace(self.store.files[after.id], contact=after), papers)
            self.store.due_on[Due(after.id)] = max(after.delete_on, today)

    def merge(self, joining: Joining, today: date) -> None:
        with self.store.call():
            merger, store = joining.merger, self.store
            kept, gone = merger.kept.contact.id, merger.gone.contact.id
            changed = any(store.living(each.contact.id) != each for each in (merger.kept, merger.gone))
            strange = any(store.marks.get(mark, kept) not in (kept, gone) for mark in joining.marks)
            stale = any(store.letters.get(key_of(each.before)) != each.before for each in joining.carried)
            carried = [each.after for each in joining.carried if each.after]
            store.promise([*carried, *joining.letters], changed or strange or stale)
            for each in joining.carried:
                if not each.is_sent:
                    store.letters[key_of(each.before)] = replace(each.before, state=LetterState.VOID)
            join_places(store, merger)
            gone_file = store.files[gone]
            file = replace(merger.kept, contact=merger.after, bookings=merger.bookings)
            forms = sorted((*file.corrections, *merger.corrections), key=lambda each: each.received_at)
            left = {each.correction for each in store.withdrawn if each.contact_id == gone}
            left -= {each.reference for each in gone_file.bookings}
            store.files[kept] = _with_papers(
                replace(file, corrections=tuple(forms)), (*gone_file.vouchers, *gone_file.certificates)
            )
            for name, led_to in store.references.items():
                if led_to == gone and name not in left:
                    store.references[name] = kept
            store.marks |= {mark: kept for mark, led_to in store.marks.items() if led_to == gone}
            store.marks |= dict.fromkeys(joining.marks, kept)
            store.merged[kept] = {*store.merged.get(kept, ()), *store.merged.get(gone, ()), gone}
            store.deleting[gone] = MERGED
            store.due_on |= {Due(gone): today, Due(kept): max(merger.after.delete_on, today)}

    def unwarned(self, first: date, last: date) -> Iterator[str]:
        with self.store.call():
            days = sorted((day, due.contact_id) for due, day in self.store.due_on.items() if due.correction is None)
            alive = [self.store.living(contact_id) for day, contact_id in days if first <= day <= last]
        contacts = (file.contact for file in alive if file)
        return iter([each.id for each in contacts if each.warned_for != each.delete_on])

    def signatories(self, after: date) -> Iterator[str]:
        with self.store.call():
            alive = [file.contact for file in map(self.store.living, list(self.store.files)) if file]
        signed = [each for each in alive if each.history.signed_on and each.delete_on > after]
        return iter([each.id for each in sorted(signed, key=lambda each: each.delete_on)])

    def ask_deletion(self, contact_id: str, today: date) -> None:
        with self.store.call():
            if contact_id not in self.store.files:
                raise TakenError(contact_id)
            if contact_id not in self.store.deleting:
                self.store.deleting[contact_id] = "asked"
                self.store.due_on[Due(contact_id)] = today

    def ask_removal(self, contact_id: str, reference: str, today: date) -> None:
        with self.store.call():
            file, due = self.store.files.get(contact_id), Due(contact_id, reference)
            if file is None or file.correction(reference) is None:
                raise TakenError(contact_id)
            self.store.withdrawn.add(due)
            self.store.due_on.setdefault(due, today)

    def _cannot_book(self, after: Contact, booking: Booking, taking: Taking | None) -> bool:
        alive = self.store.living(after.id)
        before = alive and alive.booking(booking.about)
        taken = alive is None or alive.contact.version != after.version - 1 or bool(before and before.state.is_open)
        return taken or not self.store.offers(taking)

    def _book(self, after: Contact, booking: Booking, taking: Taking | None) -> None:
        file = self.store.files[after.id]
        others = tuple(each for each in file.bookings if each.about != booking.about)
        self.store.files[after.id] = replace(file, contact=after, bookings=(*others, booking))
        self.store.due_on[Due(after.id)] = max(after.delete_on, day_in_luxembourg(booking.requested_at))
        self.store.take(after.id, booking.reference, taking)

    def _count(self, booking: Booking, taking: Taking | None) -> None:
        if what := received_as(booking, taking.session if taking else None):
            self.store.received[booking.reference] = items.received(booking.requested_at, what)

    def _claim(self, reference: str, contact_id: str, letters: Sequence[Letter], taken: bool) -> None:
        if reference in self.store.references and not taken:
            raise ReferenceTakenError(reference)
        self.store.promise(letters, taken)
        self.store.references[reference] = contact_id


def make_unreadable(contacts: FakeContacts, who: str) -> None:
    """From now on the contact with that id is not as we store them."""
    read = contacts.read

    def half_broken(contact_id: str) -> ContactFile | None:
        if contact_id == who:
            raise UnreadableItemError("CONTACT: KeyError")
        return read(contact_id)

    contacts.read = half_broken


def _with_papers(file: ContactFile, papers: Sequence[Paper]) -> ContactFile:
    vouchers = {each.number: each for each in (*file.vouchers, *papers) if isinstance(each, Voucher)}
    given = (each for each in (*file.certificates, *papers) if isinstance(each, Certificate))
    certificates = {(each.kind.value, each.voucher): each for each in given}
    in_order = (tuple(each for _, each in sorted(found.items())) for found in (vouchers, certificates))
    return replace(file, **dict(zip(("vouchers", "certificates"), in_order, strict=True)))
