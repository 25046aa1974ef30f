"""Records that somebody without a mail address was called and told."""

from datetime import datetime

from chalicelib.domain.letter import LetterState
from chalicelib.usecases.ports import Outbox


def record_call(reference: str, outbox: Outbox, now: datetime) -> int:
    """How many letters of `reference` that were to be said by phone by the aware `now` are done by this call."""
    asked = (each for each in outbox.in_state(LetterState.BY_PHONE) if each.reference == reference)
    return sum(outbox.told(letter) for letter in asked if letter.due_at <= now)
