"""After a restore: marks whoever was erased before and has come back, so that the deletion job erases them again."""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import TakenError
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.ports import Ledger


def erase_again(contacts: Contacts, ledger: Ledger, now: datetime) -> int:
    """How many ids the ledger holds; each of them that is there is deleted by the run that follows the aware `now`."""
    erased = sorted(set(ledger.erased()))
    for contact_id in erased:
        with suppress(TakenError):  # not there, which is as it should be
            contacts.ask_deletion(contact_id, day_in_luxembourg(now))
    return len(erased)
