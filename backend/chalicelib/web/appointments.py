"""The appointment form with the free dates: shown, read, taken, and answered with a receipt or with every error."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from chalicelib.domain.booking import AppointmentRequest
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import (
    DateGoneError,
    DeletionComesFirstError,
    IntakeClosedError,
    StoreBusyError,
    TooManyRequestsError,
)
from chalicelib.domain.session import Session, SessionKind
from chalicelib.letters.received import answer_day
from chalicelib.programme import facts
from chalicelib.programme.intake import is_closed
from chalicelib.usecases.admit import Office
from chalicelib.usecases.list_sessions import free_sessions
from chalicelib.usecases.request_appointment import Accepted, request_appointment
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.pages import Pages, setting
from chalicelib.web.posts import count_post, refuse_forged
from chalicelib.web.problems import keep_answers
from chalicelib.web.receipts import AppointmentReceipt, Receipts
from chalicelib.web.request import Request

_WITH_ANSWERS_KEPT = (DeletionComesFirstError, DateGoneError, StoreBusyError, TooManyRequestsError)


@dataclass(frozen=True)
class Appointments:
    """The desk that takes appointment forms; `office` is asked for only when a form is good or offers dates."""

    site_url: str
    pages: Pages
    receipts: Callable[[], Receipts]
    office: Callable[[], Office]

    def show(self, language: str, now: datetime) -> Answer:
        """The form with the free dates, or without them when the store is too busy. Raises IntakeClosedError."""
        self._refuse_closed()
        return Answer(200, self.pages.appointment(language, slots=self._slots(now)))

    def post(self, request: Request, language: str, now: datetime) -> Answer:
        """303 to the receipt, or the form again with every answer: 422 with its errors, 409 when the date is gone, 429
        or 503 to send it again.

        Raises the other errors of the table in problems.py.
        """
        from chalicelib.forms.appointment import AppointmentForm  # noqa: PLC0415 - only a post needs it

        refuse_forged(request, self.site_url)
        self._refuse_closed()
        form = AppointmentForm.read(request.form(), setting(language, day_in_luxembourg(now)))
        offers_dates = bool(form.slot.raw_data)

        def page(notice: str = "") -> str:
            return self.pages.appointment(language, form, self._slots(now) if offers_dates else None, notice)

        if not form.validate():
            return Answer(422, page())
        try:
            return self._accept(form.request(), request.sender, language, now)
        except _WITH_ANSWERS_KEPT as refused:
            return keep_answers(refused, language, page)

    def _refuse_closed(self) -> None:
        if is_closed("appointment", self.pages.mode):
            raise IntakeClosedError

    def _slots(self, now: datetime) -> tuple[Session, ...] | None:
        with suppress(StoreBusyError):
            return free_sessions(SessionKind.SLOT, self.office().sessions, now)
        return None

    def _accept(self, wanted: AppointmentRequest, sender: str | None, language: str, now: datetime) -> Answer:
        office = self.office()
        count_post(office, sender, now)
        accepted = request_appointment(wanted, office, token_hex(16), now, sender)
        return see_other(self.receipts().address(_receipt(accepted, wanted, now), language, now))


def _receipt(accepted: Accepted, wanted: AppointmentRequest, now: datetime) -> AppointmentReceipt:
    answer_by = answer_day(day_in_luxembourg(now), accepted.delete_on, facts.load())
    meetings = accepted.slot.meetings if accepted.slot else ()
    return AppointmentReceipt(accepted.reference, wanted.person.email is None, accepted.delete_on, answer_by, meetings)
