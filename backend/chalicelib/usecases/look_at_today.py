"""Lists what staff have to see to today, and what goes by itself within a week."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.booking import Contact
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import Letter, LetterState
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.desk_ports import Listed, Waiting
from chalicelib.usecases.list_letters import is_over, read_matters, to_see_to
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
    people: Mapping[str, Contact | None]


def look_at_today(desk: BackOffice, now: datetime) -> Today:
    """As things are at the aware `now`; it changes nothing. Raises StoreBusyError."""
    tray, today = desk.worklist.tray(), day_in_luxembourg(now)
    listed = to_see_to(tray.letters, now)
    waiting = {each.contact_id for each in (*tray.requests, *tray.corrections)}
    read = read_matters(listed, desk.office.contacts, waiting)
    letters = [each for each in listed if not is_over(each, read, now)]
    return Today(
        tuple(call for call in calls_among(letters) if call.letters[0].contact_id in read.people),
        _of_the_living(tray.requests, read.people),
        _of_the_living(tray.corrections, read.people),
        tuple(each for each in letters if each.state is LetterState.FAILED),
        tuple(desk.worklist.leaving(today, today + WEEK)),
        read.people,
    )


def _of_the_living(waiting: Iterable[Waiting], people: Mapping[str, Contact | None]) -> tuple[Waiting, ...]:
    return tuple(each for each in waiting if each.contact_id in people)
