"""What a resident is told with one of the ready texts of staff."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.letter import Letter


@dataclass(frozen=True)
class Answered:
    """`answer` is a key of domain/answers.py; `rule` is why the day is `delete_on`."""

    reference: str
    answer: str
    delete_on: date
    rule: str
    own_page: str


def answered(letter: Letter, file: ContactFile, own_page: str) -> Answered:
    return Answered(letter.reference, letter.answer, file.contact.delete_on, file.contact.rule, own_page)
