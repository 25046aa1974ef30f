"""The dates of a kind of session: a page with the form to sign up, or a list for programs."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.domain.errors import IntakeClosedError
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.programme.intake import is_closed
from chalicelib.usecases.list_sessions import list_sessions
from chalicelib.usecases.session_ports import Sessions
from chalicelib.usecases.sign_up import LISTED
from chalicelib.web.answer import JSON, Answer
from chalicelib.web.pages import Pages
from chalicelib.web.problems import NotFoundError
from chalicelib.web.request import Request


@dataclass(frozen=True)
class Dates:
    """Lists what everybody may sign up for; orientation days are by invitation, slots belong to the appointment."""

    pages: Pages
    sessions: Callable[[], Sessions]

    def show(self, request: Request, language: str, now: datetime) -> Answer:
        """The page, or JSON for who asks for it. Raises NotFoundError, IntakeClosedError and StoreBusyError."""
        kind = listed_kind(request)
        if kind is None:
            raise NotFoundError
        if is_closed(kind.value, self.pages.mode):
            raise IntakeClosedError
        sessions = list_sessions(kind, self.sessions(), now)
        if request.wants_json:
            return Answer(200, as_json(sessions), JSON)
        return Answer(200, self.pages.sign_up(kind, sessions, language))


def listed_kind(request: Request) -> SessionKind | None:
    """The kind that an address asks for, where it is one that everybody may see."""
    return next((kind for kind in LISTED if kind.value == request.query.get("kind")), None)


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
