"""What the use cases need of the sessions' store; `ports.py` has the rest."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from chalicelib.domain.booking import BookingState
from chalicelib.domain.letter import Letter
from chalicelib.domain.session import Place, Session, SessionKind


@dataclass(frozen=True)
class Count:
    """A request that a write counts as it happens: `request` under `mark`, at most `most` of them from `start` on.

    Both are keyed already, so that neither leads back to a person. It ends in `retry_after`, when it `expires`.
    """

    mark: str
    request: str
    most: int
    start: datetime
    retry_after: timedelta
    expires: datetime


@dataclass(frozen=True)
class Taking:
    """A place in a session for somebody who signs up: a seat, or the end of the line, with what they need there.

    `session` is as it was read: the write is refused once staff have changed it, or the place is taken. With `full`,
    the letter that tells staff that nothing is left, it is also refused where this is the last place against what was
    read; the letter is promised with the last place only. `counts` are limits against abuse that the write has to keep,
    which spares a call for each.
    """

    session: Session
    place: Place
    needs: tuple[str, ...]
    full: Letter | None = None
    counts: tuple[Count, ...] = ()

    @property
    def tells_full(self) -> bool:
        return self.full is not None and self.session.is_last(self.place)


@dataclass(frozen=True)
class Seat:
    """One line of a roster: who has a seat or waits, under which reference, and what they need.

    `told` is the version of the session that this person knows, `start` when it begins in that version.
    """

    contact_id: str
    reference: str
    place: Place
    needs: tuple[str, ...]
    told: int
    start: datetime


@dataclass(frozen=True)
class Invited:
    """Somebody who is invited to a session and has no place in it: without an answer yet, or declined."""

    contact_id: str
    reference: str
    state: BookingState


@dataclass(frozen=True)
class Gathering:
    """A session with its roster, and whether people are still to be invited to it, read together."""

    session: Session
    seats: tuple[Seat, ...]
    inviting: bool


class Sessions(Protocol):
    """Sessions with their rosters. Raises StoreBusyError as Contacts does; TakenError where it says so."""

    def add(self, session: Session) -> None:
        """Stores a new session. Raises TakenError when its id is taken."""

    def read(self, session_id: str) -> Session | None:
        """The session as it is now, read consistently."""

    def gathering(self, session_id: str) -> Gathering | None:
        """The session with its whole roster as it is now, in one call."""

    def read_all(self, session_ids: Collection[str]) -> Mapping[str, Session]:
        """Those of them that are there, by their ids, as they are now; in one call for up to a hundred."""

    def planned(self, kind: SessionKind, since: datetime) -> Iterator[Session]:
        """The sessions of a kind that begin at `since` or later and were not cancelled, by start; drafts too."""

    def called_off(self, since: datetime) -> Iterator[Session]:
        """The sessions of any kind that were cancelled and would begin at `since` or later, by start."""

    def replan(self, after: Session) -> None:
        """Stores what staff changed; `after.version` is one more than what was read, seats and line stay as they are.

        From then on the session is among the `changed` until its whole roster was told.

        Raises TakenError when other staff changed it since, or when fewer seats would be left than are taken.
        """

    def roster(self, session_id: str) -> Iterator[Seat]:
        """Who has a seat and who waits, in no order; the order of the line is the session's."""

    def seat(self, session_id: str, contact_id: str) -> Seat | None:
        """One person's line of a roster, read consistently."""

    def give_back(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        """Ends one person's place: the booking becomes cancelled, the seat goes to the head of the line, or is free.

        One transaction with the letters, which are those to the person, to staff and to the head of the line. Raises
        TakenError when the line or the place is not as `session` says any more, or staff have changed the session of
        which the head of the line is told. A contact that is being deleted gives back its places too; a head of the
        line that is being deleted loses its own and nobody is placed.
        """

    def seat_next(self, session: Session, letters: Sequence[Letter]) -> None:
        """Gives a free seat to the head of the line, with the letters to it. Raises TakenError likewise."""

    def changed(self) -> Iterator[str]:
        """The ids of the sessions whose rosters are still to be told of a change."""

    def all_told(self, session: Session) -> None:
        """Ends the telling of this version; a session that was changed again stays among the changed.

        Nobody waits any more for one that is cancelled.
        """

    def tell(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        """Promises letters about this version to one person on the roster, once; TakenError when that was done.

        One that was promised before, for a time to which the session has come back, is still good.
        """

    def call_off(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        """Ends one person's place in a cancelled session, with its letters; TakenError when that was done."""

    def withdraw(self, session: Session, contact_id: str, letters: Sequence[Letter]) -> None:
        """Ends an invitation to a cancelled session, with its letters; TakenError once it was answered."""

    def begin_inviting(self, session_id: str) -> None:
        """From now on the session is among those to which people are still to be invited; twice does no harm."""

    def inviting(self) -> Iterator[str]:
        """The ids of the sessions to which people are still to be invited."""

    def all_invited(self, session_id: str) -> None:
        """Ends that; twice does no harm."""

    def invited(self, session_id: str) -> Iterator[Invited]:
        """Who is invited and has no place, oldest first; just after a change it may still say what was before."""

    def held_by(self, contact_id: str) -> Iterator[str]:
        """The ids of the sessions in whose rosters a contact stands, also while it is being deleted."""

    def strike(self, session_id: str, contact_id: str) -> None:
        """Takes somebody off the roster, and out of the line, of a session that is over or off; nobody is placed.

        Raises TakenError when the line moved meanwhile.
        """

    def forget_needs(self, today: date) -> int:
        """Removes what people needed at sessions that ended before today, also of days on which nobody looked."""


class Listing(Protocol):
    """The list of each kind as a file beside the site. Raises StoreBusyError as Contacts does."""

    def read(self, kind: SessionKind) -> str | None:
        """What was written last, or None."""

    def write(self, kind: SessionKind, text: str) -> None:
        """Puts a text, JSON, in the place of what was there, at once and whole."""
