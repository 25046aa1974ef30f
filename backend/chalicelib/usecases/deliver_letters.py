"""Sends the letters whose time has come, each claimed first: at least once, and never twice in silence."""

import json
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.errors import (
    MailLaterError,
    MailRefusedError,
    MailStoppedError,
    StoreBusyError,
    UnreadableItemError,
)
from chalicelib.domain.letter import LEASE, Letter, LetterState, next_try
from chalicelib.domain.news import Matter, still_true
from chalicelib.letters.message import Message
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.ports import Months, Outbox, Post

Counts = dict[str, int]

log = logging.getLogger("cai.letters")


@dataclass(frozen=True)
class PostRoom:
    """The outbox, what a letter is written from, who writes it and who takes it."""

    outbox: Outbox
    rosters: Rosters
    months: Months
    compose: Callable[[Letter, Matter | MonthReport], Message]
    post: Post


def deliver_letters(room: PostRoom, clock: Callable[[], datetime]) -> Counts:
    """Sends each letter that is due by the aware time of `clock` and counts what became of it.

    One whose news are not so any more is void. One that the store is too busy for is left for the next run. Raises
    MailStoppedError, with the letter waiting again, when our own account is refused: no further letter would fare
    better.
    """
    counts: Counter[str] = Counter()
    for letter in room.outbox.due(clock()):
        try:
            counts[_deliver(letter, room, clock)] += 1
        except StoreBusyError:
            counts["busy"] += 1
    return dict(counts)


def _deliver(letter: Letter, room: PostRoom, clock: Callable[[], datetime]) -> str:
    claimed = room.outbox.claim(letter, clock() + LEASE)
    if claimed is None:
        return "taken"
    try:
        subject = _subject(claimed, room, clock())
    except UnreadableItemError as broken:
        state, due_at = _unwritable(claimed, broken, clock())
    else:
        if subject is None:
            return "gone"
        state, due_at = _send_if_true(claimed, room, subject, clock)
    room.outbox.settle(claimed, state, due_at)
    return state.value


def matter_of(letter: Letter, rosters: Rosters) -> Matter | None:
    """What a letter to or about a person is written from; None when there is no such contact any more."""
    file = rosters.contacts.read(letter.contact_id) if letter.contact_id else None
    if file is None:
        return None
    return Matter(file, rosters.sessions.read(letter.session_id) if letter.session_id else None)


def _subject(letter: Letter, room: PostRoom, now: datetime) -> Matter | MonthReport | None:
    if letter.contact_id is None:
        return room.months.read(letter.start, day_in_luxembourg(now))
    return matter_of(letter, room.rosters)


def _send_if_true(
    letter: Letter, room: PostRoom, subject: Matter | MonthReport, clock: Callable[[], datetime]
) -> tuple[LetterState, datetime]:
    if isinstance(subject, Matter) and not still_true(letter, subject, clock()):
        return LetterState.VOID, clock()
    return _send(letter, room, subject, clock)


def _send(
    letter: Letter, room: PostRoom, subject: Matter | MonthReport, clock: Callable[[], datetime]
) -> tuple[LetterState, datetime]:
    try:
        room.post.send(room.compose(letter, subject))
    except MailLaterError:
        return _later(letter, clock())
    except MailRefusedError:
        return LetterState.FAILED, clock()
    except MailStoppedError:
        room.outbox.settle(letter, LetterState.WAITING, clock())
        raise
    except Exception as broken:  # one letter that cannot be written must not stop the others, nor wait for ever
        return _unwritable(letter, broken, clock())
    return LetterState.SENT, clock()


def _unwritable(letter: Letter, broken: Exception, now: datetime) -> tuple[LetterState, datetime]:
    log.error(json.dumps({"letter": letter.id, "failure": type(broken).__name__}))
    return _later(letter, now)


def _later(letter: Letter, now: datetime) -> tuple[LetterState, datetime]:
    due_at = next_try(letter, now)
    return (LetterState.WAITING, due_at) if due_at else (LetterState.FAILED, now)
