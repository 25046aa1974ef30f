"""Plans sessions as staff describe them: new ones are added, known ones changed; each change is told to the roster."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import ImpossiblePlanError, ImpossibleSessionError
from chalicelib.domain.session import Session, checked
from chalicelib.usecases.session_ports import Sessions

Counts = dict[str, int]


def plan_sessions(described: Iterable[Session], sessions: Sessions, now: datetime) -> Counts:
    """Stores each session under its id and counts what was added, changed, or already so.

    All are checked before the first is stored. Raises ImpossiblePlanError with every mistake, and TakenError when other
    staff changed one meanwhile or somebody took a seat that it would not have.
    """
    changes = _changes(described, sessions, now)
    for change in changes:
        if change.what == "added":
            sessions.add(change.session)
        elif change.what == "changed":
            sessions.replan(change.session)
    return dict(Counter(change.what for change in changes))


def cancel_session(session_id: str, sessions: Sessions) -> bool:
    """Marks a session as cancelled; its roster is told by the next run. False when it is not there, or cancelled."""
    session = sessions.read(session_id)
    if session is None or session.cancelled:
        return False
    sessions.replan(replace(session, cancelled=True, version=session.version + 1))
    return True


@dataclass(frozen=True)
class _Change:
    """What becomes of one session: added, changed or unchanged."""

    what: str
    session: Session


def _changes(described: Iterable[Session], sessions: Sessions, now: datetime) -> list[_Change]:
    changes, mistakes = [], []
    for session in described:
        try:
            changes.append(_change(checked(session), sessions.read(session.id), now))
        except ImpossibleSessionError as mistake:
            mistakes.append(mistake)
    if mistakes:
        raise ImpossiblePlanError(mistakes)
    return changes


def _change(described: Session, known: Session | None, now: datetime) -> _Change:
    if known is None:
        return _Change("added", _ahead(described, now))
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
        return _Change("unchanged", known)
    if known.cancelled:
        raise ImpossibleSessionError(known.id, "cancelled")
    if known.taken > after.capacity:
        raise ImpossibleSessionError(known.id, "taken")
    return _Change("changed", _ahead(replace(after, version=known.version + 1), now))


def _ahead(session: Session, now: datetime) -> Session:
    """The session, unless it would have begun."""
    if session.start <= now:
        raise ImpossibleSessionError(session.id, "past")
    return session
