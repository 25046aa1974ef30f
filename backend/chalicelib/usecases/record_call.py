"""Records that somebody without a mail address was called and told."""

from chalicelib.domain.letter import LetterState
from chalicelib.usecases.ports import Outbox


def record_call(reference: str, outbox: Outbox) -> int:
    """How many letters of `reference` that were to be said by phone are done by this call."""
    asked = (letter for letter in outbox.in_state(LetterState.BY_PHONE) if letter.reference == reference)
    return sum(outbox.told(letter) for letter in asked)
