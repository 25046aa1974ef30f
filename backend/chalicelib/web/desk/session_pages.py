"""Pages of one session beside its own: the form, the question before it is cancelled, and the sheet to sign."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import ChangedMeanwhileError, ImpossiblePlanError
from chalicelib.domain.session import SESSION_ID
from chalicelib.usecases.look_at_roster import look_at_roster
from chalicelib.usecases.plan_session import cancel_at_desk, plan_session
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.desk import ways
from chalicelib.web.desk.session import MOST_MEETINGS, find, find_gathering, may_change, missing, page, title_of
from chalicelib.web.desk.today import CHANGED
from chalicelib.web.desk.visit import Page, Visit
from chalicelib.web.pages import render
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write_day
from chalicelib.words.planning import IMPOSSIBLE

if TYPE_CHECKING:
    from chalicelib.forms.session import SessionForm


def show_new(visit: Visit) -> Answer:
    """A form for a new session, which may begin like another one, but on other days."""
    from chalicelib.forms.session import SessionForm  # noqa: PLC0415 - only these pages need it

    like = find(visit, visit.query.get("like", ""))
    session_id, given = _new_id(), visit.setting
    if like is None:
        return _form(visit, SessionForm.blank(given), session_id, 0)
    form = SessionForm.of(replace(like, meetings=like.meetings[:MOST_MEETINGS], published=False), given)
    for meeting in form.meetings:
        meeting.parts = {**meeting.parts, "day": ""}
    return _form(visit, form, session_id, 0)


def plan_new(visit: Visit) -> Answer:
    session_id = visit.posted("id")
    return _plan(visit, session_id if SESSION_ID.fullmatch(session_id) else _new_id())


def show_change(visit: Visit, session_id: str) -> Answer:
    from chalicelib.forms.session import SessionForm  # noqa: PLC0415 - only these pages need it

    session = find(visit, session_id)
    if session is None or not may_change(session, visit):
        return missing(visit) if session is None else _to_session(visit, session_id)
    form = SessionForm.of(session, visit.setting)
    return _form(visit, form, session.id, session.version)


def change(visit: Visit, session_id: str) -> Answer:
    session = find(visit, session_id)
    if session is None or may_change(session, visit):
        return _plan(visit, session_id) if session else missing(visit)
    return page(visit, session_id, 409, CHANGED)


def show_cancel(visit: Visit, session_id: str) -> Answer:
    return _question(visit, session_id)


def cancel(visit: Visit, session_id: str) -> Answer:
    """The session does not take place, and who has a place or waits is told."""
    try:
        cancel_at_desk(session_id, visit.seen, visit.user, visit.office, visit.now)
    except ChangedMeanwhileError:
        return _question(visit, session_id, 409, CHANGED)
    return _to_session(visit, session_id)


def show_sheet(visit: Visit, session_id: str) -> Answer:
    """The list of names to sign at each meeting."""
    gathering = find_gathering(visit, session_id)
    if gathering is None:
        return missing(visit)
    session = gathering.session
    content = render(
        "desk/sheet.html",
        visit.language,
        session=session,
        roster=look_at_roster(gathering, visit.office),
        short=lambda meeting: write_day(day_in_luxembourg(meeting.start), visit.language),
    )
    # NOTE: title of the list on which people sign that they came to a session; %(session)s is what and when
    title = words(visit.language).gettext("Attendance sheet. %(session)s")
    return visit.page(title % {"session": title_of(session, visit.language)}, content)


NEW: Mapping[str, Page] = {"plan": plan_new}
CHANGE: Mapping[str, Page] = {"plan": change}
CANCEL: Mapping[str, Page] = {"cancel": cancel}


def _new_id() -> str:
    """A random id, with a letter in front as stylesheets and scripts like it."""
    return f"s{token_hex(6)}"


def _plan(visit: Visit, session_id: str) -> Answer:
    from chalicelib.forms.session import SessionForm  # noqa: PLC0415 - only these pages need it

    form = SessionForm.read(visit.form, visit.setting)
    known = find(visit, session_id)
    if known:
        form.know(known)
    seen = visit.seen
    if not form.validate():
        return _form(visit, form, session_id, seen, 422)
    try:
        plan_session(form.session(session_id), seen, visit.user, visit.office, visit.now)
    except ImpossiblePlanError as impossible:
        name, sentence = IMPOSSIBLE[impossible.mistakes[0].why]
        form[name].errors = [words(visit.language).gettext(sentence)]
        return _form(visit, form, session_id, seen, 422)
    except ChangedMeanwhileError:
        return _stale(visit, form, session_id)
    return _to_session(visit, session_id)


def _stale(visit: Visit, form: "SessionForm", session_id: str) -> Answer:
    """The form as it was sent beside what is stored now; sent again, it changes that."""
    session = find(visit, session_id)
    if session is None:
        return missing(visit)
    stored = type(form).of(session, visit.setting)
    summary = render("desk/stale.html", visit.language, differing=_differences(form, stored, visit.language))
    return _form(visit, form, session_id, session.version, 409, summary)


@dataclass(frozen=True)
class _Line:
    """A field with its colon, what is stored of it and what was entered."""

    label: str
    stored: str
    entered: str


def _differences(form: "SessionForm", stored: "SessionForm", language: str) -> list[_Line]:
    # NOTE: any label of a field, followed by a colon as the language writes it
    label = words(language).gettext("%(label)s:")
    said = [(each.label.text, *(_said(one[each.name], language) for one in (stored, form))) for each in form]
    return [_Line(label % {"label": words(language).gettext(name)}, old, new) for name, old, new in said if old != new]


def _said(field: Any, language: str) -> str:
    """What a field says, as people read it."""
    if isinstance(field.data, list) or getattr(field, "choices", None):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return ", ".join(words(language).gettext(each.label) for each in field.choices if each.value in chosen)
    return " ".join(field.parts.values()).strip() if hasattr(field, "parts") else field.data or ""


def _form(
    visit: Visit, form: "SessionForm", session_id: str, version: int, status: int = 200, summary: str = ""
) -> Answer:
    is_new = visit.way == "sessions/new"
    content = render(
        "desk/session_form.html",
        visit.language,
        form=form,
        session_id=session_id,
        version=version,
        is_new=is_new,
        action=visit.address(visit.language),
        back=ways.path_of("sessions" if is_new else ways.of_session(session_id), visit.language),
    )
    # NOTE: title of a form of the desk
    new = words(visit.language).gettext("New session")
    # NOTE: title of a form of the desk
    changed = words(visit.language).gettext("Change the session")
    wrong = summary or (render("summary.html", visit.language, form=form) if form.errors else "")
    return visit.page(new if is_new else changed, content, status, wrong)


def _question(visit: Visit, session_id: str, status: int = 200, wrong: str = "") -> Answer:
    session = find(visit, session_id)
    if session is None or session.start <= visit.now:
        return missing(visit)
    content = render(
        "desk/session_cancel.html",
        visit.language,
        session=session,
        action=visit.address(visit.language),
        back=ways.path_of(ways.of_session(session.id), visit.language),
    )
    # NOTE: title of a page of the desk that asks once more before a session is cancelled
    title = words(visit.language).gettext("Cancel this session?")
    return visit.page(title, content, status, visit.wrong(wrong))


def _to_session(visit: Visit, session_id: str) -> Answer:
    return see_other(ways.path_of(ways.of_session(session_id), visit.language))
