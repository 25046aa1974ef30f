"""Lists the sessions that are shown to everybody: published, going ahead, not begun."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.usecases.session_ports import Sessions


def list_sessions(kind: SessionKind, sessions: Sessions, now: datetime) -> tuple[Session, ...]:
    """Those of a kind by start, full ones too, as they are at the aware `now`. Raises StoreBusyError."""
    return tuple(each for each in sessions.planned(kind, now) if each.is_open(now))


def as_json(sessions: Sequence[Session]) -> str:
    """The list for programs: times in UTC, `waiting` how many are in line, `open` whether one can still sign up."""
    listed = [
        {
            "id": session.id,
            "kind": session.kind.value,
            "languages": session.languages,
            "meetings": [_meeting(meeting) for meeting in session.meetings],
            "places_left": session.places_left,
            "waiting": len(session.waiting),
            "open": session.offer() is not None,
        }
        for session in sessions
    ]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def _meeting(meeting: Meeting) -> dict[str, str]:
    return {"start": _moment(meeting.start), "end": _moment(meeting.end), "place": meeting.place}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def free_sessions(kind: SessionKind, sessions: Sessions, now: datetime) -> tuple[Session, ...]:
    """Those of them that have a free seat. Raises StoreBusyError."""
    return tuple(each for each in list_sessions(kind, sessions, now) if each.places_left)
