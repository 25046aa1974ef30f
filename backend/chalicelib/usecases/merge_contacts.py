"""Puts two contacts of one person together: all of one goes to the other at once, and the next deletion run ends it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from chalicelib.domain.booking import BookingState, ContactFile
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import with_warning
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import CannotMergeError, ChangedMeanwhileError, TakenError, UnknownReferenceError
from chalicelib.domain.letter import (
    LEASE,
    Letter,
    LetterKind,
    LetterState,
    about_booking,
    about_deletion,
    with_call,
)
from chalicelib.domain.merging import Carried, Merger, Obstacle, merged
from chalicelib.domain.session import Session
from chalicelib.usecases.confirm_correction import is_somebody_else
from chalicelib.usecases.contact_ports import Joining
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.settle import settle


@dataclass(frozen=True)
class Shown:
    """A contact by one of its references, and how it stood on a page: what `mark_of` said."""

    reference: str
    mark: str


@dataclass(frozen=True)
class BothContacts:
    """Two contacts as they are now, and what becomes of them, or the Obstacle `why` they cannot be put together.

    `sessions` are those of their bookings, by their ids.
    """

    kept: ContactFile
    gone: ContactFile
    sessions: Mapping[str, Session]
    merger: Merger | None = None
    why: str = ""


def mark_of(file: ContactFile) -> str:
    """What is different after each change of a contact, its bookings or what further forms said."""
    bookings = sorted((each.reference, each.revision, each.state.value, each.slot) for each in file.bookings)
    said = (file.contact.version, bookings, sorted(each.reference for each in file.corrections))
    return sha256(repr(said).encode()).hexdigest()[:16]


def look_at_both(kept: str, gone: str, desk: BackOffice, now: datetime) -> BothContacts:
    """What would become of the contacts of two references. Raises UnknownReferenceError, and StoreBusyError."""
    ours, theirs = _read(kept, gone, desk)
    both = BothContacts(ours, theirs, _sessions(ours, theirs, desk))
    try:
        return replace(both, merger=_merger(both, desk, now))
    except CannotMergeError as impossible:
        return replace(both, why=impossible.why)


def merge_contacts(kept: Shown, gone: Shown, who: str, desk: BackOffice, now: datetime) -> None:
    """Puts the contact of `gone` into that of `kept`, for somebody of the staff, at the aware `now`.

    One transaction moves whatever the person has, with a letter that says so; the same form twice does no harm. Raises
    ChangedMeanwhileError when either is not as it was shown any more, UnknownReferenceError, CannotMergeError with an
    Obstacle, and StoreBusyError when the store stays busy or a letter is just being sent.
    """
    settle(_Merge(kept, gone, who, desk, now).attempt)


@dataclass(frozen=True)
class _Merge:
    kept: Shown
    gone: Shown
    who: str
    desk: BackOffice
    now: datetime

    def attempt(self) -> None:
        kept, gone = _read(self.kept.reference, self.gone.reference, self.desk)
        if kept.contact.id == gone.contact.id:
            return
        if (mark_of(kept), mark_of(gone)) != (self.kept.mark, self.gone.mark):
            raise ChangedMeanwhileError
        merger = _merger(BothContacts(kept, gone, _sessions(kept, gone, self.desk)), self.desk, self.now)
        # Names of one with the address of the other may be those of a third contact.
        if is_somebody_else(merger.after.person, {kept.contact.id, gone.contact.id}, self.desk.office):
            raise CannotMergeError(Obstacle.SOMEBODY_ELSE)
        joining = self._joining(merger)
        self.desk.audit.note(Deed(self.now, self.who, Act.MERGED, self.kept.reference))
        self.desk.office.contacts.merge(joining, day_in_luxembourg(self.now))

    def _joining(self, merger: Merger) -> Joining:
        office = self.desk.office
        after, warning = with_warning(merger.after, merger.kept.reference, office.retention, self.now)
        merger = replace(merger, after=after)
        ours, theirs = (list(office.contacts.letters(each.contact.id)) for each in (merger.kept, merger.gone))
        carried = _carried(merger, ours, theirs, self.now)
        known = {*map(_key, ours), *(_key(each.after) for each in carried if each.after and not each.is_sent)}
        letters = [each for each in (*_letters(merger, self.now), *warning) if _key(each) not in known]
        known |= set(map(_key, letters))
        carried = [each for each in carried if not (each.is_sent and each.after and _key(each.after) in known)]
        return Joining(merger, office.identity.marks(after.person), carried, letters)


def _read(kept: str, gone: str, desk: BackOffice) -> tuple[ContactFile, ContactFile]:
    ours, theirs = desk.office.contacts.find_both(kept, gone)
    if ours is None or theirs is None:
        raise UnknownReferenceError(gone if ours else kept)
    return ours, theirs


def _sessions(kept: ContactFile, gone: ContactFile, desk: BackOffice) -> Mapping[str, Session]:
    booked = {each.session_id for file in (kept, gone) for each in file.bookings if each.session_id}
    return desk.office.sessions.read_all(booked)


def _merger(both: BothContacts, desk: BackOffice, now: datetime) -> Merger:
    return merged(both.kept, both.gone, both.sessions, desk.office.retention, day_in_luxembourg(now))


def _carried(merger: Merger, ours: Sequence[Letter], theirs: Sequence[Letter], now: datetime) -> list[Carried]:
    """What is still to be said, and notes of what was sent; nothing takes the place of a letter of `ours`."""
    known = set(map(_key, ours))
    carried = []
    for letter in theirs:
        if _is_under_way(letter, now):
            raise TakenError("a letter is just being sent")
        after = merger.carried(letter)
        if letter.state is not LetterState.VOID:
            carried.append(Carried(letter, after if after and _key(after) not in known else None))
    return carried


def _is_under_way(letter: Letter, now: datetime) -> bool:
    """Whether somebody may be sending it: moved now, it would be sent twice."""
    return letter.state is LetterState.WAITING and letter.attempts > 0 and now < letter.due_at <= now + LEASE


def _letters(merger: Merger, now: datetime) -> Iterator[Letter]:
    """What tells the person, with links that work; who has not answered an invitation gets it once more."""
    yield from with_call(about_deletion(LetterKind.MERGED, merger.after, merger.kept.reference, now))
    for booking in merger.moved:
        if booking.state is BookingState.INVITED:
            yield from with_call(about_booking(LetterKind.INVITATION, merger.after, booking, now))


def _key(letter: Letter) -> tuple[str, str, int, str]:
    """What sets a letter apart from all others to one contact."""
    return letter.about, letter.kind.value, letter.revision, letter.start
