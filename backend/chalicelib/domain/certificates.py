"""When a certificate is given or filed, and when a contract is validated."""

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
from chalicelib.domain.errors import AgainstRulesError
from chalicelib.domain.papers import Certificate, CertificateKind


def may_certify(
    record: ContractRecord, rules: Rules, kind: CertificateKind, day: date, voucher: int | None = None
) -> Answer:
    """Whether a certificate may be given or filed on `day`; a copy is of the course that `voucher` was used for.

    Fact sheet, certificate of attendance: of a language course "sent by the provider upon completion", "submit a copy";
    of the citizenship course "sent to the participant after the course", which takes every meeting of the same course;
    of the orientation day "provided after the event", which is "only for signatories".
    """
    if record.certificate(kind, voucher):
        return not_allowed(Reason.RECORDED)
    if kind is CertificateKind.VALIDATION:
        return may_validate(record, rules, day)
    done_on, missing = {
        CertificateKind.COURSE: (_course_completed_on(record, voucher), Reason.COURSE),
        CertificateKind.CITIZENSHIP: (record.citizenship_completed_on(), Reason.CITIZENSHIP),
        CertificateKind.ORIENTATION: (record.orientation_on(), Reason.ORIENTATION),
    }[kind]
    return ALLOWED if done_on and done_on <= day else not_allowed(missing)


def may_validate(record: ContractRecord, rules: Rules, day: date) -> Answer:
    """Whether the contract may be validated on `day`.

    Fact sheet: "One compulsory course", and "a copy of the certificate [...] for [...] validation of your contract". It
    names a citizenship course and an orientation day and does not say that the validation needs them, nor which
    attendance it needs, nor whether it may come after the two years.
    """
    running = standing(record, rules, day)
    if running.because is Reason.UNSIGNED:
        return running
    if len(record.completed) < rules.courses_compulsory:
        return not_allowed(Reason.COURSE)
    if len(record.filed) < rules.courses_compulsory:
        return not_allowed(Reason.COPY)
    enough = [course for _, course in record.filed if (course.attendance or 0) >= rules.attendance]
    for why, is_so in (
        (Reason.ATTENDANCE, len(enough) >= rules.courses_compulsory),
        (Reason.CITIZENSHIP, bool(record.citizenship_completed_on())),
        (Reason.ORIENTATION, bool(record.orientation_on())),
        (Reason.ENDED, running.verdict is Verdict.ALLOWED),
    ):
        if not is_so:
            return office_decides(why)
    return ALLOWED


def certified(
    record: ContractRecord,
    rules: Rules,
    kind: CertificateKind,
    day: date,
    voucher: int | None = None,
    *,
    decided: bool = False,
) -> Certificate:
    """The certificate as given or filed on `day`. Raises AgainstRulesError; see `may_certify`."""
    if (kind is CertificateKind.COURSE) != (voucher is not None):
        raise AgainstRulesError(Reason.NO_VOUCHER)
    may_certify(record, rules, kind, day, voucher).insist(decided=decided)
    return Certificate(kind, day, voucher)


def _course_completed_on(record: ContractRecord, voucher: int | None) -> date | None:
    return next((course.completed_on for each, course in record.courses if each.number == voucher), None)
