"""A posted sign-up: read, taken, and answered with a receipt, or shown again below what was wrong with it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import (
    DeletionComesFirstError,
    IntakeClosedError,
    SessionClosedError,
    SessionFullError,
    StoreBusyError,
    TooManyBookingsError,
    TooManyRequestsError,
)
from chalicelib.domain.session import SESSION_ID, Session, SessionKind
from chalicelib.programme.intake import is_closed
from chalicelib.usecases.admit import Office
from chalicelib.usecases.list_sessions import list_sessions
from chalicelib.usecases.sign_up import LISTED, sign_up
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.pages import Pages, setting
from chalicelib.web.posts import count_post, refuse_forged
from chalicelib.web.problems import keep_answers
from chalicelib.web.receipts import PlaceReceipt, Receipts
from chalicelib.web.request import Request
from chalicelib.web.sessions import listed_kind

if TYPE_CHECKING:
    from chalicelib.forms.sign_up import SignUpForm

_WITH_ANSWERS_KEPT = (
    DeletionComesFirstError,
    SessionClosedError,
    SessionFullError,
    StoreBusyError,
    TooManyBookingsError,
    TooManyRequestsError,
)


@dataclass(frozen=True)
class SignUps:
    """The desk that takes sign-ups for the sessions that everybody may see."""

    site_url: str
    pages: Pages
    receipts: Callable[[], Receipts]
    office: Callable[[], Office]

    def post(self, request: Request, language: str, now: datetime) -> Answer:
        """303 to the receipt, or the form again below the dates: 422, 409 when the place is gone, 429, 503.

        Raises the other errors of the table in problems.py.
        """
        from chalicelib.forms.sign_up import SignUpForm  # noqa: PLC0415 - only a post needs it

        refuse_forged(request, self.site_url)
        kinds = self._open_kinds(listed_kind(request))
        form = SignUpForm.read(request.form(), setting(language, day_in_luxembourg(now)))
        visit = _Visit(form, kinds, self.pages, self.office(), language, now)
        if not form.validate():
            return Answer(422, visit.page())
        try:
            return see_other(self.receipts().address(visit.sign_up(request.sender), language, now))
        except _WITH_ANSWERS_KEPT as refused:
            return keep_answers(refused, language, visit.page)

    def _open_kinds(self, asked: SessionKind | None) -> tuple[SessionKind, ...]:
        """The kind that the form's address names, or else all that are open."""
        kinds = tuple(kind for kind in LISTED if asked in (kind, None) and not is_closed(kind.value, self.pages.mode))
        if not kinds:
            raise IntakeClosedError
        return kinds


@dataclass(frozen=True)
class _Visit:
    """One form on its way."""

    form: "SignUpForm"
    kinds: tuple[SessionKind, ...]
    pages: Pages
    office: Office
    language: str
    now: datetime

    def sign_up(self, sender: str | None) -> PlaceReceipt:
        count_post(self.office, sender, self.now)
        wanted = self.form.request()
        signed_up = sign_up(wanted, self.office, token_hex(16), self.now, sender, kinds=self.kinds)
        return PlaceReceipt(
            signed_up.reference,
            wanted.person.email is None,
            signed_up.delete_on,
            signed_up.session.kind,
            signed_up.session.meetings,
            signed_up.position,
            signed_up.received_at,
        )

    def page(self, notice: str = "") -> str:
        """The form with every answer below the dates as they are now."""
        kind, sessions = self.kinds[0], None
        with suppress(StoreBusyError):
            kind = self._kind()
            sessions = list_sessions(kind, self.office.sessions, self.now)
        return self.pages.sign_up(kind, sessions, self.language, self.form, notice)

    def _kind(self) -> SessionKind:
        """What the chosen session is, or else what the form was for."""
        chosen = self._chosen()
        return chosen.kind if chosen and chosen.kind in self.kinds else self.kinds[0]

    def _chosen(self) -> Session | None:
        session_id = self.form.session.data
        if len(self.kinds) == 1 or not SESSION_ID.fullmatch(session_id):
            return None
        return self.office.sessions.read(session_id)
