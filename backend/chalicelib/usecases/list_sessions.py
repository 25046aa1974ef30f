"""Lists the sessions of a kind that are shown to everybody: published, going ahead, not begun; full ones too."""

from datetime import datetime

from chalicelib.domain.session import Session, SessionKind
from chalicelib.usecases.session_ports import Sessions


def list_sessions(kind: SessionKind, sessions: Sessions, now: datetime) -> tuple[Session, ...]:
    """By start, as they are at the aware `now`. Raises StoreBusyError."""
    return tuple(each for each in sessions.planned(kind, now) if each.is_open(now))
