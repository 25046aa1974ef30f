"""What the buttons on the page of a contact record, and what it says when one cannot be recorded."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from chalicelib.domain.desk import Deed
from chalicelib.domain.errors import AgainstRulesError, ChangedMeanwhileError, TakenError, UnknownReferenceError
from chalicelib.domain.papers import CertificateKind, Course
from chalicelib.programme.rules import rules
from chalicelib.usecases.record_contract import ContractRecords, Seen
from chalicelib.usecases.see_to_person import send_letter_again
from chalicelib.usecases.see_to_request import RequestDesk
from chalicelib.web.answer import Answer
from chalicelib.web.desk import contact
from chalicelib.web.desk.visit import Page, Visit, version_in
from chalicelib.words.catalogues import N_, words

# NOTE: error on the page of a contact, above the fields for a day
NO_DAY = N_("Give a day, and a number where one is asked for.")
# NOTE: error on the page of a contact: the rules leave it to the CAI team; the reason follows
UNDECIDED = N_("The rules leave this to the CAI team. If it has decided so, tick the box and press the button again.")

Record = Callable[[ContractRecords, Seen], None]


def took_part(visit: Visit, reference: str) -> Answer:
    """The day on which somebody took part; nothing takes a mistake back."""
    return _done(visit, reference, lambda records, seen: records.record_participation(seen, _day(visit)))


def signed(visit: Visit, reference: str) -> Answer:
    """The day on which the contract was signed."""
    return _done(visit, reference, lambda records, seen: records.record_signature(seen, _day(visit)))


def first_measure(visit: Visit, reference: str) -> Answer:
    return _done(visit, reference, lambda records, seen: records.record_first_measure(seen, _day(visit)))


def not_taken_part(visit: Visit, reference: str) -> Answer:
    """A participation was recorded by mistake."""
    return _done(visit, reference, lambda records, seen: records.record_participation(seen, None))


def not_signed(visit: Visit, reference: str) -> Answer:
    """A signature was recorded by mistake."""
    return _done(visit, reference, lambda records, seen: records.record_signature(seen, None))


def issue(visit: Visit, reference: str) -> Answer:
    """The next voucher, valid as the rules say, or until the day that the office decides."""

    def record(records: ContractRecords, seen: Seen) -> None:
        until = _day(visit, "until") if visit.posted("until") else None
        records.issue_voucher(seen, _day(visit), until, decided=_decided(visit))

    return _done(visit, reference, record)


def use(visit: Visit, reference: str) -> Answer:
    """The course that a voucher was used for."""

    def record(records: ContractRecords, seen: Seen) -> None:
        course = Course(visit.posted("language"), _day(visit, "registered"), _day(visit, "begins"))
        records.record_voucher_use(seen, _number(visit, "voucher"), course)

    return _done(visit, reference, record)


def complete(visit: Visit, reference: str) -> Answer:
    """That the course of a voucher was completed."""
    return _done(
        visit,
        reference,
        lambda records, seen: records.record_course_completed(
            seen, _number(visit, "voucher"), _day(visit), _number(visit, "attendance")
        ),
    )


def certify(visit: Visit, reference: str) -> Answer:
    """A certificate, a copy of one, or the validation of the contract."""

    def record(records: ContractRecords, seen: Seen) -> None:
        kind = CertificateKind(visit.posted("kind"))
        voucher = _number(visit, "voucher") if kind is CertificateKind.COURSE else None
        records.record_certificate(seen, kind, voucher, decided=_decided(visit))

    return _done(visit, reference, record)


def again(visit: Visit, reference: str) -> Answer:
    """A letter that failed or came back is to be sent again."""
    at = RequestDesk(reference, "", visit.user, visit.office, visit.now)
    with suppress(ChangedMeanwhileError, UnknownReferenceError):
        send_letter_again(at, visit.posted("letter"))
    return visit.again()


ACTS: Mapping[str, Page] = {
    "took-part": took_part,
    "not-taken-part": not_taken_part,
    "signed": signed,
    "not-signed": not_signed,
    "first-measure": first_measure,
    "issue": issue,
    "use": use,
    "complete": complete,
    "certify": certify,
    "send-again": again,
}


def _done(visit: Visit, reference: str, record: Record) -> Answer:
    try:
        record(_records(visit), Seen(reference, version_in(visit.posted("seen"))))
    except UnknownReferenceError:
        return contact.page(visit, reference)
    except ValueError:
        return contact.page(visit, reference, 422, visit.wrong(NO_DAY))
    except AgainstRulesError as refused:
        return _against_rules(visit, reference, refused)
    except TakenError:
        return contact.stale(visit, reference)
    return visit.again()


def _against_rules(visit: Visit, reference: str, refused: AgainstRulesError) -> Answer:
    why = contact.ruling_in_words(refused.why, visit.language)
    if not refused.office_decides:
        return contact.page(visit, reference, 422, visit.wrong(why))
    undecided = words(visit.language).gettext(UNDECIDED)
    return contact.page(visit, reference, 422, visit.wrong(undecided, (why,)), undecided=True)


def _records(visit: Visit) -> ContractRecords:
    office = visit.office.office
    return ContractRecords(
        office.contacts,
        office.sessions,
        rules(),
        lambda: visit.now,
        lambda act, reference: visit.office.audit.note(Deed(visit.now, visit.user, act, reference)),
    )


def _decided(visit: Visit) -> bool:
    return visit.posted("decided") == "yes"


def _day(visit: Visit, name: str = "day") -> date:
    return date.fromisoformat(visit.posted(name))


def _number(visit: Visit, name: str) -> int:
    """Raises ValueError for anything but a number of at most three digits."""
    typed = visit.posted(name)
    if not typed.isdecimal() or len(typed) > 3:
        raise ValueError(name)
    return int(typed)
