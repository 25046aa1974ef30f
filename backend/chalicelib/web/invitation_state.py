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
    """`state` is a sentence; `position` counts from 1 for who waits; `offer` is what accepting gets, if anything."""

    state: str
    position: int
    offer: str | None
    may_decline: bool


def standing(contact: Contact, booking: Booking, session: Session, mode: str, now: datetime) -> Standing:
    """As things are at the aware `now`."""
    position = session.waiting.index(contact.id) + 1 if contact.id in session.waiting else 0
    if not session.is_open(now):
        return Standing(_why_not(session, now), 0, None, may_decline=False)
    if booking.state.is_open:
        return Standing(_STATES[booking.state], position, None, may_decline=True)
    offer = session.offer()
    may_decline = booking.state is BookingState.INVITED
    if is_closed("orientation", mode) or contact.delete_on <= session.last_day:
        # NOTE: on the page of an invitation; a phone number stands below
        return Standing(N_("You can no longer accept here. Please phone us."), 0, None, may_decline)
    if offer is None:
        # NOTE: on the page of an invitation, when nobody else can even wait; a phone number stands below
        return Standing(N_("All places are taken, and the waiting list is full."), 0, None, may_decline)
    return Standing(_STATES.get(booking.state, _GIVEN_UP), 0, offer.value, may_decline)


def _why_not(session: Session, now: datetime) -> str:
    if session.cancelled:
        return N_("We are sorry: this session does not take place.")
    return N_("The date has passed.") if session.start <= now else N_("This date can no longer be chosen")
