"""Stand-ins for the ports of the use cases, in memory; the stores among them pass the tests of the real ones."""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from threading import RLock

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Contact, ContactFile, Correction
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import MERGED, MonthReport
from chalicelib.domain.errors import (
    ReferenceTakenError,
    StoreBusyError,
    TakenError,
    TooManyRequestsError,
    UnreadableItemError,
)
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.domain.own_data import StoredItem
from chalicelib.domain.papers import Certificate, Paper, Voucher
from chalicelib.domain.received import CHANGES, received_as
from chalicelib.domain.session import Place, Session
from chalicelib.letters.message import Message
from chalicelib.storage import items
from chalicelib.usecases.contact_ports import Joining, Together
from chalicelib.usecases.ports import Due, Outcome
from chalicelib.usecases.session_ports import Count, Seat, Taking
from tests.fake_merging import join_places
from tests.fake_own_data import stored_in

LetterKey = tuple[str | None, str, str, int, str]


@dataclass
class FakeStore:
    """What the fakes of the table share. `busy` is how many calls still find the store too busy.

    `deleting` holds why a contact is being deleted, `due_on` the day on which something is to be deleted.
    """

    files: dict[str, ContactFile] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    received: dict[str, dict[str, str]] = field(default_factory=dict)
    letters: dict[LetterKey, Letter] = field(default_factory=dict)
    deleting: dict[str, str] = field(default_factory=dict)
    withdrawn: set[Due] = field(default_factory=set)
    merged: dict[str, set[str]] = field(default_factory=dict)
    due_on: dict[Due, date] = field(default_factory=dict)
    deletions: Counter[tuple[str, str]] = field(default_factory=Counter)
    sessions: dict[str, Session] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    inviting: set[str] = field(default_factory=set)
    rosters: dict[str, dict[str, Seat]] = field(default_factory=lambda: defaultdict(dict))
    requests: defaultdict[tuple[str, datetime], set[str]] = field(default_factory=lambda: defaultdict(set))
    busy: int = 0
    _lock: RLock = field(default_factory=RLock)

    @contextmanager
    def call(self) -> Iterator[None]:
        """One call at a time, as a transaction is."""
        with self._lock:
            if self.busy:
                self.busy -= 1
                raise StoreBusyError("as asked for")
            yield

    def living(self, contact_id: str | None) -> ContactFile | None:
        file = None if contact_id is None or contact_id in self.deleting else self.files.get(contact_id)
        if file is None:
            return None
        kept = (each for each in file.corrections if Due(contact_id, each.reference) not in self.withdrawn)
        return replace(file, corrections=tuple(kept))

    def promise(self, letters: Sequence[Letter], refused: bool = False) -> None:
        keyed = {_key_of(letter): _whole(letter) for letter in letters}
        if refused or not self.letters.keys().isdisjoint(keyed):
            raise TakenError("as a condition says")
        self.letters |= keyed

    def new(self, letters: Sequence[Letter]) -> list[Letter]:
        """Those that were not promised before."""
        return [letter for letter in letters if _key_of(letter) not in self.letters]

    def offers(self, taking: Taking | None) -> bool:
        """Whether a place in a session is still as it was offered."""
        if taking is None:
            return True
        for count in taking.counts:
            check(count, self.requests[count.mark, count.start])
        session = self.sessions[taking.session.id]
        if taking.full and session.is_last(taking.place) and not taking.session.is_last(taking.place):
            return False
        return session.version == taking.session.version and session.offer() is taking.place

    def take(self, contact_id: str, reference: str, taking: Taking | None) -> None:
        if taking is None:
            return
        for count in taking.counts:
            self.requests[count.mark, count.start].add(count.request)
        session = self.sessions[taking.session.id]
        sits = taking.place is Place.SEAT
        if taking.tells_full:
            self.promise([taking.full])
            session = replace(session, full_told=session.version)
        self.sessions[session.id] = (
            replace(session, taken=session.taken + 1)
            if sits
            else replace(session, waiting=(*session.waiting, contact_id))
        )
        self.rosters[session.id][contact_id] = Seat(
            contact_id, reference, taking.place, taking.needs, session.version, session.start
        )

    def can_leave(self, read: Session, contact_id: str) -> bool:
        """Whether place and line are as they were read, as far as giving back this person's place depends on it."""
        now, seat = self.sessions[read.id], self.rosters[read.id].get(contact_id)
        if seat is None:
            return False
        if contact_id in read.waiting:
            at = read.waiting.index(contact_id)
            return now.waiting[at : at + 1] == (contact_id,)
        return self.can_seat_next(read) if now.waiting or read.waiting else True

    def can_seat_next(self, read: Session) -> bool:
        """Whether the head of the line can be told of the session as it was read, and is told nothing wrong."""
        now, head = self.sessions[read.id], read.waiting[:1]
        as_read = (now.waiting[:1], now.version) == (head, read.version)
        return as_read and bool(head) and self.living(head[0]) is not None

    def leave(self, read: Session, contact_id: str) -> None:
        """The booking ends, and the seat goes to the head of the line or is free."""
        now, seat = self.sessions[read.id], self.rosters[read.id].pop(contact_id)
        self.set_state(contact_id, read.id, BookingState.CANCELLED)
        if seat.place is Place.WAITING:
            self.sessions[read.id] = replace(now, waiting=tuple(each for each in now.waiting if each != contact_id))
        elif now.waiting:
            self.seat_next(read)
        else:
            self.sessions[read.id] = replace(now, taken=now.taken - 1)

    def seat_next(self, read: Session) -> None:
        """The head of the line sits down, knowing the session as it was read."""
        head, *others = self.sessions[read.id].waiting
        self.sessions[read.id] = replace(self.sessions[read.id], waiting=tuple(others))
        known = {"told": read.version, "start": read.start}
        self.rosters[read.id][head] = replace(self.rosters[read.id][head], place=Place.SEAT, **known)
        self.set_state(head, read.id, BookingState.CONFIRMED)

    def set_state(self, contact_id: str, session_id: str, state: BookingState) -> None:
        file = self.files[contact_id]
        slots = {"slot": None} if state is BookingState.REQUESTED else {}
        bookings = tuple(
            replace(each, state=state, **slots) if each.session_id == session_id else each for each in file.bookings
        )
        self.files[contact_id] = replace(file, bookings=bookings)

    def overdue(self, today: date) -> list[date]:
        return sorted(day for day in self.due_on.values() if day < today)


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
            stale = any(store.letters.get(_key_of(each.before)) != each.before for each in joining.carried)
            carried = [each.after for each in joining.carried if each.after]
            store.promise([*carried, *joining.letters], changed or strange or stale)
            for each in joining.carried:
                if not each.is_sent:
                    store.letters[_key_of(each.before)] = replace(each.before, state=LetterState.VOID)
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


class FakeOutbox:
    def __init__(self, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()

    def due(self, now: datetime) -> Iterator[Letter]:
        return (letter for letter in self.in_state(LetterState.WAITING) if letter.due_at <= now)

    def claim(self, letter: Letter, until: datetime) -> Letter | None:
        claimed = replace(letter, due_at=until, attempts=letter.attempts + 1)
        return claimed if self._change(replace(letter, state=LetterState.WAITING), claimed) else None

    def settle(self, claimed: Letter, state: LetterState, due_at: datetime) -> None:
        self._change(replace(claimed, state=LetterState.WAITING), replace(claimed, state=state, due_at=due_at))

    def fail(self, claimed: Letter, report: Letter, now: datetime) -> None:
        with self.store.call():
            if self._change(claimed, replace(claimed, state=LetterState.FAILED, due_at=now)):
                self.store.letters.setdefault(_key_of(report), _whole(report))

    def gather(self, claimed: Letter, until: datetime) -> None:
        waiting = replace(claimed, waiting_since=until, due_at=until, attempts=0, gathered=True)
        self._change(claimed, waiting)

    def claim_all(self, letters: Sequence[Letter], until: datetime) -> tuple[Letter, ...] | None:
        with self.store.call():
            if any(self.store.letters.get(_key_of(each)) != each for each in letters):
                return None
            return tuple(claimed for each in letters if (claimed := self.claim(each, until)))

    def settle_all(self, outcomes: Sequence[Outcome]) -> None:
        with self.store.call():
            for each in outcomes:
                self.settle(each.letter, each.state, each.due_at)

    def take_back(self, letter: Letter, call: Letter | None) -> None:
        with self.store.call():
            self.store.promise([call] if call else [], self.store.letters.get(_key_of(letter)) != letter)
            self.store.letters[_key_of(letter)] = replace(letter, state=LetterState.BOUNCED)

    def in_state(self, *states: LetterState) -> Iterator[Letter]:
        with self.store.call():
            found = [letter for letter in self.store.letters.values() if letter.state in states]
        return iter(sorted(found, key=lambda each: each.due_at))

    def resend(self, letter: Letter, now: datetime) -> bool:
        anew = replace(letter, state=LetterState.WAITING, waiting_since=now, due_at=now, attempts=0)
        was = LetterState.BOUNCED if letter.state is LetterState.BOUNCED else LetterState.FAILED
        return self._change(replace(letter, state=was), anew)

    def told(self, letter: Letter) -> bool:
        return self._change(letter, replace(letter, state=LetterState.SENT))

    def postpone(self, letter: Letter, until: datetime) -> bool:
        return self._change(letter, replace(letter, due_at=until, attempts=letter.attempts + 1))

    def void(self, letter: Letter) -> bool:
        return self._change(letter, replace(letter, state=LetterState.VOID))

    def oldest_unsent(self, now: datetime) -> datetime | None:
        return min((letter.waiting_since for letter in self.in_state(LetterState.WAITING)), default=None)

    def _change(self, before: Letter, after: Letter) -> bool:
        with self.store.call():
            unchanged = self.store.letters.get(_key_of(before)) == before
            if unchanged:
                self.store.letters[_key_of(before)] = _whole(after)
            return unchanged


def check(count: Count, known: set[str]) -> None:
    if count.request not in known and len(known) >= count.most:
        raise TooManyRequestsError(count.retry_after)


class FakeLimits:
    """Nothing is keyed here, so that tests see what is counted."""

    def __init__(self, store: FakeStore | None = None) -> None:
        self.requests = (store or FakeStore()).requests
        self._lock = RLock()

    def count(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> Count:
        now = now.astimezone(UTC)
        start = now - (now - datetime(1970, 1, 1, tzinfo=UTC)) % window
        return Count(mark, request, most, start, start + window - now, start + window)

    def admit(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> None:
        count = self.count(mark, request, most, window, now)
        with self._lock:
            known = self.requests[mark, count.start]
            check(count, known)
            known.add(request)

    def as_a_letter(self, mark: str, request: str, window: timedelta, now: datetime) -> None:
        count = self.count(mark, request, 0, window, now)
        with self._lock:
            self.requests[mark, count.start].add(request)


class FakeSeal:
    """Closes nothing: the text can be read, so that tests see what was sealed for whom."""

    def close(self, text: str, contact_id: str) -> bytes:
        return f"sealed for {contact_id}: {text}".encode()


class FakePost:
    """Takes each letter, but raises one of `errors` for each of the first ones."""

    def __init__(self, errors: Iterable[Exception] = ()) -> None:
        self.errors = deque(errors)
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        if self.errors:
            raise self.errors.popleft()
        self.sent.append(message)


def _with_papers(file: ContactFile, papers: Sequence[Paper]) -> ContactFile:
    vouchers = {each.number: each for each in (*file.vouchers, *papers) if isinstance(each, Voucher)}
    given = (each for each in (*file.certificates, *papers) if isinstance(each, Certificate))
    certificates = {(each.kind.value, each.voucher): each for each in given}
    in_order = (tuple(each for _, each in sorted(found.items())) for found in (vouchers, certificates))
    return replace(file, **dict(zip(("vouchers", "certificates"), in_order, strict=True)))


def _key_of(letter: Letter) -> LetterKey:
    return letter.contact_id, letter.about, letter.kind.value, letter.revision, letter.start


def _whole(letter: Letter) -> Letter:
    """A letter as the table keeps them: nothing is missing but whom it is about."""
    missing = [name for name, value in vars(letter).items() if value is None and name != "contact_id"]
    assert not missing, f"a letter without {missing}"
    return letter
