"""Keeps the office's mailbox readable: a few mails of their own an hour, the others together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from chalicelib.domain.days import LUXEMBOURG
from chalicelib.domain.errors import TooManyRequestsError
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.news import Matter
from chalicelib.usecases.ports import Limits

MOST_AN_HOUR = 20
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StaffMail:
    """How staff want their mail: each letter by itself, at most `most` in an hour, or together at `digest_times`.

    These are times of a day in Luxembourg.
    """

    limits: Limits
    digest_times: Sequence[time] = ()
    most: int = MOST_AN_HOUR

    def waits_until(self, letter: Letter, subject: object, now: datetime) -> datetime | None:
        """The moment at which a claimed letter is told with others; None when it goes alone, which is counted.

        No more than `most` go alone in an hour, tries that failed included; the next are told at its end. In a
        digest goes whatever is not urgent. Raises StoreBusyError.
        """
        if self.digest_times and not _is_urgent(letter, subject, now):
            return next_digest(self.digest_times, now)
        try:
            self.limits.admit("mail to staff", f"{letter.id}.{letter.attempts}", self.most, _HOUR, now)
        except TooManyRequestsError as over:
            return now + over.retry_after
        return None


def next_digest(times: Sequence[time], now: datetime) -> datetime:
    """The first of these times in Luxembourg after the aware `now`."""
    today = now.astimezone(LUXEMBOURG).date()
    moments = (datetime.combine(day, each, LUXEMBOURG) for day in (today, today + _DAY) for each in sorted(times))
    return next(moment for moment in moments if moment > now)


def _is_urgent(letter: Letter, subject: object, now: datetime) -> bool:
    """A call about a session that begins within 48 hours."""
    session = subject.session if isinstance(subject, Matter) else None
    return letter.kind is LetterKind.STAFF_CALL and session is not None and not session.places_silently(now)
