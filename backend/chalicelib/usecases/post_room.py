"""What sending letters needs, and the answers that each way of sending shares."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.desk import SignInLink
from chalicelib.domain.letter import Letter, LetterKind, LetterState, next_try
from chalicelib.domain.log import note
from chalicelib.domain.news import Matter, still_full, still_true
from chalicelib.domain.papers import CertificateKind
from chalicelib.domain.session import Session
from chalicelib.letters.digest import Section
from chalicelib.letters.message import Message
from chalicelib.usecases.desk_ports import SignIns
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.limit_staff_mail import StaffMail
from chalicelib.usecases.ports import Months, Outbox, Post
from chalicelib.usecases.record_contract import read_record

Subject = Matter | MonthReport | SignInLink | Session


class Digests(Protocol):
    """Writes several letters to staff as one."""

    def section(self, letter: Letter, subject: Subject) -> Section: ...

    def digest(self, mail_id: str, sections: Sequence[Section]) -> Message: ...


@dataclass(frozen=True)
class PostRoom:
    """The outbox, what a letter is written from, who writes it and who takes it.

    `staff_mail` says which letters to staff go together, and `digests` writes those; without it each goes alone.
    `sign_ins` holds the links that open the desk; without it nobody is mailed one.
    """

    outbox: Outbox
    rosters: Rosters
    months: Months
    compose: Callable[[Letter, Subject], Message]
    post: Post
    staff_mail: StaffMail | None = None
    digests: Digests | None = None
    sign_ins: SignIns | None = None


def matter_of(letter: Letter, rosters: Rosters) -> Matter | None:
    """What a letter to or about a person is written from; None when there is no such contact any more."""
    file = rosters.contacts.read(letter.contact_id) if letter.contact_id else None
    if file is None:
        return None
    if LetterKind.CERTIFICATE in (letter.kind, letter.news):
        return Matter(file, read_record(file, rosters.sessions).attended_for(CertificateKind(letter.start)))
    session_id = letter.session_id or _refused_slot(letter, file)
    return Matter(file, rosters.sessions.read(session_id) if session_id else None)


def _refused_slot(letter: Letter, file: ContactFile) -> str | None:
    """The slot of an appointment that the office has ended: it may still stand in a calendar."""
    ended = file.appointment if letter.kind is LetterKind.REFUSED else None
    return ended.slot if ended and ended.refused else None


def subject_of(letter: Letter, room: PostRoom, now: datetime) -> Subject | None:
    """What a letter is written from; None when nobody is there any more. Raises UnreadableItemError."""
    if letter.contact_id is not None:
        return matter_of(letter, room.rosters)
    if letter.kind is LetterKind.DESK_LINK:
        return room.sign_ins.link(letter.start) if room.sign_ins else None
    if letter.kind is LetterKind.STAFF_FULL:
        return room.rosters.sessions.read(letter.about)
    return room.months.read(letter.start, day_in_luxembourg(now))


def is_void(letter: Letter, subject: Subject, now: datetime) -> bool:
    """Whether its news are not so any more."""
    if isinstance(subject, SignInLink):
        return not subject.is_good(now)
    if isinstance(subject, Session):
        return not still_full(letter, subject, now)
    return isinstance(subject, Matter) and not still_true(letter, subject, now)


def unwritable(letter: Letter, broken: Exception, now: datetime) -> tuple[LetterState, datetime]:
    """What becomes of a letter that cannot be written; its class is logged, its text may name somebody."""
    note("letters", {"letter": letter.id, "failure": type(broken).__name__}, logging.ERROR)
    return later(letter, now)


def later(letter: Letter, now: datetime) -> tuple[LetterState, datetime]:
    """What becomes of a letter that was not taken: it waits, or has failed after 72 hours."""
    due_at = next_try(letter, now)
    return (LetterState.WAITING, due_at) if due_at else (LetterState.FAILED, now)
