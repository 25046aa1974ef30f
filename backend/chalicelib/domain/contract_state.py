"""How far a contract has got, as its owner reads it: what is done, what is not there yet, and what ends when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chalicelib.domain.contract import ContractRecord, Rules
from chalicelib.domain.papers import CertificateKind


class Done(StrEnum):
    SIGNED = "signed"
    BEGUN = "begun"
    COURSE = "course"
    COPY = "copy"
    CITIZENSHIP = "citizenship"
    CITIZENSHIP_CERTIFICATE = "citizenship_certificate"
    ORIENTATION = "orientation"
    ORIENTATION_CERTIFICATE = "orientation_certificate"
    VALIDATED = "validated"


class Missing(StrEnum):
    COURSE = "course"
    COPY = "copy"
    CITIZENSHIP = "citizenship"
    ORIENTATION = "orientation"


class Ends(StrEnum):
    CONTRACT = "contract"
    CONTRACT_OVER = "contract_over"
    VOUCHER = "voucher"


@dataclass(frozen=True)
class ContractState:
    """Each with its day in Luxembourg, the earliest first; `missing` in the order of the fact sheet."""

    done: tuple[tuple[Done, date], ...]
    missing: tuple[Missing, ...]
    ends: tuple[tuple[Ends, date], ...]


_CERTIFIED = {
    CertificateKind.COURSE: Done.COPY,
    CertificateKind.CITIZENSHIP: Done.CITIZENSHIP_CERTIFICATE,
    CertificateKind.ORIENTATION: Done.ORIENTATION_CERTIFICATE,
    CertificateKind.VALIDATION: Done.VALIDATED,
}


def contract_state(record: ContractRecord, rules: Rules, today: date) -> ContractState | None:
    """How far the contract has got; None for who has not signed."""
    ends = rules.retention.contract_ends(record.history)
    if ends is None:
        return None
    done = sorted(_done(record), key=lambda each: each[1])
    over = Ends.CONTRACT if today < ends else Ends.CONTRACT_OVER
    vouchers = [
        (Ends.VOUCHER, each.valid_until) for each in record.vouchers if not each.course and each.is_valid(today)
    ]
    by_day = sorted([*vouchers, (over, ends)], key=lambda each: each[1])
    return ContractState(tuple(done), tuple(_missing(record, rules)), tuple(by_day))


def _done(record: ContractRecord) -> Iterator[tuple[Done, date]]:
    history = record.history
    days = [
        (Done.SIGNED, history.signed_on),
        (Done.BEGUN, history.first_measure_on),
        *((Done.COURSE, course.completed_on) for _, course in record.courses),
        (Done.CITIZENSHIP, record.citizenship_completed_on()),
        (Done.ORIENTATION, record.orientation_on()),
        *((_CERTIFIED[each.kind], each.recorded_on) for each in record.certificates),
    ]
    return ((what, day) for what, day in days if day)


def _missing(record: ContractRecord, rules: Rules) -> Iterator[Missing]:
    """Of the three services of the fact sheet; nothing once the contract is validated."""
    if record.certificate(CertificateKind.VALIDATION):
        return
    if len(record.completed) < rules.courses_compulsory:
        yield Missing.COURSE
    elif len(record.filed) < rules.courses_compulsory:
        yield Missing.COPY
    if not record.citizenship_completed_on():
        yield Missing.CITIZENSHIP
    if not record.orientation_on():
        yield Missing.ORIENTATION
