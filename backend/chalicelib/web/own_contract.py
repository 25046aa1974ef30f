"""How far the contract has got, on the own page of who has signed: what is done, what is missing, what ends when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.contract_state import contract_state
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.programme.rules import rules
from chalicelib.usecases.record_contract import read_record
from chalicelib.web.visit import Visit
from chalicelib.words.catalogues import words
from chalicelib.words.contract import DONE, ENDS, MISSING
from chalicelib.words.formats import write_weekday


@dataclass(frozen=True)
class OwnContract:
    """Sentences in the words of one language, each with its day, the earliest first."""

    done: tuple[str, ...]
    missing: tuple[str, ...]
    ends: tuple[str, ...]


def own_contract(visit: Visit) -> OwnContract | None:
    """None for who has not signed. Raises StoreBusyError."""
    if visit.file.contact.history.signed_on is None:
        return None
    record = read_record(visit.file, visit.office.sessions)
    state = contract_state(record, rules(), day_in_luxembourg(visit.now))
    if state is None:
        return None
    missing = tuple(words(visit.language).gettext(MISSING[each]) for each in state.missing)
    return OwnContract(_with_days(DONE, state.done, visit), missing, _with_days(ENDS, state.ends, visit))


def _with_days(said: Mapping[str, str], days: Iterable[tuple[str, date]], visit: Visit) -> tuple[str, ...]:
    gettext, language = words(visit.language).gettext, visit.language
    return tuple(gettext(said[what]) % {"day": write_weekday(day, language)} for what, day in days)
