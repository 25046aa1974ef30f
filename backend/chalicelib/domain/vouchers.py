"""When a voucher may be issued, used, and its course completed: the fact sheet on language courses."""

from dataclasses import replace
from datetime import date

from chalicelib.domain.contract import (
    ALLOWED,
    Answer,
    ContractRecord,
    Reason,
    Rules,
    Verdict,
    not_allowed,
    office_decides,
    standing,
)
from chalicelib.domain.days import months_after
from chalicelib.domain.errors import AgainstRulesError
from chalicelib.domain.papers import CertificateKind, Course, Voucher


def may_issue(record: ContractRecord, rules: Rules, day: date) -> Answer:
    """Whether the next voucher may be issued on `day`.

    Fact sheet: "maximum 3 courses possible"; "First voucher at the meeting for signing the contract". A voucher that
    may still be used counts as a course; one that expired unused does not.
    """
    running = standing(record, rules, day)
    if running.verdict is not Verdict.ALLOWED:
        return running
    possible = [each for each in record.vouchers if each.course or day <= each.valid_until]
    if len(possible) >= rules.courses_most:
        return not_allowed(Reason.MOST)
    if record.vouchers:
        return _may_issue_additional(record, rules, day)
    return ALLOWED if day == record.history.signed_on else office_decides(Reason.AFTER_MEETING)


def _may_issue_additional(record: ContractRecord, rules: Rules, day: date) -> Answer:
    """Never more than the office's decision: an additional voucher "may be issued".

    Fact sheet: "if the first course has been completed with a 70 % compulsory attendance rate"; "Please submit a copy
    of the certificate [...] for the issuance of the next voucher". It does not say what becomes of somebody whose
    vouchers all expired.
    """
    if not record.courses:
        usable = any(day <= each.valid_until for each in record.vouchers)
        return not_allowed(Reason.FIRST_COURSE) if usable else office_decides(Reason.EXPIRED)
    voucher, first = record.courses[0]
    if first.completed_on is None or day < first.completed_on:
        return not_allowed(Reason.FIRST_COURSE)
    if (first.attendance or 0) < rules.attendance:
        return not_allowed(Reason.ATTENDANCE)
    if not record.certificate(CertificateKind.COURSE, voucher.number):
        return not_allowed(Reason.COPY)
    return office_decides(Reason.ADDITIONAL)


def issued(
    record: ContractRecord, rules: Rules, day: date, until: date | None = None, *, decided: bool = False
) -> Voucher:
    """The next voucher, issued on `day`. Raises AgainstRulesError; see `may_issue`.

    Fact sheet: the first one is "valid for 6 months". It says nothing of the others: they are valid as long, or `until`
    the day that the office decides.
    """
    may_issue(record, rules, day).insist(decided=decided)
    as_the_first = months_after(day, rules.voucher_months)
    if until and (until < day or (not record.vouchers and until != as_the_first)):
        raise AgainstRulesError(Reason.VALIDITY)
    return Voucher(len(record.vouchers) + 1, day, until or as_the_first)


def used(record: ContractRecord, rules: Rules, number: int, course: Course) -> Voucher:
    """The voucher once it was given to the provider of a course. Raises AgainstRulesError.

    Fact sheet: "Luxembourgish, French and/or German"; "maximum 3 courses possible"; "Please submit the discount voucher
    to the provider when registering", which must be while it is valid. No course begins after the contract.
    """
    voucher, ends = _existing(record, number), rules.retention.contract_ends(record.history)
    _refuse_unless(
        (Reason.USED, voucher.course is None),
        (Reason.MOST, len(record.courses) < rules.courses_most),
        (Reason.LANGUAGE, course.language in rules.languages),
        (Reason.NOT_VALID, voucher.is_valid(course.registered_on)),
        (Reason.ORDER, course.registered_on <= course.begins_on),
        (Reason.ENDED, ends is None or course.begins_on < ends),
    )
    return replace(voucher, course=replace(course, completed_on=None, attendance=None))


def completed(record: ContractRecord, number: int, day: date, attendance: int) -> Voucher:
    """The voucher once its course was completed, with the attendance in percent that the provider certifies.

    Any attendance is recorded: what it allows is asked later. Raises AgainstRulesError.
    """
    voucher = _existing(record, number)
    if voucher.course is None:
        raise AgainstRulesError(Reason.UNUSED)
    _refuse_unless(
        (Reason.COMPLETED, voucher.course.completed_on is None),
        (Reason.PERCENT, 0 <= attendance <= 100),
        (Reason.ORDER, voucher.course.begins_on <= day),
    )
    return replace(voucher, course=replace(voucher.course, completed_on=day, attendance=attendance))


def charge(record: ContractRecord, rules: Rules) -> int:
    """What the courses cost with their vouchers, in euros.

    Fact sheet: "charge of 10 euros per course (course books not included)"; it is paid to the provider.
    """
    return rules.fee * len(record.courses)


def _existing(record: ContractRecord, number: int) -> Voucher:
    voucher = record.voucher(number)
    if voucher is None:
        raise AgainstRulesError(Reason.NO_VOUCHER)
    return voucher


def _refuse_unless(*conditions: tuple[Reason, bool]) -> None:
    for why, is_so in conditions:
        if not is_so:
            raise AgainstRulesError(why)
