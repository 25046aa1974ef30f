"""Lists what staff have to see to today, and what goes by itself within a week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.booking import Contact
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.desk_ports import Listed, Waiting
from chalicelib.usecases.list_letters import list_letters
from chalicelib.usecases.see_to_call import Call, calls_among

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Today:
    """What waits, each oldest first, with the `people` by their ids.

    A contact that cannot be read is None there; one that is being deleted is nowhere.
    """

    calls: tuple[Call, ...]
    requests: tuple[Waiting, ...]
    corrections: tuple[Waiting, ...]
    failed: tuple[Letter, ...]
    leaving: tuple[Listed, ...]
    people: dict[str, Contact | None]


def look_at_today(desk: BackOffice, now: datetime) -> Today:
    """As things are at the aware `now`; it changes nothing. Raises StoreBusyError."""
    letters = list(list_letters(desk.outbox, desk.rosters, now, void=False))
    requests, corrections = list(desk.worklist.requests()), list(desk.worklist.corrections())
    calls, today = calls_among(letters), day_in_luxembourg(now)
    about = {each.contact_id for each in (*requests, *corrections)} | {each.contact_id or "" for each in letters}
    people = dict(desk.worklist.people(about - {""}))
    return Today(
        tuple(call for call in calls if call.letters[0].contact_id in people),
        _of_the_living(requests, people),
        _of_the_living(corrections, people),
        tuple(each for each in letters if each.state is LetterState.FAILED),
        tuple(desk.worklist.leaving(today, today + WEEK)),
        people,
    )


def _of_the_living(waiting: Iterable[Waiting], people: dict[str, Contact | None]) -> tuple[Waiting, ...]:
    return tuple(each for each in waiting if each.contact_id in people)
