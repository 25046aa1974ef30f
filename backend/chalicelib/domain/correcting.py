"""What a contact becomes once its owner confirms what a further form said."""

from dataclasses import replace

from chalicelib.domain.booking import Booking, Contact, ContactFile, Correction
from chalicelib.domain.deletion import with_history
from chalicelib.domain.retention import Retention


def corrected(file: ContactFile, correction: Correction, retention: Retention) -> tuple[Contact, Booking | None]:
    """The next version of the contact, and its appointment with the new wish where it is open and one was said.

    A number that was left out stays as it is; so does a participation that staff recorded, and one about which a form
    for a session did not ask. The deletion day follows.
    """
    contact, history = file.contact, file.contact.history
    if correction.wish is not None and not history.attended_recorded:
        history = replace(history, attended=correction.attended)
    number = correction if correction.sealed_matricule else contact
    confirmed = contact.confirmed | {correction.reference}
    after = replace(contact, person=correction.person, confirmed=confirmed)
    after = replace(after, sealed_matricule=number.sealed_matricule, sealed_for=number.sealed_for)
    return with_history(after, history, retention), _with_wish(file.appointment, correction)


def _with_wish(appointment: Booking | None, correction: Correction) -> Booking | None:
    if appointment is None or not appointment.state.is_open or correction.wish is None:
        return None
    return replace(appointment, wish=correction.wish)
