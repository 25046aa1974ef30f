"""Plans sessions as staff describe them: new ones are added, known ones changed; each change is told to the roster."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.errors import ImpossibleSessionError
from chalicelib.domain.session import Session, checked
from chalicelib.usecases.session_ports import Sessions

Counts = dict[str, int]


def plan_sessions(described: Iterable[Session], sessions: Sessions) -> Counts:
    """Stores each session under its id and counts what was added, changed, or already so.

    All are checked before the first is stored. Raises ImpossibleSessionError, and TakenError when other staff changed
    one meanwhile or it would have fewer seats than are taken.
    """
    counts: Counter[str] = Counter()
    for session in [checked(each) for each in described]:
        counts[_plan(session, sessions)] += 1
    return dict(counts)


def cancel_session(session_id: str, sessions: Sessions) -> bool:
    """Marks a session as cancelled; its roster is told by the next run. False when it is not there, or cancelled."""
    session = sessions.read(session_id)
    if session is None or session.cancelled:
        return False
    sessions.replan(replace(session, cancelled=True, version=session.version + 1))
    return True


def _plan(described: Session, sessions: Sessions) -> str:
    known = sessions.read(described.id)
    if known is None:
        sessions.add(described)
        return "added"
    if known.cancelled:
        raise ImpossibleSessionError("cancelled")
    after = replace(described, taken=known.taken, waiting=known.waiting, version=known.version)
    if after == known:
        return "unchanged"
    sessions.replan(replace(after, version=known.version + 1))
    return "changed"
