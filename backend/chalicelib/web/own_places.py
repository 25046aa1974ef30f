"""The places of a person in sessions, as the resident's own page shows them."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.booking import Booking, BookingState, ContactFile
from chalicelib.domain.session import Session
from chalicelib.usecases.session_ports import Sessions
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


def own_places(file: ContactFile, sessions: Sessions, now: datetime) -> list[OwnPlace]:
    """Each place by the start of its session, also one that was given up. Raises StoreBusyError."""
    booked = ((booking, sessions.read(booking.about)) for booking in file.bookings if booking.wish is None)
    places = [_place(booking, session, file.contact.id, now) for booking, session in booked if session]
    return sorted(places, key=lambda place: place.session.start)


def _place(booking: Booking, session: Session, contact_id: str, now: datetime) -> OwnPlace:
    position = session.waiting.index(contact_id) + 1 if contact_id in session.waiting else 0
    may_cancel = booking.state.is_open and now < session.start and not session.cancelled
    return OwnPlace(booking, session, position, may_cancel)
