"""Plans sessions as staff describe them: new ones are added, known ones changed; each change is told to the roster."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import ChangedMeanwhileError, ImpossiblePlanError, ImpossibleSessionError
from chalicelib.domain.session import Session, checked
from chalicelib.usecases.session_ports import Sessions

Counts = dict[str, int]


def plan_sessions(described: Iterable[Session], sessions: Sessions, now: datetime) -> Counts:
    """Stores each session under its id and counts what was added, changed, or already so.

    All are checked before the first is stored. Raises ImpossiblePlanError with every mistake, and TakenError when other
    staff changed one meanwhile or somebody took a seat that it would not have.
    """
    changes = planned_changes(described, sessions, now)
    for change in changes:
        change.store(sessions)
    return dict(Counter(change.what for change in changes))


def cancel_session(session_id: str, sessions: Sessions, seen: int | None = None) -> bool:
    """Marks a session as cancelled; its roster is told by the next run. False when it is not there, or cancelled.

    Raises ChangedMeanwhileError when staff have changed it since the version that was `seen`, and TakenError.
    """
    session = sessions.read(session_id)
    if session is None or session.cancelled:
        return False
    if seen not in (None, session.version):
        raise ChangedMeanwhileError
    sessions.replan(replace(session, cancelled=True, version=session.version + 1))
    return True


@dataclass(frozen=True)
class Change:
    """What becomes of one session: added, changed or unchanged."""

    what: str
    session: Session

    def store(self, sessions: Sessions) -> None:
        """Raises TakenError as `plan_sessions` does."""
        if self.what == "added":
            sessions.add(self.session)
        elif self.what == "changed":
            sessions.replan(self.session)


def planned_changes(
    described: Iterable[Session], sessions: Sessions, now: datetime, seen: int | None = None
) -> list[Change]:
    """What these descriptions would change; nothing is stored yet.

    Raises ImpossiblePlanError with every mistake, and ChangedMeanwhileError for a change made from another version than
    the one that was `seen`, which is 0 for a new session.
    """
    changes, mistakes = [], []
    for session in described:
        try:
            changes.append(_change(checked(session), sessions.read(session.id), now, seen))
        except ImpossibleSessionError as mistake:
            mistakes.append(mistake)
    if mistakes:
        raise ImpossiblePlanError(mistakes)
    return changes


def _change(described: Session, known: Session | None, now: datetime, seen: int | None) -> Change:
    if known is None:
        return Change("added", _ahead(described, now))
    after = replace(
        described,
        taken=known.taken,
        waiting=known.waiting,
        version=known.version,
        example=known.example,
        full_told=known.full_told,
        dropped=(*known.meetings, *known.dropped)[len(described.meetings) :],
    )
    if after == known:
        return Change("unchanged", known)
    if seen not in (None, known.version):
        raise ChangedMeanwhileError
    if known.cancelled:
        raise ImpossibleSessionError(known.id, "cancelled")
    if known.taken > after.capacity:
        raise ImpossibleSessionError(known.id, "taken")
    return Change("changed", _ahead(replace(after, version=known.version + 1), now))


def _ahead(session: Session, now: datetime) -> Session:
    """The session, unless it would have begun."""
    if session.start <= now:
        raise ImpossibleSessionError(session.id, "past")
    return session
