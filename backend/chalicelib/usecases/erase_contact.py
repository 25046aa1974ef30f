"""Takes a resident's wish to be forgotten: from then on nothing is written, and the next deletion run ends it."""

from contextlib import suppress
from datetime import date, datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import TakenError
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.settle import settle


def erase_contact(contact_id: str, correction: str | None, contacts: Contacts, now: datetime) -> None:
    """Asks for the deletion of a contact, or of the one form that `correction` names, at the aware `now`.

    Asking twice, or for what is gone already, does no harm. Raises StoreBusyError when the store stays busy.
    """
    settle(lambda: _ask(contact_id, correction, contacts, day_in_luxembourg(now)))


def _ask(contact_id: str, correction: str | None, contacts: Contacts, today: date) -> None:
    with suppress(TakenError):  # gone already
        if correction:
            contacts.ask_removal(contact_id, correction, today)
        else:
            contacts.ask_deletion(contact_id, today)
