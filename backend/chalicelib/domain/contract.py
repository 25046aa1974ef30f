"""What happened under a contract, what the programme's rules say to a next step, and what they leave to the office."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from chalicelib.domain.booking import BookingState, ContactFile
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import AgainstRulesError
from chalicelib.domain.papers import Certificate, CertificateKind, Course, Voucher
from chalicelib.domain.retention import History, Retention
from chalicelib.domain.session import Session, SessionKind

MEASURES = (SessionKind.CITIZENSHIP, SessionKind.ORIENTATION)


class Reason(StrEnum):
    """Why a step is not allowed, or why the office decides on it; the words are in words/contract.py."""

    UNSIGNED = "unsigned"
    ENDED = "ended"
    FUTURE = "future"
    ORDER = "order"
    MOST = "most"
    AFTER_MEETING = "after_meeting"
    EXPIRED = "expired"
    ADDITIONAL = "additional"
    VALIDITY = "validity"
    NO_VOUCHER = "no_voucher"
    NOT_VALID = "not_valid"
    USED = "used"
    UNUSED = "unused"
    LANGUAGE = "language"
    PERCENT = "percent"
    COMPLETED = "completed"
    FIRST_COURSE = "first_course"
    COURSE = "course"
    ATTENDANCE = "attendance"
    COPY = "copy"
    CITIZENSHIP = "citizenship"
    ORIENTATION = "orientation"
    RECORDED = "recorded"
    PAPERS = "papers"


class Verdict(StrEnum):
    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    OFFICE_DECIDES = "office_decides"


@dataclass(frozen=True)
class Answer:
    """What the fact sheet says to a step: it is allowed, not allowed, or left open so that the office decides."""

    verdict: Verdict
    because: Reason | None = None

    def insist(self, *, decided: bool = False) -> None:
        """Raises AgainstRulesError unless the step is allowed, or is for the office to decide and was `decided`."""
        open_to_office = self.verdict is Verdict.OFFICE_DECIDES
        if self.because and not (open_to_office and decided):
            raise AgainstRulesError(self.because, office_decides=open_to_office)


ALLOWED = Answer(Verdict.ALLOWED)


def not_allowed(because: Reason) -> Answer:
    return Answer(Verdict.NOT_ALLOWED, because)


def office_decides(because: Reason) -> Answer:
    return Answer(Verdict.OFFICE_DECIDES, because)


@dataclass(frozen=True)
class Rules:
    """The programme's numbers, from facts.toml and retention.toml.

    A voucher is valid for `voucher_months`; of `courses_most` possible courses `courses_compulsory` are needed;
    `attendance` is in percent; `languages` are codes; with a voucher a course costs `fee` euros.
    """

    retention: Retention
    voucher_months: int
    courses_most: int
    courses_compulsory: int
    attendance: int
    fee: int
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Attendance:
    """At which meetings of a session, counted from 1, somebody signed the attendance sheet."""

    session: Session
    meetings: frozenset[int]

    @property
    def is_whole(self) -> bool:
        """Fact sheet, citizenship course: "Participation in all modules of the same course required"."""
        return self.meetings >= set(range(1, len(self.session.meetings) + 1))


@dataclass(frozen=True)
class ContractRecord:
    """All that the rules look at; vouchers in the order of their numbers."""

    history: History
    vouchers: tuple[Voucher, ...] = ()
    attended: tuple[Attendance, ...] = ()
    certificates: tuple[Certificate, ...] = ()

    def voucher(self, number: int) -> Voucher | None:
        return next((each for each in self.vouchers if each.number == number), None)

    def certificate(self, kind: CertificateKind, voucher: int | None = None) -> Certificate | None:
        return next((each for each in self.certificates if (each.kind, each.voucher) == (kind, voucher)), None)

    @property
    def courses(self) -> tuple[tuple[Voucher, Course], ...]:
        """The language courses with their vouchers, the one that began first at the head."""
        taken = ((each, each.course) for each in self.vouchers if each.course)
        return tuple(sorted(taken, key=lambda each: (each[1].begins_on, each[0].number)))

    @property
    def completed(self) -> tuple[tuple[Voucher, Course], ...]:
        """Those courses that were completed, with whatever attendance."""
        return tuple(each for each in self.courses if each[1].completed_on)

    @property
    def filed(self) -> tuple[tuple[Voucher, Course], ...]:
        """Those completed courses of whose certificate the office has a copy."""
        return tuple(each for each in self.completed if self.certificate(CertificateKind.COURSE, each[0].number))

    def first_measure_since(self, signed_on: date, without: str = "") -> date | None:
        """The earliest first day, since then, of a language course or of a service that was attended.

        `without` is the id of a session that does not count.
        """
        attended = (each.session for each in self.attended if each.session.id != without)
        days = [day_in_luxembourg(each.start) for each in attended if each.kind in MEASURES]
        days += [course.begins_on for _, course in self.courses]
        return min((day for day in days if signed_on <= day), default=None)

    def attended_for(self, kind: CertificateKind) -> Session | None:
        """What was attended first for a certificate that the office gives, to its end."""
        known = [each for each in self._whole() if each.kind.value == kind.value]
        if kind is CertificateKind.ORIENTATION:
            signed_on = self.history.signed_on
            known = [each for each in known if signed_on and signed_on <= each.last_day]
        return min(known, key=lambda each: each.last_day, default=None)

    def citizenship_completed_on(self) -> date | None:
        """The last day of a citizenship course of which every meeting was attended (fact sheet, Duration)."""
        course = self.attended_for(CertificateKind.CITIZENSHIP)
        return course.last_day if course else None

    def orientation_on(self) -> date | None:
        """The orientation day that somebody attended who had signed (fact sheet: "Only for signatories")."""
        day = self.attended_for(CertificateKind.ORIENTATION)
        return day.last_day if day else None

    def _whole(self) -> list[Session]:
        return [each.session for each in self.attended if each.is_whole]


def contract_record(file: ContactFile, sessions: Iterable[Session]) -> ContractRecord:
    """The record of a contact, with those of `sessions` that it attended; a booking is attended as a whole."""
    attended = {each.about for each in file.bookings if each.state is BookingState.ATTENDED}
    whole = (Attendance(each, frozenset(range(1, len(each.meetings) + 1))) for each in sessions if each.id in attended)
    return ContractRecord(file.contact.history, file.vouchers, tuple(whole), file.certificates)


def begun(history: History, day: date) -> History:
    """The history once a measure begins on `day`, which starts the two years unless an earlier one did.

    Fact sheet, duration: "Two years from the beginning of the first measure selected by the signatory". What somebody
    took part in before signing is no measure of the contract.
    """
    if history.signed_on is None or day < history.signed_on:
        return history
    return replace(history, first_measure_on=min(day, history.first_measure_on or day))


def signed(record: ContractRecord, day: date | None) -> History:
    """The history once the contract was signed on `day`, with the first measure since then; None takes a mistake back.

    Raises AgainstRulesError where papers of the contract are older than it would be.
    """
    papers = [each.issued_on for each in record.vouchers] + [each.recorded_on for each in record.certificates]
    if papers and (day is None or min(papers) < day):
        raise AgainstRulesError(Reason.PAPERS)
    if day is None:
        return replace(record.history, signed_on=None, first_measure_on=None)
    known = (record.history.first_measure_on, record.first_measure_since(day))
    first = min((each for each in known if each and day <= each), default=None)
    return replace(record.history, signed_on=day, first_measure_on=first)


def first_measure(record: ContractRecord, day: date) -> History:
    """The history once the first measure began on `day`. Raises AgainstRulesError before the contract was signed."""
    signed_on = record.history.signed_on
    if signed_on is None or day < signed_on:
        raise AgainstRulesError(Reason.UNSIGNED)
    return replace(record.history, first_measure_on=day)


def standing(record: ContractRecord, rules: Rules, day: date) -> Answer:
    """Whether a contract runs on `day` (fact sheet, duration); it does no more on the day two years after it began."""
    signed_on, ends = record.history.signed_on, rules.retention.contract_ends(record.history)
    if signed_on is None or ends is None or day < signed_on:
        return not_allowed(Reason.UNSIGNED)
    return ALLOWED if day < ends else not_allowed(Reason.ENDED)
