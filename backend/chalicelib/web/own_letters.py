"""Whether what we had to say about a booking has reached the person, as the resident's own page says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.booking import Booking, Contact
from chalicelib.domain.letter import CONTRACT, CORRECTION, DELETION, Letter, LetterKind, LetterState, call_for
from chalicelib.words.catalogues import N_

_BY_MAIL = {
    # NOTE: on a person's own page, under what they asked for: an e-mail about it has not gone out yet
    "waiting": N_("Our e-mail about it is on its way to you."),
    # NOTE: on a person's own page, under what they asked for
    "sent": N_("We have sent you an e-mail about it."),
    # NOTE: on a person's own page, under what they asked for: an e-mail that no mailbox took
    "failed": N_("Our e-mail about it could not be sent. Please check your address, or phone us."),
    # NOTE: on a person's own page, under what they asked for: an e-mail that the mailbox sent back
    "bounced": N_("Our e-mail about it came back. Please check your address, or phone us."),
}
_BY_PHONE = {
    # NOTE: on a person's own page, under what they asked for
    "by_phone": N_("We phone you about it."),
    # NOTE: on a person's own page, under what they asked for
    "sent": N_("We have told you about it by phone."),
}
_TROUBLE = ("failed", "bounced")


@dataclass(frozen=True)
class Told:
    """How our newest news got on, in a sentence; `needs_help` where the phone number belongs beside it."""

    sentence: str
    needs_help: bool


def told_about(booking: Booking, letters: Sequence[Letter], contact: Contact, now: datetime) -> Told | None:
    """How the newest letter about a booking got on whose time has come by the aware `now`; None where there is none."""
    ours = [each for each in letters if each.reference == booking.reference and _is_due(each, now)]
    newest = max(ours, key=lambda letter: letter.waiting_since, default=None)
    if newest is None:
        return None
    state = newest.state.value
    called = contact.person.email is None or any(each.id == call_for(newest).id for each in letters)
    sentences = {**_BY_PHONE, **_BY_MAIL, **(_BY_PHONE if called else {})}
    return Told(sentences[state], state in _TROUBLE)


def _is_due(letter: Letter, now: datetime) -> bool:
    to_resident = not letter.kind.for_staff and letter.kind is not LetterKind.DPO_MONTH
    about_booking = letter.about.partition("#")[0] not in (CONTRACT, CORRECTION, DELETION)
    return to_resident and about_booking and letter.state is not LetterState.VOID and letter.waiting_since <= now
