"""A letter that was promised: its state in the outbox, never its text."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GIVE_UP_AFTER = timedelta(hours=72)
LEASE = timedelta(minutes=2)
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=4)


class LetterKind(StrEnum):
    RECEIVED = "received"
    STAFF_REQUEST = "staff_request"

    @property
    def for_staff(self) -> bool:
        return self.value.startswith("staff_")


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    BY_PHONE = "by_phone"


@dataclass(frozen=True)
class Letter:
    """A promise to write about one item of a contact: its booking, or a correction.

    `about` is the item: APPOINTMENT, or CORRECTION#reference. A letter is due at `due_at` while it waits; a claim
    moves `due_at` to the end of its lease, so that a sender who dies is followed by another.
    """

    contact_id: str
    about: str
    kind: LetterKind
    revision: int
    reference: str
    state: LetterState
    waiting_since: datetime
    due_at: datetime
    attempts: int = 0

    @property
    def id(self) -> str:
        """The same for each copy of this letter, so that a second one is recognised."""
        return f"{self.reference}.{self.kind}.{self.revision}"


def next_try(letter: Letter, now: datetime) -> datetime | None:
    """When a letter that was not taken is tried again, or None once 72 hours of waiting have passed.

    The waits double from one minute to four hours.
    """
    if now - letter.waiting_since >= GIVE_UP_AFTER:
        return None
    doublings = min(letter.attempts - 1, 10)
    wait: timedelta = min(_LONGEST_WAIT, _FIRST_WAIT * int(2**doublings))
    return min(now + wait, max(now + _FIRST_WAIT, letter.waiting_since + GIVE_UP_AFTER))
