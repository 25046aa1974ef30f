"""What a resident is told whom the office gives no appointment."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.letter import Letter
from chalicelib.domain.news import Matter
from chalicelib.letters.outline import Outline, outline


@dataclass(frozen=True)
class Refused:
    """`reason` is a key of words/refusals.py; `session` is the date that the appointment had, if it had one."""

    reference: str
    reason: str
    session: Outline | None
    delete_on: date
    rule: str
    own_page: str


def refused(letter: Letter, matter: Matter, language: str, own_page: str) -> Refused:
    contact = matter.file.contact
    return Refused(
        reference=letter.reference,
        reason=refusal(matter.file),
        session=outline(matter.session, language) if matter.session else None,
        delete_on=contact.delete_on,
        rule=contact.rule,
        own_page=own_page,
    )


def refusal(file: ContactFile) -> str:
    """Why the appointment was refused; empty where it was not."""
    why = file.appointment.refused if file.appointment else None
    return why.value if why else ""
