"""Takes note that a letter came back, was refused, or was reported as unwanted: staff call instead."""

from datetime import datetime
from enum import StrEnum

from chalicelib.domain.letter import LetterState, call_after_return
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.ports import Outbox
from chalicelib.usecases.settle import settle


class Noted(StrEnum):
    """What an event about a letter changed: the letter has bounced, this was known before, or there is none."""

    BOUNCED = "bounced"
    KNOWN = "known"
    UNKNOWN = "unknown"


def take_back_letter(tag: str, contacts: Contacts, outbox: Outbox, now: datetime) -> Noted:
    """Marks the letter that was sent with `tag` as bounced and asks staff to call, once however often this is said.

    A letter still claimed counts as sent, since the event may be quicker than the answer of the mail service. A letter
    to staff has nobody to call. Raises StoreBusyError when the store stays busy: the event has to come again.
    """
    return settle(lambda: _take_back(tag, contacts, outbox, now))


def _take_back(tag: str, contacts: Contacts, outbox: Outbox, now: datetime) -> Noted:
    file = contacts.find_reference(tag.partition("_")[0])
    letters = {each.tag: each for each in contacts.letters(file.contact.id)} if file else {}
    letter = letters.get(tag)
    if letter is None:
        return Noted.UNKNOWN
    call = None if letter.kind.for_staff else call_after_return(letter, now)
    before = letters.get(call.tag) if call else None
    # Staff may have sent it again since they were asked to call.
    is_known = before is not None and before.waiting_since >= letter.waiting_since
    if letter.state not in (LetterState.SENT, LetterState.WAITING) or is_known:
        return Noted.KNOWN
    outbox.take_back(letter, None if before else call)
    return Noted.BOUNCED
