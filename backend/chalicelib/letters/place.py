"""What a resident is told of a place in a session or a slot: reserved, waited for, come free, near, moved, given up."""

from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.news import Matter
from chalicelib.domain.seats import CONFIRMATION, REMINDER
from chalicelib.domain.session import PLACED_UNTIL, Session
from chalicelib.letters.outline import Outline, outline

KINDS = frozenset(
    {
        LetterKind.RESERVED,
        LetterKind.IN_LINE,
        LetterKind.PLACED,
        LetterKind.APPOINTMENT,
        LetterKind.MOVED,
        LetterKind.REMINDER,
        LetterKind.COURSE_CONFIRMATION,
        LetterKind.CANCELLED,
    }
)


@dataclass(frozen=True)
class PlaceNews:
    """The news of a place, as things stand now: nothing that the resident typed.

    `kind` is that of the news; `moved` says that staff changed the session, `called_off` that they cancelled it.
    `place_in_line` counts from one; who waits is told `hours` before the session at the latest without a call, and
    called later where `has_phone`. The days before the session are None where nothing is to come any more.
    """

    reference: str
    kind: str
    session: Outline
    moved: bool
    called_off: bool
    place_in_line: int | None
    has_phone: bool
    hours: int
    reminder_days: int | None
    confirmation_days: int | None
    delete_on: date
    rule: str
    own_page: str


def place_news(letter: Letter, matter: Matter, session: Session, language: str, own_page: str = "") -> PlaceNews:
    """The news of `letter`, or of the one that a call stands for."""
    contact, kind = matter.file.contact, letter.news or letter.kind.value
    told = outline(session, language)
    return PlaceNews(
        reference=letter.reference,
        kind=kind,
        session=told,
        moved="#" in letter.start,
        called_off=session.cancelled,
        place_in_line=session.turn(contact.id) or None,
        has_phone=contact.person.phone is not None,
        hours=PLACED_UNTIL // timedelta(hours=1),
        reminder_days=_days_before(REMINDER, letter, session),
        confirmation_days=_days_before(CONFIRMATION, letter, session) if told.is_course else None,
        delete_on=contact.delete_on,
        rule=contact.rule,
        own_page=own_page,
    )


def _days_before(period: timedelta, letter: Letter, session: Session) -> int | None:
    """How many days before the session another letter comes; None where its time was there with this one."""
    return period.days if letter.waiting_since < session.start - period else None
