"""How an invitation stands: what its page says, and what can still be pressed there."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.booking import Booking, BookingState, Contact
from chalicelib.domain.session import Session
from chalicelib.programme.intake import is_closed
from chalicelib.words.catalogues import N_

_GIVEN_UP = N_("You have cancelled: we no longer keep a place for you.")
_STATES = {
    BookingState.INVITED: N_("You are invited to the orientation day."),
    BookingState.DECLINED: N_("You have declined the invitation."),
    BookingState.CONFIRMED: N_("Your place is reserved."),
    BookingState.WAITING: N_("Your position on the waiting list now:"),
    BookingState.CANCELLED: _GIVEN_UP,
}


@dataclass(frozen=True)
class Standing:
    """Sentences: `state` is how the answer stands, `obstacle` why nothing can be accepted.

    `position` counts from 1 for who waits; `offer` is what accepting gets, if anything.
    """

    state: str
    position: int = 0
    obstacle: str = ""
    offer: str | None = None
    may_decline: bool = False


def standing(contact: Contact, booking: Booking, session: Session, mode: str, now: datetime) -> Standing:
    """As things are at the aware `now`."""
    if not session.is_open(now):
        return Standing(_why_not(session, now))
    state = _STATES.get(booking.state, _GIVEN_UP)
    if booking.state.is_open:
        return Standing(state, session.turn(contact.id), may_decline=True)
    obstacle, offer = _obstacle(contact, session, mode), session.offer()
    may_decline = booking.state is BookingState.INVITED
    return Standing(state, 0, obstacle, offer.value if offer and not obstacle else None, may_decline)


def _obstacle(contact: Contact, session: Session, mode: str) -> str:
    if is_closed("orientation", mode) or contact.delete_on <= session.last_day:
        # NOTE: on the page of an invitation; a phone number stands below
        return N_("You can no longer accept here. Please phone us.")
    # NOTE: on the page of an invitation, when nobody else can even wait; a phone number stands below
    return "" if session.offer() else N_("All places are taken, and the waiting list is full.")


def _why_not(session: Session, now: datetime) -> str:
    if session.cancelled:
        return N_("We are sorry: this session does not take place.")
    return N_("The date has passed.") if session.start <= now else N_("This date can no longer be chosen")
