"""A session as letters and calendar files tell it."""

from dataclasses import dataclass

from chalicelib.domain.session import Session, SessionKind
from chalicelib.letters.layout import one_line
from chalicelib.letters.told import languages_in_words
from chalicelib.words.catalogues import words
from chalicelib.words.choices import SESSIONS
from chalicelib.words.formats import write_meeting


@dataclass(frozen=True)
class ToldMeeting:
    when: str
    where: str


@dataclass(frozen=True)
class Outline:
    """A session in the words of one language: times are Luxembourg's, places as staff wrote them."""

    name: str
    is_course: bool
    is_slot: bool
    by_invitation: bool
    languages: str
    meetings: tuple[ToldMeeting, ...]


def outline(session: Session, language: str) -> Outline:
    return Outline(
        name=words(language).gettext(SESSIONS[session.kind.value]),
        is_course=session.kind is SessionKind.CITIZENSHIP,
        is_slot=session.kind is SessionKind.SLOT,
        by_invitation=session.kind is SessionKind.ORIENTATION,
        languages=languages_in_words(session.languages, language),
        meetings=tuple(ToldMeeting(write_meeting(each, language), one_line(each.place)) for each in session.meetings),
    )
