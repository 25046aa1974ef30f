"""Stand-ins for the stores of the staff desk; they pass the tests of the real ones."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from chalicelib.domain.booking import BookingState, ContactFile
from chalicelib.domain.desk import Deed, DeskSession, SignInLink
from chalicelib.domain.errors import TakenError
from chalicelib.domain.identity import name_as_sought
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.storage import places
from chalicelib.usecases.desk_ports import Listed, Tray, Waiting
from tests.fakes.store import FakeStore

AUDIT_KEPT = timedelta(days=365)
FOR_STAFF = (LetterState.FAILED, LetterState.BOUNCED, LetterState.BY_PHONE)


class FakeWorklist:
    def __init__(self, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()

    def tray(self) -> Tray:
        with self.store.call():
            letters = sorted(
                (each for each in self.store.letters.values() if each.state in FOR_STAFF), key=lambda each: each.due_at
            )
            requests = [
                Waiting(contact_id, each.reference, each.requested_at)
                for contact_id, file in self.store.files.items()
                for each in file.bookings
                if each.state is BookingState.REQUESTED
            ]
            corrections = [
                Waiting(contact_id, each.reference, each.received_at)
                for contact_id in self.store.files
                for each in (self.store.living(contact_id) or self.store.files[contact_id]).corrections
            ]
        oldest_first = (tuple(sorted(found, key=lambda each: each.since)) for found in (requests, corrections))
        return Tray(tuple(letters), *oldest_first)

    def leaving(self, first: date, last: date) -> Iterator[Listed]:
        with self.store.call():
            due = sorted((day, due) for due, day in self.store.due_on.items() if due.correction is None)
            listed = [self.store.files[each.contact_id] for day, each in due if first <= day <= last]
        return (Listed(file.contact, self._reference(file.contact.id)) for file in listed)

    def received(self, month: str) -> Mapping[str, int]:
        with self.store.call():
            counted = [self.store.received.get(each, {}) for each in self.store.references]
        return Counter(each["due_at"] for each in counted if each.get("due_key") == places.received_in(month))

    def named(self, beginning: str, most: int) -> Sequence[str]:
        with self.store.call():
            named = sorted((name_as_sought(file.contact.person.surname), each) for each, file in self._kept())
        return [contact_id for name, contact_id in named if name.startswith(beginning)][:most]

    def phoned(self, number: str) -> Sequence[str]:
        with self.store.call():
            return sorted(each for each, file in self._kept() if file.contact.person.phone == number)

    def mailed(self, marks: Sequence[str]) -> Sequence[str]:
        with self.store.call():
            return sorted(each for each, file in self._kept() if file.contact.mail_mark in marks)

    def listed(self, contact_ids: Sequence[str]) -> Sequence[Listed]:
        with self.store.call():
            living = [file.contact for each in dict.fromkeys(contact_ids) if (file := self.store.living(each))]
        return [Listed(contact, self._reference(contact.id)) for contact in living]

    def _kept(self) -> list[tuple[str, ContactFile]]:
        return list(self.store.files.items())

    def _reference(self, contact_id: str) -> str:
        return min(reference for reference, led_to in self.store.references.items() if led_to == contact_id)


class FakeAudit:
    def __init__(self) -> None:
        self.deeds: list[Deed] = []

    def note(self, deed: Deed) -> None:
        self.deeds.append(deed)

    def newest(self, month: str, most: int, now: datetime) -> Sequence[Deed]:
        kept = (each for each in self.deeds if each.at > now - AUDIT_KEPT)
        of_month = [each for each in kept if f"{each.at.astimezone(UTC):%Y-%m}" == month]
        return tuple(sorted(of_month, key=lambda each: each.at, reverse=True)[:most])


class FakeSignIns:
    def __init__(self, store: FakeStore | None = None, audit: FakeAudit | None = None) -> None:
        self.store, self.audit = store or FakeStore(), audit or FakeAudit()
        self.links: dict[str, SignInLink] = {}
        self.sessions: dict[str, DeskSession] = {}

    def ask(self, link: SignInLink, letter: Letter) -> None:
        with self.store.call():
            self.store.promise([letter], refused=link.nonce in self.links)
            self.links[link.nonce] = link

    def link(self, nonce: str) -> SignInLink | None:
        with self.store.call():
            return self.links.get(nonce)

    def enter(self, link: SignInLink, session: DeskSession, deed: Deed) -> None:
        with self.store.call():
            known = self.links.get(link.nonce)
            if known is None or known.used:
                raise TakenError("used")
            self.links[link.nonce] = replace(known, used=True)
            self.sessions[session.mark] = session
            self.audit.note(deed)

    def session(self, mark: str) -> DeskSession | None:
        with self.store.call():
            return self.sessions.get(mark)

    def end(self, mark: str, deed: Deed) -> None:
        with self.store.call():
            known = self.sessions.get(mark)
            if known is None or known.ended:
                raise TakenError("ended")
            self.sessions[mark] = replace(known, ended=True)
            self.audit.note(deed)


def never_unsealed(reference: str, secret: str) -> str:
    raise AssertionError("nobody has pressed the button that opens a seal")
