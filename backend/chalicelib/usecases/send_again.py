"""Lets failed letters be sent again."""

from datetime import datetime

from chalicelib.domain.letter import LetterState
from chalicelib.usecases.ports import Outbox


def send_again(reference: str | None, outbox: Outbox, now: datetime) -> int:
    """How many failed letters wait anew from the aware `now`: those of `reference`, or all when it is None."""
    wanted = (each for each in outbox.in_state(LetterState.FAILED) if reference in (None, each.reference))
    return sum(outbox.resend(letter, now) for letter in wanted)
