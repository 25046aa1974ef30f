"""Sessions as comma-separated values, which staff keep in a spreadsheet: one row a meeting, times of Luxembourg."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from chalicelib.domain.days import LUXEMBOURG, moment_in_luxembourg
from chalicelib.domain.errors import ImpossibleSessionError
from chalicelib.domain.session import LONGEST_PLACE, SESSION_ID, Meeting, Session, SessionKind

_OF_A_MEETING = ("start", "end", "place")
_READ_ONLY = ("taken", "in line")
_TIME = "%Y-%m-%d %H:%M"


class TimetableError(Exception):
    """A table that cannot be read; `sentences` name each mistake by line and column."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


@dataclass(frozen=True)
class Timetable:
    """What a table says: the sessions, and the line on which each begins."""

    sessions: tuple[Session, ...]
    lines: Mapping[str, int]

    def sentence(self, mistake: ImpossibleSessionError) -> str:
        """What is wrong with one of its sessions, and where."""
        column, meaning = _IMPOSSIBLE[mistake.why]
        return f"Line {self.lines[mistake.session_id]}, {column}: {meaning}."


def written(sessions: Iterable[Session]) -> str:
    """The table of these sessions; `read` takes it again."""
    table = io.StringIO()
    writer = csv.DictWriter(table, [*_CELLS, *_READ_ONLY], lineterminator="\n")
    writer.writeheader()
    for session in sessions:
        writer.writerows(_row(session, meeting) for meeting in session.meetings)
    return table.getvalue()


def read(text: str) -> Timetable:
    """The sessions of a table with commas or semicolons. Raises TimetableError."""
    try:
        rows, sentences = _rows(text)
    except csv.Error as problem:
        raise TimetableError([f"This is no table of comma-separated values: {problem}."]) from problem
    described = [(name, list(own)) for name, own in groupby(sorted(rows, key=_id_of), key=_id_of)]
    sentences += [sentence for _, own in described for sentence in _contradictions(own)]
    if sentences:
        raise TimetableError(sentences)
    return Timetable(tuple(_session(own) for _, own in described), {name: own[0].line for name, own in described})


@dataclass(frozen=True)
class _Row:
    line: int
    cells: Mapping[str, Any]


def _rows(text: str) -> tuple[list[_Row], list[str]]:
    """Every row that is good, and a sentence for everything that is not."""
    first = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";" if ";" in first else ",")
    known, given = {*_CELLS, *_READ_ONLY}, list(table.fieldnames or [])
    sentences = [f"Line 1: the column {name} is missing." for name in _CELLS if name not in given]
    sentences += [f"Line 1: there is no column {name}." for name in given if name not in known]
    rows: list[_Row] = []
    for row in table if not sentences else ():
        if any(row[name] for name in _CELLS):
            cells, wrong = _cells(row, table.line_num)
            rows += [] if wrong else [_Row(table.line_num, cells)]
            sentences += wrong
    return rows, sentences


def _cells(row: Mapping[str, str | None], line: int) -> tuple[dict[str, Any], list[str]]:
    cells, wrong = {}, []
    for name, (understand, expected) in _CELLS.items():
        given = (row[name] or "").strip()
        try:
            cells[name] = understand(given)
        except ValueError:
            wrong.append(f"Line {line}, {name}: “{given}” is not {expected}.")
    return cells, wrong


def _contradictions(rows: list[_Row]) -> list[str]:
    """Where the meetings of one session differ in what they share."""
    first = rows[0]
    return [
        f"Line {row.line}, {name}: differs from line {first.line}, which is the same session."
        for row in rows
        for name in _CELLS
        if name not in _OF_A_MEETING and row.cells[name] != first.cells[name]
    ]


def _session(rows: list[_Row]) -> Session:
    shared = rows[0].cells
    meetings = (Meeting(*(row.cells[name] for name in _OF_A_MEETING)) for row in rows)
    return Session(
        shared["id"],
        shared["kind"],
        shared["languages"],
        tuple(sorted(meetings, key=lambda meeting: meeting.start)),
        shared["capacity"],
        shared["waiting"],
        shared["published"],
    )


def _row(session: Session, meeting: Meeting) -> dict[str, str | int]:
    return {
        "id": session.id,
        "kind": session.kind.value,
        "languages": " ".join(session.languages),
        "capacity": session.capacity,
        "waiting": session.waiting_max,
        "published": "yes" if session.published else "no",
        "start": _shown(meeting.start),
        "end": _shown(meeting.end),
        "place": meeting.place,
        "taken": session.taken,
        "in line": len(session.waiting),
    }


def _id_of(row: _Row) -> str:
    return str(row.cells["id"])


def _shown(moment: datetime) -> str:
    return moment.astimezone(LUXEMBOURG).strftime(_TIME)


def _matching(pattern: str) -> Callable[[str], str]:
    def understand(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return text

    return understand


def _languages(text: str) -> tuple[str, ...]:
    return tuple(_matching("[a-z]{2,3}")(code) for code in text.split() or [""])


def _moment(text: str) -> datetime:
    """The moment in UTC. A clock that is put forward never shows some times: those are refused."""
    return moment_in_luxembourg(datetime.strptime(text, _TIME))  # noqa: DTZ007 - the zone follows


def _published(text: str) -> bool:
    return ["no", "yes"].index(text.casefold()) == 1


# Of each column, what understands a cell and what else it expected.
_CELLS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "id": (_matching(SESSION_ID.pattern), "a name of at most 40 letters, digits, - and _"),
    "kind": (SessionKind, f"one of {', '.join(SessionKind)}"),
    "languages": (_languages, "a list of language codes such as fr or fr lb"),
    "capacity": (lambda text: int(_matching("[0-9]{1,4}")(text)), "a number"),
    "waiting": (lambda text: int(_matching("[0-9]{1,4}")(text)), "a number, which may be 0"),
    "published": (_published, "yes or no"),
    "start": (_moment, "a time in Luxembourg such as 2026-12-05 10:00"),
    "end": (_moment, "a time in Luxembourg such as 2026-12-05 10:00"),
    "place": (_matching(rf".{{1,{LONGEST_PLACE}}}"), f"a place of at most {LONGEST_PLACE} letters"),
}

# Of each reason of ImpossibleSessionError, the column and what is wrong.
_IMPOSSIBLE: Mapping[str, tuple[str, str]] = {
    "id": ("id", "a name of at most 40 letters, digits, - and _ is needed"),
    "order": ("start", "each meeting must end after it starts, and before the next one starts"),
    "languages": ("languages", "at least one is needed"),
    "capacity": ("capacity", "at least one place is needed"),
    "waiting": ("waiting", "the line cannot be shorter than 0"),
    "course": ("start", "a citizenship course has six hours in two or three meetings"),
    "slot": ("capacity", "a slot has a capacity of 1 and no line"),
    "taken": ("capacity", "more places than that are taken"),
    "past": ("start", "it has begun already"),
    "cancelled": ("id", "this session was cancelled; plan a new one under another id"),
}
