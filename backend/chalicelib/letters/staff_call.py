"""What staff are asked to say by phone to somebody whom no letter reaches."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.letter import Letter
from chalicelib.letters.refused import refusal
from chalicelib.letters.staff_request import delete_mail_by
from chalicelib.letters.told import Line, language_in_words, whom_to_call
from chalicelib.programme.facts import Facts


@dataclass(frozen=True)
class StaffCall:
    """Whom to call with which `news`: the kind of the letter that cannot be sent, or that came back. Days are in
    Luxembourg.

    `person` is empty where the facts keep people's names out of the mail; `rule` is why the day is `delete_on`,
    `reason` the key of words/refusals.py for a refused appointment, `answer` that of a ready text.
    """

    reference: str
    news: str
    came_back: bool
    has_phone: bool
    page_language: str
    names_person: bool
    person: tuple[Line, ...]
    delete_on: date
    rule: str
    reason: str
    answer: str
    delete_mail_by: date | None


@dataclass(frozen=True)
class StaffFailed(StaffCall):
    """The same of a letter that could not be sent, with its `letter_subject` in the language of staff."""

    letter_subject: str


def staff_failed(letter: Letter, file: ContactFile, letter_subject: str, facts: Facts) -> StaffFailed:
    return StaffFailed(**vars(staff_call(letter, file, facts)), letter_subject=letter_subject)


def staff_call(letter: Letter, file: ContactFile, facts: Facts) -> StaffCall:
    language, contact = facts.text("staff.language"), file.contact
    names_person = bool(facts.get("staff.request_names_person"))
    return StaffCall(
        reference=letter.reference,
        news=letter.news,
        came_back=letter.came_back,
        has_phone=contact.person.phone is not None,
        page_language=language_in_words(contact.person.language, language),
        names_person=names_person,
        person=whom_to_call(contact.person, language) if names_person else (),
        delete_on=contact.delete_on,
        rule=contact.rule,
        reason=refusal(file),
        answer=letter.answer,
        delete_mail_by=delete_mail_by(letter, file, facts),
    )
