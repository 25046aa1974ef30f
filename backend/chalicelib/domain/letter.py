"""A letter that was promised: its state in the outbox, never its text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from chalicelib.domain.booking import APPOINTMENT, Booking, Contact
from chalicelib.domain.papers import Paper, Voucher

CORRECTION = "CORRECTION"
DELETION = "DELETION"
MONTH = "MONTH"
DIGEST = "staff_digest"  # the kind of a mail that tells several letters; none is stored
DESK = "DESK"
LINK = "LINK"
ANSWER = "ANSWER"
CONTRACT = "CONTRACT"
_OTHER_SUBJECTS = (APPOINTMENT, CORRECTION, DELETION, MONTH, LINK, ANSWER, CONTRACT, DESK)

GIVE_UP_AFTER = timedelta(hours=72)
LEASE = timedelta(minutes=2)
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=4)
_CAME_BACK = "came_back"
_NOT_IN_A_TAG = re.compile(r"[^A-Za-z0-9_-]")


class LetterKind(StrEnum):
    RECEIVED = "received"
    DELETION_WARNING = "deletion_warning"
    DELETION_DAY_CHANGED = "deletion_day_changed"
    MERGED = "merged"
    RESERVED = "reserved"
    IN_LINE = "waiting"
    PLACED = "placed"
    APPOINTMENT = "appointment"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    ANSWER = "answer"
    REMINDER = "reminder"
    COURSE_CONFIRMATION = "course_confirmation"
    INVITATION = "invitation"
    INVITATION_REMINDER = "invitation_reminder"
    LINK = "link"
    VOUCHER = "voucher"
    CERTIFICATE = "certificate"
    STAFF_REQUEST = "staff_request"
    STAFF_CANCELLED = "staff_cancelled"
    STAFF_MOVED = "staff_moved"
    STAFF_CONFIRMED = "staff_confirmed"
    STAFF_CALL = "staff_call"
    STAFF_FULL = "staff_full"
    STAFF_FAILED = "staff_failed"
    DPO_MONTH = "dpo_month"
    DESK_LINK = "desk_link"

    @property
    def for_staff(self) -> bool:
        return self.value.startswith("staff_")


class LetterState(StrEnum):
    """What became of a letter.

    A void one was not sent because its news are not so any more; a bounced one came back, or was reported as unwanted.
    """

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    BY_PHONE = "by_phone"
    BOUNCED = "bounced"
    VOID = "void"


@dataclass(frozen=True)
class Letter:
    """A promise to write about something: a booking, a correction, a deletion day, or a month.

    `about` is APPOINTMENT, the id of a session, CORRECTION#reference, ANSWER, DELETION, MONTH, LINK, CONTRACT or DESK;
    `start` is the day or month of DELETION and MONTH, the day#text of ANSWER, the minute of LINK, the kind of a
    certificate, the nonce of the sign-in link of DESK, or when a session begins, with #version where it tells of a
    change of the session. The `revision` of a voucher is its number. A call is about DELETION#kind, LINK#kind,
    ANSWER#kind, CONTRACT#kind or session#kind, with the kind of the letter whose news are said by phone, and with
    #came_back before the kind where that letter was sent and came back.
    `contact_id` is None for a letter about nobody. A letter is due at `due_at` while it waits; a claim moves `due_at`
    to the end of its lease, so that a sender who dies is followed by another. One that is `gathered` is told in one
    mail with others that are due at the same moment.
    """

    contact_id: str | None
    about: str
    kind: LetterKind
    revision: int
    reference: str
    state: LetterState
    waiting_since: datetime
    due_at: datetime
    attempts: int = 0
    start: str = ""
    gathered: bool = False

    @property
    def id(self) -> str:
        """The same for each copy of this letter, so that a second one is recognised."""
        parts = (self.reference, self.kind.value, self.news, str(self.revision), self.start)
        return ".".join(part for part in parts if part)

    @property
    def news(self) -> str:
        """The kind of the letter that a call, or a report that it failed, stands for; empty for all others."""
        stands_for_another = self.kind in (LetterKind.STAFF_CALL, LetterKind.STAFF_FAILED)
        return self.about.rpartition("#")[2] if stands_for_another else ""

    @property
    def original(self) -> "Letter":
        """The letter that it stands for, with its kind and what it is about."""
        about = self.about.rpartition("#")[0].removesuffix(f"#{_CAME_BACK}")
        return replace(self, about=about, kind=LetterKind(self.news))

    @property
    def tag(self) -> str:
        """Its id as a mail service hands it back with an event: no other signs may stand there."""
        return as_tag(self.id)

    @property
    def came_back(self) -> bool:
        """Whether it is a call with the news of a letter that came back."""
        return f"#{_CAME_BACK}#" in self.about

    @property
    def answer(self) -> str:
        """The key of the ready text that it tells, or is a call about; empty for all others."""
        return self.start.partition("#")[2] if self.about.partition("#")[0] == ANSWER else ""

    @property
    def session_id(self) -> str | None:
        """The session that it is about, if it is about one."""
        subject = self.about.partition("#")[0]
        return None if subject in _OTHER_SUBJECTS else subject


def promised(kind: LetterKind, contact: Contact, about: str, reference: str, now: datetime) -> Letter:
    """A letter that is due at once; to a resident without a mail address it is said by phone."""
    by_phone = not kind.for_staff and contact.person.email is None
    state = LetterState.BY_PHONE if by_phone else LetterState.WAITING
    return Letter(contact.id, about, kind, 1, reference, state, waiting_since=now, due_at=now)


def about_booking(kind: LetterKind, contact: Contact, booking: Booking, now: datetime) -> Letter:
    """A letter about a place in a session, or about an invitation to one; another for each revision of the booking."""
    about = booking.session_id or booking.about
    return replace(promised(kind, contact, about, booking.reference, now), revision=booking.revision)


def about_correction(contact: Contact, reference: str, now: datetime) -> tuple[Letter, ...]:
    """What tells that a further form came under that reference: to the resident, and to staff."""
    kinds = (LetterKind.RECEIVED, LetterKind.STAFF_REQUEST)
    return tuple(promised(kind, contact, f"{CORRECTION}#{reference}", reference, now) for kind in kinds)


def about_deletion(kind: LetterKind, contact: Contact, reference: str, now: datetime) -> Letter:
    """A letter about the deletion day of a contact, promised once for each version of the contact and day."""
    letter = promised(kind, contact, DELETION, reference, now)
    return replace(letter, revision=contact.version, start=contact.delete_on.isoformat())


def about_paper(paper: Paper, contact: Contact, reference: str, now: datetime) -> tuple[Letter, ...]:
    """What brings somebody a voucher that was issued, or a certificate that the office gives, each once; else nothing.

    Who has no mail address is called.
    """
    if isinstance(paper, Voucher):
        letter = replace(promised(LetterKind.VOUCHER, contact, CONTRACT, reference, now), revision=paper.number)
        return () if paper.course else with_call(letter)
    if not paper.kind.is_given_here:
        return ()
    letter = promised(LetterKind.CERTIFICATE, contact, CONTRACT, reference, now)
    return with_call(replace(letter, start=paper.kind.value))


def about_link(contact: Contact, reference: str, now: datetime) -> tuple[Letter, ...]:
    """What brings somebody a link to all their data, once a minute; staff call who has no mail address."""
    letter = replace(promised(LetterKind.LINK, contact, LINK, reference, now), start=now.isoformat(timespec="minutes"))
    return with_call(letter)


def as_tag(letter_id: str) -> str:
    return _NOT_IN_A_TAG.sub("_", letter_id)


def digest_id(letters: Iterable[Letter]) -> str:
    """The id of the mail that tells these letters: the same for each copy of it."""
    told = " ".join(sorted(letter.id for letter in letters))
    return f"{DIGEST}.{sha256(told.encode()).hexdigest()[:16]}"


def call_for(letter: Letter) -> Letter:
    """The letter that asks staff to call with the news of `letter`, which is said by phone; one for each."""
    about = f"{letter.about}#{letter.kind.value}"
    return replace(letter, about=about, kind=LetterKind.STAFF_CALL, state=LetterState.WAITING)


def call_after_return(letter: Letter, now: datetime) -> Letter:
    """The same for a letter that came back: staff call at once."""
    about = f"{letter.about}#{_CAME_BACK}#{letter.kind.value}"
    return replace(call_for(letter), about=about, attempts=0, waiting_since=now, due_at=now)


def with_call(letter: Letter) -> tuple[Letter, ...]:
    """The letter, and where it is said by phone the one that asks staff to call."""
    return (letter, call_for(letter)) if letter.state is LetterState.BY_PHONE else (letter,)


def report_of_failure(letter: Letter, now: datetime) -> Letter:
    """The letter that tells staff that another has failed for good; one for each."""
    about = f"{letter.about}#{letter.kind.value}"
    report = replace(letter, about=about, kind=LetterKind.STAFF_FAILED, state=LetterState.WAITING)
    return replace(report, attempts=0, waiting_since=now, due_at=now)


def about_full_session(session_id: str, version: int, now: datetime) -> Letter:
    """The letter that tells staff that a session is full, once for each version; its reference is the session's id."""
    return Letter(None, session_id, LetterKind.STAFF_FULL, version, session_id, LetterState.WAITING, now, now)


def about_month(month: str, now: datetime) -> Letter:
    """The letter to the data protection officer about a month such as 2026-11."""
    return Letter(None, MONTH, LetterKind.DPO_MONTH, 1, "", LetterState.WAITING, now, now, start=month)


def with_sign_in(nonce: str, state: LetterState, now: datetime) -> Letter:
    """The letter that mails the sign-in link with that nonce; void from its beginning where nobody is to get it."""
    return Letter(None, DESK, LetterKind.DESK_LINK, 1, "", state, now, now, start=nonce)


def next_try(letter: Letter, now: datetime) -> datetime | None:
    """When a letter that was not taken is tried again, or None once 72 hours of waiting have passed.

    The waits double from one minute to four hours.
    """
    if now - letter.waiting_since >= GIVE_UP_AFTER:
        return None
    doublings = min(letter.attempts - 1, 10)
    wait: timedelta = min(_LONGEST_WAIT, _FIRST_WAIT * int(2**doublings))
    return min(now + wait, max(now + _FIRST_WAIT, letter.waiting_since + GIVE_UP_AFTER))
