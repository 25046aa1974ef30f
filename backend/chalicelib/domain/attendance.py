"""Who came to the meetings of a session, and what follows for the deletion day and for the contract."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.contract import MEASURES, Attendance, ContractRecord, begun
from chalicelib.domain.days import Attended, day_in_luxembourg
from chalicelib.domain.retention import History
from chalicelib.domain.session import Session, SessionKind

MARKED = frozenset({BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.MISSED})  # who has or had a seat


def meetings_begun(session: Session, now: datetime) -> tuple[int, ...]:
    """The numbers, from 1, of the meetings at which somebody can have been by the aware `now`."""
    return tuple(number for number, each in enumerate(session.meetings, 1) if each.start <= now)


def noted(booking: Booking, session: Session, present: Collection[int], now: datetime) -> Booking:
    """The booking of who was `present` at these meetings; it is attended or missed once the last one has begun.

    Attended is a session of which every meeting was (fact sheet, citizenship course: "Participation in all modules of
    the same course required").
    """
    over = meetings_begun(session, now)
    came = tuple(number for number in over if number in present)
    if len(over) < len(session.meetings):
        return replace(booking, state=BookingState.CONFIRMED, present=came)
    whole = Attendance(session, frozenset(came)).is_whole
    return replace(booking, state=BookingState.ATTENDED if whole else BookingState.MISSED, present=came)


def history_after(record: ContractRecord, session: Session, *, came: bool) -> History:
    """The history once it is known whether somebody `came`; `record` is how things stood, so a mistake is taken back.

    What staff record of an information session overrides what the resident said, and the latest one counts. A
    citizenship course or an orientation day may be the first measure, from its first day on; see `contract.begun`.
    """
    took_back = not came and any(each.session.id == session.id for each in record.attended)
    if session.kind is SessionKind.INFORMATION:
        return _after_information(record.history, session.last_day, came=came, took_back=took_back)
    first_day = day_in_luxembourg(session.start)
    if session.kind in MEASURES and came:
        return begun(record.history, first_day)
    if session.kind in MEASURES and took_back and record.history.first_measure_on == first_day:
        signed_on = record.history.signed_on
        first = record.first_measure_since(signed_on, without=session.id) if signed_on else None
        return replace(record.history, first_measure_on=first)
    return record.history


def _after_information(history: History, day: date, *, came: bool, took_back: bool) -> History:
    attended = Attended(day.year, day.month, day.day)
    if came and not (history.attended_recorded and history.attended and history.attended.last > day):
        return replace(history, attended=attended, attended_recorded=True)
    if took_back and history.attended == attended:
        return replace(history, attended=None, attended_recorded=False)
    return history
