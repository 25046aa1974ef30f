"""Sees to a call that staff were asked to make: it told the news, reached nobody, or is to be made another day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from chalicelib.domain.days import LUXEMBOURG, day_in_luxembourg
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import ChangedMeanwhileError, ImpossibleDayError
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.list_letters import list_letters
from chalicelib.usecases.post_room import matter_of

AGAIN_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Call:
    """All that one person is to be told by phone; `letters` share a reference and are at least one."""

    reference: str
    letters: tuple[Letter, ...]

    @property
    def seen(self) -> frozenset[str]:
        """What a page showed of it, so that nothing which came since is taken for told."""
        return frozenset(f"{each.id}~{each.attempts}" for each in self.letters)


def calls_among(letters: Iterable[Letter]) -> list[Call]:
    """One call for each reference, the one that waits longest first; what failed is no call."""
    asked = [each for each in letters if each.state is not LetterState.FAILED]
    by_reference = groupby(sorted(asked, key=_reference), key=_reference)
    calls = [Call(reference, tuple(news)) for reference, news in by_reference]
    return sorted(calls, key=lambda call: min(each.waiting_since for each in call.letters))


def record_told(reference: str, seen: frozenset[str], who: str, desk: BackOffice, now: datetime) -> None:
    """The person was told by the aware `now`. Raises ChangedMeanwhileError when this was not what was `seen`."""
    _see_to(_call(reference, seen, desk, now), Deed(now, who, Act.CALLED, reference), desk, desk.outbox.told)


def record_not_reached(reference: str, seen: frozenset[str], who: str, desk: BackOffice, now: datetime) -> None:
    """Nobody answered: the call stays to be made, behind the others. Raises ChangedMeanwhileError likewise."""
    deed = Deed(now, who, Act.NOT_REACHED, reference)
    _see_to(_call(reference, seen, desk, now), deed, desk, lambda each: desk.outbox.postpone(each, now))


def call_later(reference: str, seen: frozenset[str], day: date, who: str, desk: BackOffice, now: datetime) -> None:
    """The call is to be made on a `day` in Luxembourg, at most 14 days from now and before its news are over.

    Raises ImpossibleDayError for any other day, and ChangedMeanwhileError likewise.
    """
    call = _call(reference, seen, desk, now)
    if not day_in_luxembourg(now) < day <= _last_day(call, desk, now):
        raise ImpossibleDayError
    until = datetime.combine(day, time(), LUXEMBOURG)
    deed = Deed(now, who, Act.CALL_LATER, reference)
    _see_to(call, deed, desk, lambda each: desk.outbox.postpone(each, until))


def _call(reference: str, seen: frozenset[str], desk: BackOffice, now: datetime) -> Call:
    listed = calls_among(list_letters(desk.outbox, desk.rosters, now, void=False))
    call = next((each for each in listed if each.reference == reference), None)
    if call is None or call.seen != seen:
        raise ChangedMeanwhileError
    return call


def _see_to(call: Call, deed: Deed, desk: BackOffice, change: Callable[[Letter], bool]) -> None:
    desk.audit.note(deed)
    done = [change(each) for each in call.letters]
    if not all(done):
        raise ChangedMeanwhileError


def _last_day(call: Call, desk: BackOffice, now: datetime) -> date:
    """A call about a session comes on its day at the latest, any call before the person's data are deleted."""
    last = day_in_luxembourg(now) + AGAIN_WITHIN
    for matter in (matter_of(each, desk.rosters) for each in call.letters):
        if matter is not None:
            last = min(last, matter.file.contact.delete_on - timedelta(days=1))
            last = min(last, day_in_luxembourg(matter.session.start)) if matter.session else last
    return last


def _reference(letter: Letter) -> str:
    return letter.reference
