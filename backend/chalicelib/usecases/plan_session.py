"""Plans, cancels and fills one session as somebody at the desk asks: what changed meanwhile is not overwritten."""

from datetime import datetime
from functools import partial

from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import ChangedMeanwhileError
from chalicelib.domain.session import Session
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.invite_signatories import ask_to_invite, open_day
from chalicelib.usecases.plan_sessions import cancel_session, planned_changes
from chalicelib.usecases.settle import settle


def plan_session(described: Session, seen: int, who: str, desk: BackOffice, now: datetime) -> None:
    """Adds or changes a session that was seen in the version `seen`, 0 for a new one; twice does no harm.

    Raises ImpossiblePlanError, ChangedMeanwhileError and StoreBusyError.
    """
    settle(partial(_plan, described, seen, who, desk, now))


def cancel_at_desk(session_id: str, seen: int, who: str, desk: BackOffice, now: datetime) -> None:
    """Cancels a session, of which everybody on its roster is told by the next run; twice does no harm.

    Raises ChangedMeanwhileError where staff have changed it since, or it is over or not there, and StoreBusyError.
    """
    settle(partial(_cancel, session_id, seen, who, desk, now))


def invite_at_desk(session_id: str, who: str, desk: BackOffice, now: datetime) -> None:
    """Has everybody who may come invited by the next run. Raises SessionClosedError and StoreBusyError."""
    settle(lambda: open_day(session_id, desk.office.sessions, now))
    desk.audit.note(Deed(now, who, Act.INVITED, session_id))
    ask_to_invite(session_id, desk.office, now)


def give_up_at_desk(reference: str, session_id: str, who: str, desk: BackOffice, now: datetime) -> None:
    """Gives up the place that somebody has under a reference in a session to come.

    Raises ChangedMeanwhileError when there is none, or it is too late, and StoreBusyError.
    """
    file, session = desk.office.contacts.find_reference(reference), desk.office.sessions.read(session_id)
    booking = file.booking(session_id) if file else None
    if file is None or booking is None or session is None or booking.reference != reference:
        raise ChangedMeanwhileError
    if session.start <= now or session.cancelled or not booking.state.is_open:
        raise ChangedMeanwhileError
    desk.audit.note(Deed(now, who, Act.GAVE_UP_PLACE, reference))
    give_up_place(file.contact.id, session_id, desk.rosters, now)


def _plan(described: Session, seen: int, who: str, desk: BackOffice, now: datetime) -> None:
    for change in planned_changes([described], desk.office.sessions, now, seen):
        if change.what != "unchanged":
            desk.audit.note(Deed(now, who, Act.PLANNED, described.id))
            change.store(desk.office.sessions)


def _cancel(session_id: str, seen: int, who: str, desk: BackOffice, now: datetime) -> None:
    session = desk.office.sessions.read(session_id)
    if session is None or session.start <= now:
        raise ChangedMeanwhileError
    if session.cancelled:
        return
    if session.version != seen:
        raise ChangedMeanwhileError
    desk.audit.note(Deed(now, who, Act.CANCELLED_SESSION, session_id))
    cancel_session(session_id, desk.office.sessions, seen)
