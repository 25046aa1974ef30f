"""Records that somebody whom no mail reaches was called and told."""

from datetime import datetime

from chalicelib.domain.letter import LetterState
from chalicelib.usecases.ports import Outbox


def record_call(reference: str, outbox: Outbox, now: datetime) -> int:
    """How many letters of `reference` that came back or were to be said by the aware `now` are done by this call."""
    calls = list(outbox.in_state(LetterState.BY_PHONE, LetterState.BOUNCED))
    asked = (each for each in calls if each.reference == reference)
    return sum(outbox.told(letter) for letter in asked if letter.due_at <= now)
