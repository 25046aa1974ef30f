"""The dates of a kind of session: a page with the form to sign up, or a list for programs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import IntakeClosedError
from chalicelib.domain.session import SessionKind
from chalicelib.programme.intake import is_closed
from chalicelib.usecases.list_sessions import as_json, list_sessions
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
