"""Tells everybody on a roster that their session has moved or was cancelled, and fills seats that staff have added.

Who was invited to a day that is cancelled, and has not answered, is told too.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from chalicelib.domain.booking import Booking, BookingState, Contact
from chalicelib.domain.errors import StoreBusyError, TakenError
from chalicelib.domain.letter import Letter
from chalicelib.domain.seats import called_off_letters, moved_letters
from chalicelib.domain.session import Session
from chalicelib.usecases.give_up_place import Rosters, move_up
from chalicelib.usecases.session_ports import Seat

Counts = dict[str, int]
End = Callable[[Session, str, Sequence[Letter]], None]


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
    outcomes = Counter(_outcome(step) for step in _steps(session, rosters, now))
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


def _steps(session: Session, rosters: Rosters, now: datetime) -> Iterator[Callable[[], None]]:
    return _endings(session, rosters, now) if session.cancelled else _news(session, rosters, now)


def _news(session: Session, rosters: Rosters, now: datetime) -> Iterator[Callable[[], None]]:
    for seat in rosters.sessions.roster(session.id):
        if seat.told < session.version:
            yield partial(_tell, session, seat, rosters, now)


def _endings(session: Session, rosters: Rosters, now: datetime) -> Iterator[Callable[[], None]]:
    sessions = rosters.sessions
    for seat in sessions.roster(session.id):
        yield partial(_call_off, session, seat.contact_id, sessions.call_off, rosters, now)
    for invited in sessions.invited(session.id):
        if invited.state is BookingState.INVITED:
            yield partial(_call_off, session, invited.contact_id, sessions.withdraw, rosters, now)


def _outcome(step: Callable[[], None]) -> str:
    try:
        step()
    except StoreBusyError:
        return "busy"
    except TakenError:
        return "overtaken"
    return "told"


def _call_off(session: Session, contact_id: str, end: End, rosters: Rosters, now: datetime) -> None:
    known = _known(session, contact_id, rosters, now)
    end(session, contact_id, called_off_letters(*known, session, now) if known else ())


def _tell(session: Session, seat: Seat, rosters: Rosters, now: datetime) -> None:
    known = _known(session, seat.contact_id, rosters, now)
    letters = moved_letters(*known, session, seat.start, now) if known else ()
    rosters.sessions.tell(session, seat.contact_id, letters)


def _known(session: Session, contact_id: str, rosters: Rosters, now: datetime) -> tuple[Contact, Booking] | None:
    """Who is to be told; nobody who is being deleted, and nobody about a session that is over."""
    file = rosters.contacts.read(contact_id)
    booking = file.booking(session.id) if file else None
    return (file.contact, booking) if file and booking and now < session.start else None
