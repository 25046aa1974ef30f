"""What staff are told when a form has arrived."""

from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.domain.booking import ContactFile, Correction
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import Letter
from chalicelib.letters.received import answer_by, earlier
from chalicelib.letters.told import Line, as_stored, differences, language_in_words
from chalicelib.programme.facts import Facts
from chalicelib.words.catalogues import words


@dataclass(frozen=True)
class StaffRequest:
    """A request, or a further form beside the request `earlier`; never matricule, message or needs.

    `person` and `changes` are empty where the facts keep people's names out of the mail. Days are in Luxembourg.
    """

    reference: str
    earlier: str | None
    page_language: str
    names_person: bool
    answers_person: bool
    by_phone: bool
    doubtful: bool
    person: tuple[Line, ...]
    changes: tuple[Line, ...]
    number_given: bool
    message_left: bool
    answer_by: date
    delete_mail_by: date | None
    delete_on: date


def staff_request(letter: Letter, file: ContactFile, facts: Facts) -> StaffRequest:
    language, contact = facts.text("staff.language"), file.contact
    names_person = bool(facts.get("staff.request_names_person"))
    correction = file.correction(letter.reference)
    form = correction or file.appointment
    wish = file.appointment.wish if file.appointment else None
    return StaffRequest(
        reference=letter.reference,
        earlier=earlier(letter, file),
        page_language=language_in_words((correction or contact).person.language, language),
        names_person=names_person,
        answers_person=names_person and contact.person.email is not None,
        by_phone=contact.person.email is None,
        doubtful=form is not None and form.doubtful,
        person=as_stored(contact, wish, language) if names_person else (),
        changes=_changes(file, correction, language) if names_person and correction else (),
        number_given=correction is not None and correction.sealed_matricule is not None,
        message_left=bool(form and form.wish and form.wish.message),
        answer_by=answer_by(letter, file, facts),
        delete_mail_by=delete_mail_by(letter, file, facts),
        delete_on=contact.delete_on,
    )


def _changes(file: ContactFile, correction: Correction, language: str) -> tuple[Line, ...]:
    """What the form says differently, the slot that it wishes for by its id."""
    appointment, gettext = file.appointment, words(language).gettext
    changes = differences(file.contact, appointment.wish if appointment else None, correction, language)
    kept = appointment.slot if appointment else None
    if correction.slot in (None, kept):
        return changes
    # NOTE: before the name of a date in the timetable of staff, in a letter to staff; keep the colon
    return (*changes, Line(gettext("Date wished for:"), kept or gettext("not given"), correction.slot))


def delete_mail_by(letter: Letter, file: ContactFile, facts: Facts) -> date:
    """The day by which a mail to staff is deleted itself, never later than the contact itself."""
    kept = timedelta(days=facts.number("staff.mail_kept_days"))
    return min(day_in_luxembourg(letter.waiting_since) + kept, file.contact.delete_on)
