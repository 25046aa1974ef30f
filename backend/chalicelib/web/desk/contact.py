"""All that is held about one person: who they are, what happened under the contract, and what can be recorded now."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from chalicelib.domain.certificates import may_certify
from chalicelib.domain.contract import Answer as Ruling
from chalicelib.domain.contract import ContractRecord, Reason, Rules
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.papers import Certificate, CertificateKind
from chalicelib.domain.vouchers import charge, may_issue
from chalicelib.letters.told import language_in_words, person_in_words
from chalicelib.programme import facts
from chalicelib.programme.rules import rules
from chalicelib.usecases.record_contract import read_record
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.changed import contact_changes, contact_mark, day_or_month
from chalicelib.web.desk.request import find, find_with_letters, nothing_stored
from chalicelib.web.desk.request_acts import CHANGED
from chalicelib.web.desk.visit import Visit
from chalicelib.web.pages import render
from chalicelib.words.answers import ANSWERS
from chalicelib.words.catalogues import words
from chalicelib.words.choices import SESSIONS
from chalicelib.words.contract import CERTIFICATES, PLACES, REASONS
from chalicelib.words.desk import LETTER_STATES, LETTERS, RULES, STATES
from chalicelib.words.own_data import LABELS

_GIVEN_HERE = (CertificateKind.CITIZENSHIP, CertificateKind.ORIENTATION, CertificateKind.VALIDATION)


def show(visit: Visit, reference: str) -> Answer:
    """The contact to which the reference leads; 404 where there is none, or not any more."""
    return page(visit, reference)


def page(visit: Visit, reference: str, status: int = 200, summary: str = "", **typed: Any) -> Answer:
    """The same, with a `summary` of what is wrong and what was typed.

    `typed` may hold `undecided`, where the office has to decide, the `form` that corrects the person, and
    the `matricule` for once.
    """
    from chalicelib.forms.caller import CorrectedPersonForm  # noqa: PLC0415 - only this page needs it

    file, letters = find_with_letters(visit, reference)
    if file is None:
        return nothing_stored(visit)
    language = visit.language
    record = read_record(file, visit.office.office.sessions)
    content = render(
        "desk/contact.html",
        language,
        reference=reference,
        file=file,
        record=record,
        person=person_in_words(file.contact.person, language),
        seen=contact_mark(file),
        action=visit.address(language),
        typed=visit.posted,
        matricule=typed.get("matricule", ""),
        undecided=typed.get("undecided", False),
        form=typed.get("form") or CorrectedPersonForm.of(file.contact.person, visit.setting),
        letters=letters,
        path_of=ways.path_of,
        **_possible(visit, record),
        **_words(language),
    )
    # NOTE: title of a page of the desk with all that is held about a person; %(reference)s is one such as 7KPX-2M4Q
    title = words(language).gettext("Contact %(reference)s") % {"reference": reference}
    return visit.page(title, content, status, summary)


def ruling_in_words(why: str, language: str) -> str:
    """The sentence of a contract.Reason, with the facts that it names."""
    known = facts.load()
    return words(language).gettext(REASONS[why]) % {place: known.text(fact, language) for place, fact in PLACES.items()}


def stale(visit: Visit, reference: str) -> Answer:
    """The page after somebody else was quicker, with what is different now."""
    file = find(visit, reference)
    lines = contact_changes(visit.posted("seen"), file, visit.language) if file else ()
    return page(visit, reference, 409, visit.wrong(CHANGED, lines))


def _possible(visit: Visit, record: ContractRecord) -> dict[str, Any]:
    """What the rules say to each next step today; a first voucher is issued on the day of signing."""
    known, today = rules(), day_in_luxembourg(visit.now)
    issue_on = today if record.vouchers else record.history.signed_on or today
    return {
        "today": today,
        "issue_on": issue_on,
        "may_issue": may_issue(record, known, issue_on),
        "papers": list(_papers(record, known, today)),
        "ends": known.retention.contract_ends(record.history),
        "charge": charge(record, known),
        "course_languages": known.languages,
        "can_file": lambda number: may_certify(record, known, CertificateKind.COURSE, today, number),
        "copy_of": lambda number: record.certificate(CertificateKind.COURSE, number),
    }


def _papers(
    record: ContractRecord, known: Rules, today: date
) -> Iterator[tuple[CertificateKind, Certificate | None, Ruling]]:
    for kind in _GIVEN_HERE:
        yield kind, record.certificate(kind), may_certify(record, known, kind, today)


def _words(language: str) -> dict[str, Any]:
    return {
        "why": lambda ruling: ruling_in_words(ruling.because or Reason.RECORDED, language),
        "certificates": CERTIFICATES,
        "answers": ANSWERS,
        "kinds": LETTERS,
        "letter_states": LETTER_STATES,
        "states": STATES,
        "sessions": SESSIONS,
        "rules": RULES,
        "labels": LABELS,
        "speaks": lambda code: language_in_words(code, language),
        "day_of": day_in_luxembourg,
        "attended_in_words": lambda attended: day_or_month(str(attended), language),
    }
