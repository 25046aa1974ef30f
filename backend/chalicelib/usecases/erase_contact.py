"""Takes a resident's wish to be forgotten: from then on nothing is written, and the next deletion run ends it."""

from datetime import datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.usecases.ports import Contacts
from chalicelib.usecases.settle import settle


def erase_contact(contact_id: str, correction: str | None, contacts: Contacts, now: datetime) -> None:
    """Asks for the deletion of a contact, or of the one form that `correction` names, at the aware `now`.

    Asking twice does no harm. Raises StoreBusyError when the store stays busy.
    """
    today = day_in_luxembourg(now)
    if correction:
        settle(lambda: contacts.ask_removal(contact_id, correction, today))
    else:
        settle(lambda: contacts.ask_deletion(contact_id, today))
