"""The ready texts with which staff answer somebody, whatever the language."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.booking import Contact
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import ANSWER, Letter, LetterKind, promised, with_call


class ReadyText(StrEnum):
    """What staff may answer; the words are in words/answers.py and in the letter of the kind `answer`."""

    DOCUMENTS = "documents"
    QUESTION = "question"
    NOT_OURS = "not_ours"
    CLOSED = "closed"


def answer_letters(text: ReadyText, contact: Contact, reference: str, now: datetime) -> tuple[Letter, ...]:
    """The letter that tells a ready text, once a day in Luxembourg; staff call who has no mail address."""
    letter = promised(LetterKind.ANSWER, contact, ANSWER, reference, now)
    return with_call(replace(letter, start=f"{day_in_luxembourg(now).isoformat()}#{text.value}"))
