"""What somebody reads who is invited to an orientation day in person, or is reminded to answer."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.invitation import answer_by
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.news import Matter
from chalicelib.domain.session import Session
from chalicelib.letters.outline import Outline, outline
from chalicelib.letters.received import arrival_day

KINDS = frozenset({LetterKind.INVITATION, LetterKind.INVITATION_REMINDER})


@dataclass(frozen=True)
class Invitation:
    """The session as it is now and the day by which one answers: on `page`. `own_page` is where data are deleted."""

    reference: str
    kind: str
    session: Outline
    answer_by: date
    delete_on: date
    page: str
    own_page: str
    place_in_line = None


def invitation(
    letter: Letter, matter: Matter, session: Session, language: str, page: str = "", own_page: str = ""
) -> Invitation:
    """The news of `letter`, or of the one that a call stands for."""
    return Invitation(
        reference=letter.reference,
        kind=letter.news or letter.kind.value,
        session=outline(session, language),
        answer_by=answer_by(session, arrival_day(letter, matter.file)),
        delete_on=matter.file.contact.delete_on,
        page=page,
        own_page=own_page,
    )
