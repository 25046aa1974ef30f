"""The stand-in for the store of sessions; it passes the tests of the real one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from chalicelib.domain.booking import BookingState
from chalicelib.domain.errors import TakenError
from chalicelib.domain.identity import Identity
from chalicelib.domain.letter import Letter
from chalicelib.domain.session import Session, SessionKind
from chalicelib.programme import periods
from chalicelib.usecases.admit import Office
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.session_ports import Gathering, Invited, Seat
from tests.fakes.contacts import FakeContacts
from tests.fakes.limits import FakeLimits, FakeSeal
from tests.fakes.store import FakeStore


def fake_office(store: FakeStore, contacts: FakeContacts | None = None) -> Office:
    """An office whose parts are all fakes over one store."""
    identity = Identity((b"k" * 32,))
    return Office(
        contacts or FakeContacts(store),
        FakeSessions(store),
        FakeLimits(store),
        FakeSeal(),
        identity,
        periods.retention(),
    )


def fake_rosters(store: FakeStore) -> Rosters:
    return Rosters(FakeContacts(store), FakeSessions(store))


class FakeSessions:
    def __init__(self, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()

    def add(self, session: Session) -> None:
        with self.store.call():
            if session.id in self.store.sessions:
                raise TakenError(session.id)
            self.store.sessions[session.id] = session

    def read(self, session_id: str) -> Session | None:
        with self.store.call():
            return self.store.sessions.get(session_id)

    def gathering(self, session_id: str) -> Gathering | None:
        with self.store.call():
            session, seats = self.store.sessions.get(session_id), tuple(self.store.rosters[session_id].values())
        return Gathering(session, seats, session_id in self.store.inviting) if session else None

    def read_all(self, session_ids: Collection[str]) -> Mapping[str, Session]:
        with self.store.call():
            return {each: self.store.sessions[each] for each in session_ids if each in self.store.sessions}

    def planned(self, kind: SessionKind, since: datetime) -> Iterator[Session]:
        return (each for each in self._listed(since) if each.kind is kind and not each.cancelled)

    def called_off(self, since: datetime) -> Iterator[Session]:
        return (each for each in self._listed(since) if each.cancelled)

    def _listed(self, since: datetime) -> list[Session]:
        with self.store.call():
            ahead = [each for each in self.store.sessions.values() if each.start >= since]
        return sorted(ahead, key=lambda each: each.start)

    def replan(self, after: Session) -> None:
        with self.store.call():
            now = self.store.sessions.get(after.id)
            if now is None or now.version != after.version - 1 or now.taken > after.capacity:
                raise TakenError(after.id)
            self.store.sessions[after.id] = replace(after, taken=now.taken, waiting=now.waiting)
            self.store.changes[after.id] = after.version

    def roster(self, session_id: str) -> Iterator[Seat]:
        with self.store.call():
            return iter(list(self.store.rosters[session_id].values()))

    def seat(self, session_id: str, contact_id: str) -> Seat | None:
        with self.store.call():
            return self.store.rosters[session_id].get(contact_id)

    def give_back(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        with self.store.call():
            self.store.promise(letters, not self.store.can_leave(session, contact_id))
            self.store.leave(session, contact_id)

    def seat_next(self, session: Session, letters: Sequence[Letter]) -> None:
        with self.store.call():
            now = self.store.sessions[session.id]
            self.store.promise(letters, now.taken >= now.capacity or not self.store.can_seat_next(session))
            self.store.sessions[session.id] = replace(now, taken=now.taken + 1)
            self.store.seat_next(session)

    def changed(self) -> Iterator[str]:
        with self.store.call():
            return iter(list(self.store.changes))

    def all_told(self, session: Session) -> None:
        with self.store.call():
            if self.store.changes.get(session.id) == session.version:
                del self.store.changes[session.id]
                if session.cancelled:
                    self.store.sessions[session.id] = replace(self.store.sessions[session.id], waiting=())

    def tell(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        with self.store.call():
            seat = self.store.rosters[session.id].get(contact_id)
            self.store.promise(self.store.new(letters), seat is None or seat.told >= session.version)
            self.store.rosters[session.id][contact_id] = replace(seat, told=session.version, start=session.start)

    def call_off(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        with self.store.call():
            self.store.promise(letters, contact_id not in self.store.rosters[session.id])
            del self.store.rosters[session.id][contact_id]
            off = BookingState.REQUESTED if session.kind is SessionKind.SLOT else BookingState.CANCELLED
            self.store.set_state(contact_id, session.id, off)

    def withdraw(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        with self.store.call():
            booking = self.store.files[contact_id].booking(session.id)
            self.store.promise(letters, booking is None or booking.state is not BookingState.INVITED)
            self.store.set_state(contact_id, session.id, BookingState.CANCELLED)

    def begin_inviting(self, session_id: str) -> None:
        with self.store.call():
            self.store.inviting.add(session_id)

    def inviting(self) -> Iterator[str]:
        with self.store.call():
            return iter(sorted(self.store.inviting))

    def all_invited(self, session_id: str) -> None:
        with self.store.call():
            self.store.inviting.discard(session_id)

    def invited(self, session_id: str) -> Iterator[Invited]:
        with self.store.call():
            alive = [file for file in map(self.store.living, list(self.store.files)) if file]
        listed = [(file.contact.id, file.booking(session_id)) for file in alive]
        unanswered = [(who, each) for who, each in listed if each and each.state.takes_no_place]
        unanswered.sort(key=lambda pair: pair[1].requested_at)
        return iter([Invited(who, each.reference, each.state) for who, each in unanswered])

    def held_by(self, contact_id: str) -> Iterator[str]:
        with self.store.call():
            return iter([name for name, roster in self.store.rosters.items() if contact_id in roster])

    def strike(self, session_id: str, contact_id: str) -> None:
        with self.store.call():
            self.store.rosters[session_id].pop(contact_id, None)
            session = self.store.sessions[session_id]
            waiting = tuple(each for each in session.waiting if each != contact_id)
            self.store.sessions[session_id] = replace(session, waiting=waiting)

    def forget_needs(self, today: date) -> int:
        with self.store.call():
            over = [each for each in self.store.sessions.values() if each.last_day < today]
            held = [(each.id, seat) for each in over for seat in self.store.rosters[each.id].values() if seat.needs]
            for session_id, seat in held:
                self.store.rosters[session_id][seat.contact_id] = replace(seat, needs=())
            return len(held)
