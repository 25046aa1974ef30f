"""What the fakes of the table share."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import RLock

from chalicelib.domain.booking import BookingState, ContactFile
from chalicelib.domain.errors import (
    StoreBusyError,
    TakenError,
    TooManyRequestsError,
)
from chalicelib.domain.letter import Letter
from chalicelib.domain.session import Place, Session
from chalicelib.usecases.ports import Due
from chalicelib.usecases.session_ports import Count, Seat, Taking

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
        keyed = {key_of(letter): whole(letter) for letter in letters}
        if refused or not self.letters.keys().isdisjoint(keyed):
            raise TakenError("as a condition says")
        self.letters |= keyed

    def new(self, letters: Sequence[Letter]) -> list[Letter]:
        """Those that were not promised before."""
        return [letter for letter in letters if key_of(letter) not in self.letters]

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


def check(count: Count, known: set[str]) -> None:
    if count.request not in known and len(known) >= count.most:
        raise TooManyRequestsError(count.retry_after)


def key_of(letter: Letter) -> LetterKey:
    return letter.contact_id, letter.about, letter.kind.value, letter.revision, letter.start


def whole(letter: Letter) -> Letter:
    """A letter as the table keeps them: nothing is missing but whom it is about."""
    missing = [name for name, value in vars(letter).items() if value is None and name != "contact_id"]
    assert not missing, f"a letter without {missing}"
    return letter
