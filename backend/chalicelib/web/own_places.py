"""The places of a person in sessions, as the resident's own page shows them."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.session import Session
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.web.answer import Answer
from chalicelib.web.visit import Visit
from chalicelib.words.choices import SESSIONS


@dataclass(frozen=True)
class OwnPlace:
    """One booking of a session; `position` counts from 1 for who waits, 0 for everybody else."""

    booking: Booking
    session: Session
    position: int
    may_cancel: bool

    @property
    def what(self) -> str:
        return SESSIONS[self.session.kind.value]

    @property
    def is_reserved(self) -> bool:
        return self.booking.state is BookingState.CONFIRMED


def own_places(visit: Visit) -> list[OwnPlace]:
    """Each place by the start of its session, also one that was given up. Raises StoreBusyError."""
    read = visit.office.sessions.read
    booked = ((booking, read(booking.about)) for booking in visit.file.bookings if booking.wish is None)
    return sorted((_place(booking, session, visit) for booking, session in booked if session), key=_start)


def cancel(visit: Visit) -> Answer:
    """Gives up the place in the `session` that was posted, where it can still be given up."""
    session_id = visit.posted("session")
    if any(place.session.id == session_id and place.may_cancel for place in own_places(visit)):
        give_up_place(visit.link.contact_id, session_id, visit.rosters, visit.now)
    return visit.again()


def _place(booking: Booking, session: Session, visit: Visit) -> OwnPlace:
    contact_id = visit.link.contact_id
    position = session.waiting.index(contact_id) + 1 if contact_id in session.waiting else 0
    may_cancel = booking.state.is_open and visit.now < session.start and not session.cancelled
    return OwnPlace(booking, session, position, may_cancel)


def _start(place: OwnPlace) -> datetime:
    return place.session.start
