"""Tells everybody on a roster that their session has moved or was cancelled, and fills seats that staff have added."""

from collections import Counter
from datetime import datetime

from chalicelib.domain.errors import StoreBusyError, TakenError
from chalicelib.domain.letter import Letter
from chalicelib.domain.seats import called_off_letters, moved_letters
from chalicelib.domain.session import Session
from chalicelib.usecases.give_up_place import Rosters, move_up
from chalicelib.usecases.session_ports import Seat

Counts = dict[str, int]


def tell_rosters(rosters: Rosters, now: datetime) -> Counts:
    """Promises what each change has to say, one transaction a person, and counts it; may be cut off and goes on.

    What the store is too busy for stays for the next run.
    """
    counts: Counter[str] = Counter()
    for session_id in rosters.sessions.changed():
        session = rosters.sessions.read(session_id)
        if session is not None:
            counts += _tell_all(session, rosters, now)
    return dict(counts)


def _tell_all(session: Session, rosters: Rosters, now: datetime) -> Counter[str]:
    outcomes = Counter(
        _tell(session, seat, rosters, now)
        for seat in rosters.sessions.roster(session.id)
        if session.cancelled or seat.told < session.version
    )
    # Whoever was not told now is told by the next run; only then does anybody move up.
    if not outcomes["busy"] + outcomes["overtaken"]:
        outcomes += _finish(session, rosters, now)
    return outcomes


def _finish(session: Session, rosters: Rosters, now: datetime) -> Counter[str]:
    try:
        moved_up = move_up(session.id, rosters, now)
    except StoreBusyError:
        return Counter(["busy"])
    rosters.sessions.all_told(session)
    return Counter({"moved up": moved_up})


def _tell(session: Session, seat: Seat, rosters: Rosters, now: datetime) -> str:
    try:
        letters = _letters(session, seat, rosters, now)
        if session.cancelled:
            rosters.sessions.call_off(session, seat.contact_id, letters)
        else:
            rosters.sessions.tell(session, seat.contact_id, letters)
    except StoreBusyError:
        return "busy"
    except TakenError:
        return "overtaken"
    return "told"


def _letters(session: Session, seat: Seat, rosters: Rosters, now: datetime) -> tuple[Letter, ...]:
    """Nothing to a contact that is being deleted, nor about a session that is over."""
    file = rosters.contacts.read(seat.contact_id)
    booking = file.booking(session.id) if file else None
    if file is None or booking is None or session.start <= now:
        return ()
    if session.cancelled:
        return called_off_letters(file.contact, booking, session, now)
    return moved_letters(file.contact, booking, session, seat.start, now)
