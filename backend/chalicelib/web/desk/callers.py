"""The forms of residents, filled in by staff for who phones or writes: a request, or a place in a session."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from secrets import token_hex
from typing import TYPE_CHECKING

from chalicelib.domain.errors import (
    DateGoneError,
    DeletionComesFirstError,
    IntakeClosedError,
    SessionClosedError,
    SessionFullError,
    StoreBusyError,
    TooManyBookingsError,
    TooManyRequestsError,
)
from chalicelib.domain.session import Session, SessionKind
from chalicelib.programme.intake import is_closed
from chalicelib.usecases.list_sessions import free_sessions
from chalicelib.usecases.take_for_caller import request_for_caller, sign_up_caller
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.desk import ways
from chalicelib.web.desk.session import find, may_sign_up, missing, title_of
from chalicelib.web.desk.visit import Page, Visit
from chalicelib.web.pages import render
from chalicelib.web.problems import FOR_STAFF, keep_answers
from chalicelib.words.catalogues import words

if TYPE_CHECKING:
    from chalicelib.forms.caller import CallerRequestForm, CallerSignUpForm

WITH_ANSWERS_KEPT = (
    DateGoneError,
    DeletionComesFirstError,
    SessionClosedError,
    SessionFullError,
    StoreBusyError,
    TooManyBookingsError,
    TooManyRequestsError,
)


def show_request(visit: Visit) -> Answer:
    """The appointment form. Raises IntakeClosedError."""
    from chalicelib.forms.caller import CallerRequestForm  # noqa: PLC0415 - only these pages need it

    _refuse_closed("appointment", visit)
    return _request_page(visit, CallerRequestForm.blank(visit.setting))


def take_request(visit: Visit) -> Answer:
    """To the page of the request, or the form again with what is wrong. Raises IntakeClosedError."""
    from chalicelib.forms.caller import CallerRequestForm  # noqa: PLC0415 - as above

    _refuse_closed("appointment", visit)
    form = CallerRequestForm.read(visit.form, visit.setting)
    if not form.validate():
        return _request_page(visit, form)
    return _taken(
        visit,
        lambda: request_for_caller(form.request(), token_hex(16), visit.user, visit.office, visit.now),
        lambda notice: _request_page(visit, form, notice),
    )


def show_sign_up(visit: Visit, session_id: str) -> Answer:
    """The form for a place in a session that residents see too. Raises IntakeClosedError."""
    from chalicelib.forms.caller import CallerSignUpForm  # noqa: PLC0415 - as above

    session = find(visit, session_id)
    if session is None or not may_sign_up(session, visit):
        return missing(visit)
    return _sign_up_page(visit, CallerSignUpForm.blank(visit.setting), session)


def take_sign_up(visit: Visit, session_id: str) -> Answer:
    """To the page of the request, or the form again with what is wrong. Raises IntakeClosedError."""
    from chalicelib.forms.caller import CallerSignUpForm  # noqa: PLC0415 - as above

    session = find(visit, session_id)
    if session is None or not may_sign_up(session, visit):
        return missing(visit)
    form = CallerSignUpForm.read(visit.form, visit.setting)
    if not form.validate():
        return _sign_up_page(visit, form, session)
    wanted = replace(form.request(), session_id=session.id)
    return _taken(
        visit,
        lambda: sign_up_caller(wanted, token_hex(16), visit.user, visit.office, visit.now),
        lambda notice: _sign_up_page(visit, form, session, notice),
    )


REQUEST: Mapping[str, Page] = {"take": take_request}
SIGN_UP: Mapping[str, Page] = {"take": take_sign_up}


def _taken(visit: Visit, take: Callable[[], str], page: Callable[[str], Answer]) -> Answer:
    try:
        reference = take()
    except WITH_ANSWERS_KEPT as refused:
        return keep_answers(refused, visit.language, lambda notice: page(notice).body, FOR_STAFF)
    return see_other(ways.path_of(reference, visit.language))


def _request_page(visit: Visit, form: "CallerRequestForm", notice: str = "") -> Answer:
    slots = free_sessions(SessionKind.SLOT, visit.office.office.sessions, visit.now)
    # NOTE: title of a form of the desk: staff fill it in for somebody who phones or has written
    title = words(visit.language).gettext("New request for a caller or a mail")
    return _page(visit, title, form, notice, slots=slots, session=None)


def _sign_up_page(visit: Visit, form: "CallerSignUpForm", session: Session, notice: str = "") -> Answer:
    # NOTE: title of a form of the desk: staff fill it in for somebody who phones; %(session)s is what and when
    title = words(visit.language).gettext("Sign somebody up. %(session)s")
    return _page(visit, title % {"session": title_of(session, visit.language)}, form, notice, session=session)


def _page(
    visit: Visit, title: str, form: "CallerRequestForm | CallerSignUpForm", notice: str, **about: object
) -> Answer:
    summary = notice or (render("summary.html", visit.language, form=form) if form.errors else "")
    content = render("desk/caller.html", visit.language, form=form, action=visit.address(visit.language), **about)
    return visit.page(title, content, 422 if form.errors else 200, summary)


def _refuse_closed(kind: str, visit: Visit) -> None:
    if is_closed(kind, visit.pages.mode):
        raise IntakeClosedError
