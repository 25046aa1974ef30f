"""One session: what it is, who has a place, who waits or is invited, and who came."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.domain.attendance import MARKED, meetings_begun
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import ChangedMeanwhileError, ImpossiblePlanError, SessionClosedError
from chalicelib.domain.session import SESSION_ID, Session, SessionKind
from chalicelib.letters.told import language_in_words, languages_in_words, phone_in_words
from chalicelib.programme.intake import is_closed
from chalicelib.usecases.look_at_roster import Guest, look_at_roster
from chalicelib.usecases.mark_attendance import Mark, mark_attendance, standing
from chalicelib.usecases.plan_session import give_up_at_desk, invite_at_desk, plan_session
from chalicelib.usecases.session_ports import Gathering
from chalicelib.usecases.sign_up import LISTED
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.today import CHANGED
from chalicelib.web.desk.visit import Page, Visit
from chalicelib.web.pages import render
from chalicelib.words.catalogues import words
from chalicelib.words.choices import NEEDS, SESSIONS
from chalicelib.words.desk import STATES
from chalicelib.words.formats import write_weekday
from chalicelib.words.planning import NOTED

MOST_MEETINGS = 3  # of the form
_NOT_DONE = {"changed", "busy"}


def find(visit: Visit, session_id: str) -> Session | None:
    """The session of that id as it is now."""
    return visit.office.office.sessions.read(session_id) if SESSION_ID.fullmatch(session_id) else None


def find_gathering(visit: Visit, session_id: str) -> Gathering | None:
    """The same with its roster."""
    return visit.office.office.sessions.gathering(session_id) if SESSION_ID.fullmatch(session_id) else None


def title_of(session: Session, language: str) -> str:
    """What it is and on which day it begins."""
    kind = words(language).gettext(SESSIONS[session.kind.value])
    return f"{kind}, {write_weekday(day_in_luxembourg(session.start), language)}"


def may_change(session: Session, visit: Visit) -> bool:
    """Whether the form of the desk can change it: it is to come, goes ahead, and has no more meetings than the form."""
    return not session.cancelled and session.start > visit.now and len(session.meetings) <= MOST_MEETINGS


def may_sign_up(session: Session, visit: Visit) -> bool:
    """Whether staff can fill in the form for it: of a kind that is open, published, and to come."""
    kind = session.kind
    return kind in LISTED and session.is_open(visit.now) and not is_closed(kind.value, visit.pages.mode)


def missing(visit: Visit) -> Answer:
    # NOTE: title of a page of the desk: no session is stored under the address
    title = words(visit.language).gettext("There is no such session")
    content = render("desk/no_session.html", visit.language, sessions=ways.path_of("sessions", visit.language))
    return visit.page(title, content, 404)


def show(visit: Visit, session_id: str) -> Answer:
    return page(visit, session_id)


def publish(visit: Visit, session_id: str) -> Answer:
    """Residents see the session from now on."""
    session = find(visit, session_id)
    if session is None or session.published:
        return visit.again()
    described = replace(session, published=True)
    return _done(visit, session_id, lambda: plan_session(described, visit.seen, visit.user, visit.office, visit.now))


def invite(visit: Visit, session_id: str) -> Answer:
    """All who have signed are invited by the next run."""
    if is_closed("orientation", visit.pages.mode):
        return visit.again()
    return _done(visit, session_id, lambda: invite_at_desk(session_id, visit.user, visit.office, visit.now))


def give_up(visit: Visit, session_id: str) -> Answer:
    """Somebody's place goes to the next in line."""
    reference = visit.posted("reference")
    return _done(visit, session_id, lambda: give_up_at_desk(reference, session_id, visit.user, visit.office, visit.now))


def note(visit: Visit, session_id: str) -> Answer:
    """Who came and who did not, of all who were on the page; it answers with what came of it."""
    try:
        counts = mark_attendance(session_id, _marks(visit), visit.user, visit.office, visit.now)
    except ChangedMeanwhileError:
        return page(visit, session_id, 409, CHANGED)
    if _NOT_DONE.isdisjoint(counts):
        return page(visit, session_id, counts=counts)
    # NOTE: error above a session at the desk; the numbers stand below
    return page(visit, session_id, 409, words(visit.language).gettext("Not everything was noted."), counts)


ACTS: Mapping[str, Page] = {"publish": publish, "invite": invite, "give-up": give_up, "note": note}


def _done(visit: Visit, session_id: str, act: Callable[[], None]) -> Answer:
    try:
        act()
    except (ChangedMeanwhileError, ImpossiblePlanError, SessionClosedError):
        return page(visit, session_id, 409, CHANGED)
    return visit.again()


def _marks(visit: Visit) -> list[Mark]:
    """Of each person that the page listed, as it said how things stood: a box is `reference.meeting`."""
    ticked = {tuple(each.split(".")) for each in visit.form.getlist("present")}
    listed = (each.partition(":") for each in visit.posted("listed").split())
    return [
        Mark(reference, frozenset(n for n in range(1, 100) if (reference, str(n)) in ticked), seen)
        for reference, _, seen in listed
    ]


def page(
    visit: Visit, session_id: str, status: int = 200, wrong: str = "", counts: Mapping[str, int] | None = None
) -> Answer:
    gathering = find_gathering(visit, session_id)
    if gathering is None:
        return missing(visit)
    session, language = gathering.session, visit.language
    content = render(
        "desk/session.html",
        language,
        session=session,
        roster=look_at_roster(gathering, visit.office),
        counts=[(NOTED[what], count) for what, count in (counts or {}).items()],
        path_of=ways.path_of,
        page_of=lambda name, spoken=language: ways.path_of(ways.of_session(session.id, name), spoken),
        like=f"{ways.path_of('sessions/new', language)}?like={session.id}",
        **_situation(visit, gathering),
        **_words(language),
    )
    return visit.page(title_of(session, language), content, status, visit.wrong(wrong))


def _situation(visit: Visit, gathering: Gathering) -> dict[str, Any]:
    session = gathering.session
    ahead = session.start > visit.now
    begun = () if session.cancelled else meetings_begun(session, visit.now)
    is_day = session.kind is SessionKind.ORIENTATION
    return {
        "action": visit.address(visit.language),
        "ahead": ahead and not session.cancelled,
        "begun": begun,
        "may_change": may_change(session, visit),
        "may_sign_up": may_sign_up(session, visit),
        "is_day": is_day,
        "inviting": is_day and gathering.inviting,
        "may_invite": is_day and session.is_open(visit.now) and not is_closed("orientation", visit.pages.mode),
        "is_marked": lambda guest: guest.booking.state in MARKED,
        "is_ticked": lambda guest, number: _is_ticked(visit, guest, number),
        "standing": standing,
    }


def _is_ticked(visit: Visit, guest: Guest, number: int) -> bool:
    nothing_noted = standing(guest.booking) == "confirmed"
    return number in guest.booking.present or (nothing_noted and visit.query.get("tick") == "all")


def _words(language: str) -> dict[str, Any]:
    return {
        "kinds": SESSIONS,
        "needs": NEEDS,
        "states": STATES,
        "phone": phone_in_words,
        "speaks": lambda code: language_in_words(code, language),
        "languages": lambda codes: languages_in_words(codes, language),
    }
