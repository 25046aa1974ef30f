"""The sessions to come and those of the last weeks, by kind."""

from datetime import timedelta

from chalicelib.domain.session import Session, SessionKind
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.visit import Visit
from chalicelib.web.pages import render
from chalicelib.words.catalogues import words
from chalicelib.words.choices import SESSIONS

BACK = timedelta(days=31)  # so that who came can still be noted
_OVERVIEW = tuple(kind for kind in SessionKind if kind is not SessionKind.SLOT)


def show(visit: Visit) -> Answer:
    """All kinds but slots, which are many and have a page of their own: `?kind=slot`."""
    kinds = _OVERVIEW if visit.query.get("kind") != SessionKind.SLOT else (SessionKind.SLOT,)
    store, since = visit.office.office.sessions, visit.now - BACK
    off = list(store.called_off(since))
    listed = {
        kind: sorted(
            [*store.planned(kind, since), *(each for each in off if each.kind is kind)], key=lambda each: each.start
        )
        for kind in kinds
    }
    content = render(
        "desk/sessions.html",
        visit.language,
        groups=[(SESSIONS[kind.value], _split(sessions, visit)) for kind, sessions in listed.items()],
        slots=None if SessionKind.SLOT in kinds else f"{visit.address(visit.language)}?kind=slot",
        overview=visit.address(visit.language),
        new=ways.path_of("sessions/new", visit.language),
        path_of=lambda session: ways.path_of(ways.of_session(session.id), visit.language),
        weeks=BACK.days // 7,
    )
    return visit.page(words(visit.language).gettext("Sessions"), content)


def _split(sessions: list[Session], visit: Visit) -> tuple[list[Session], list[Session]]:
    """Those to come, and those that have begun."""
    return [each for each in sessions if each.start > visit.now], [each for each in sessions if each.start <= visit.now]
