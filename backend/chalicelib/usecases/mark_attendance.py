"""Notes who came to a session and who did not, for all on its roster at once; may be cut off and repeated."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.attendance import MARKED, history_after, noted
from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import ChangedMeanwhileError, StoreBusyError, UnreadableItemError
from chalicelib.domain.session import Place, Session
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.move_deletion_day import moved
from chalicelib.usecases.record_contract import read_record
from chalicelib.usecases.settle import settle

Counts = dict[str, int]


@dataclass(frozen=True)
class Mark:
    """What a form says of one person: at which meetings, from 1, they were `present`.

    `seen` is how things stood when the form was made; see `standing`.
    """

    reference: str
    present: frozenset[int]
    seen: str


def standing(booking: Booking) -> str:
    """What is noted of a booking, in a form that a page can carry."""
    return ".".join((booking.state.value, *map(str, booking.present)))


def mark_attendance(session_id: str, marks: Iterable[Mark], who: str, desk: BackOffice, now: datetime) -> Counts:
    """Notes the marks by the aware `now`, one transaction a person with the letters that follow, and counts them.

    A session that was attended may move the deletion day, which its owner is told. Nothing is noted of somebody whose
    booking is not as the form showed it any more, unless it says the same. Raises ChangedMeanwhileError where nobody
    can have come: the session is not there, was cancelled or has not begun; and StoreBusyError.
    """
    session = desk.office.sessions.read(session_id)
    if session is None or session.cancelled or now < session.start:
        raise ChangedMeanwhileError
    seats = (seat for seat in desk.office.sessions.roster(session.id) if seat.place is Place.SEAT)
    walk = _Walk(session, {seat.reference: seat.contact_id for seat in seats}, who, desk, now)
    return dict(Counter(map(walk.note, marks)))


@dataclass(frozen=True)
class _Walk:
    session: Session
    holders: dict[str, str]
    who: str
    desk: BackOffice
    now: datetime

    def note(self, mark: Mark) -> str:
        """What came of a mark, as it is counted."""
        try:
            return settle(lambda: self._note(mark))
        except StoreBusyError:
            return "busy"
        except UnreadableItemError:
            return "unreadable"

    def _note(self, mark: Mark) -> str:
        office = self.desk.office
        file = office.contacts.read(self.holders.get(mark.reference, ""))
        before = file.booking(self.session.about) if file else None
        if file is None or before is None or before.session_id != self.session.id or before.state not in MARKED:
            return "gone"
        booking = noted(before, self.session, mark.present, self.now)
        if booking == before:
            return "unchanged"
        if standing(before) != mark.seen:
            return "changed"
        came = booking.state is BookingState.ATTENDED
        history = history_after(read_record(file, office.sessions), self.session, came=came)
        after, letters = moved(file, history, office.retention, self.now)
        act = Act.NOTED_ATTENDED if booking.present else Act.NOTED_MISSED
        self.desk.audit.note(Deed(self.now, self.who, act, mark.reference))
        office.contacts.see_to(after, booking, before.state, letters, day_in_luxembourg(self.now))
        return booking.state.value
