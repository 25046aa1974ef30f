"""What the forms that came in are counted as."""

from chalicelib.domain.booking import Booking
from chalicelib.domain.session import Session, SessionKind

CHANGES = "changes"
"""A further form, which says something else than the first."""


def received_as(booking: Booking, session: Session | None) -> str | None:
    """The kind of session for which the form behind a new booking asked; None where there was no form."""
    if booking.wish:
        return SessionKind.SLOT.value
    return session.kind.value if session else None
