"""Records what staff do under a contract: took part, signed, vouchers, courses, certificates given or filed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.domain.booking import APPOINTMENT, BookingState, ContactFile
from chalicelib.domain.certificates import certified
from chalicelib.domain.contract import ContractRecord, Reason, Rules, begun, contract_record, first_measure, signed
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.desk import Act
from chalicelib.domain.errors import AgainstRulesError, TakenError, UnknownReferenceError
from chalicelib.domain.papers import CertificateKind, Course, Paper
from chalicelib.domain.retention import History
from chalicelib.domain.vouchers import completed, issued, used
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.move_deletion_day import move_deletion_day
from chalicelib.usecases.session_ports import Sessions
from chalicelib.usecases.settle import settle

Noted = Callable[[Act, str], None]


@dataclass(frozen=True)
class Step:
    """One thing that staff record: a paper, a change of what happened, or both.

    `is_done` tells whether a record has it already; each raises AgainstRulesError where the rules forbid it.
    """

    act: Act
    is_done: Callable[[ContractRecord], bool]
    paper: Callable[[ContractRecord], Paper | None] = lambda _: None
    history: Callable[[ContractRecord], History] = lambda record: record.history


@dataclass(frozen=True)
class Seen:
    """The contact that a form was made from: one of its references, and the version that staff saw."""

    reference: str
    version: int


def read_record(file: ContactFile, sessions: Sessions) -> ContractRecord:
    """What the rules look at, with the sessions that a contact attended. Raises StoreBusyError."""
    attended = [
        each.about for each in file.bookings if each.state is BookingState.ATTENDED and each.about != APPOINTMENT
    ]
    there = sessions.read_all(attended)
    return contract_record(file, [there[each] for each in attended if each in there])


def _nobody_asks(_act: Act, _reference: str) -> None: ...


@dataclass(frozen=True)
class ContractRecords:
    """What staff record under the contract of one contact; a day is one in Luxembourg.

    `decided` says that the office decides for what the fact sheet leaves open. The same form sent twice is recorded
    once; `noted` is told of each step right before it is stored. All raise AgainstRulesError with the key of the rule,
    TakenError when the contact was changed since the form was made, UnknownReferenceError where no contact has the
    reference, and StoreBusyError when the store stays busy.
    """

    contacts: Contacts
    sessions: Sessions
    rules: Rules
    clock: Callable[[], datetime]
    noted: Noted = _nobody_asks

    def record_participation(self, seen: Seen, day: date | None) -> None:
        """The person took part in an information session on `day`; None takes a mistake back."""
        self._record_history(seen, day, Act.TOOK_PART, lambda record: record.history.took_part(day))

    def record_signature(self, seen: Seen, day: date | None) -> None:
        """The contract was signed on `day`; None takes a mistake back. See `contract.signed`."""
        self._record_history(seen, day, Act.SIGNED, lambda record: signed(record, day))

    def record_first_measure(self, seen: Seen, day: date) -> None:
        """The first measure began on `day`, which starts the two years."""
        self._record_history(seen, day, Act.FIRST_MEASURE, lambda record: first_measure(record, day))

    def issue_voucher(self, seen: Seen, day: date, until: date | None = None, *, decided: bool = False) -> None:
        """The next voucher was issued on `day`; see `vouchers.issued`."""
        self._not_ahead(day)
        step = Step(
            Act.ISSUED_VOUCHER,
            lambda record: any(
                each.issued_on == day and until in (None, each.valid_until) for each in record.vouchers[-1:]
            ),
            lambda record: issued(record, self.rules, day, until, decided=decided),
        )
        self._record(seen, step)

    def record_voucher_use(self, seen: Seen, number: int, course: Course) -> None:
        """A provider took the voucher for a course, whose beginning may be the first measure."""
        self._not_ahead(course.registered_on)
        step = Step(
            Act.VOUCHER_USED,
            lambda record: any(each.number == number and each.course == course for each in record.vouchers),
            lambda record: used(record, self.rules, number, course),
            lambda record: begun(record.history, course.begins_on),
        )
        self._record(seen, step)

    def record_course_completed(self, seen: Seen, number: int, day: date, attendance: int) -> None:
        """The course of a voucher was completed on `day`, with the attendance in percent that is certified."""
        self._not_ahead(day)
        step = Step(
            Act.COURSE_COMPLETED,
            lambda record: any(
                (voucher.number, course.completed_on, course.attendance) == (number, day, attendance)
                for voucher, course in record.courses
            ),
            lambda record: completed(record, number, day, attendance),
        )
        self._record(seen, step)

    def record_certificate(
        self, seen: Seen, kind: CertificateKind, voucher: int | None = None, *, decided: bool = False
    ) -> None:
        """Today a certificate was given, a copy filed or the contract validated; see `certificates.may_certify`."""
        today = day_in_luxembourg(self.clock())
        step = Step(
            Act.CERTIFIED,
            lambda record: record.certificate(kind, voucher) is not None,
            lambda record: certified(record, self.rules, kind, today, voucher, decided=decided),
        )
        self._record(seen, step)

    def read(self, file: ContactFile) -> ContractRecord:
        """What the rules look at, with the sessions that were attended."""
        return read_record(file, self.sessions)

    def _not_ahead(self, day: date) -> None:
        if day > day_in_luxembourg(self.clock()):
            raise AgainstRulesError(Reason.FUTURE)

    def _record_history(
        self, seen: Seen, day: date | None, act: Act, history: Callable[[ContractRecord], History]
    ) -> None:
        if day:
            self._not_ahead(day)
        self._record(seen, Step(act, lambda record: history(record) == record.history, history=history))

    def _record(self, seen: Seen, step: Step) -> None:
        if not settle(lambda: self._attempt(seen, step)):
            raise TakenError("the contact was changed since the form was made")

    def _attempt(self, seen: Seen, step: Step) -> bool:
        """Whether it is recorded, now or by an earlier try; a form made from another version is not tried again."""
        known = self.contacts.find_reference(seen.reference)
        if known is None:
            raise UnknownReferenceError(seen.reference)
        record = self.read(known)
        if known.contact.version != seen.version:
            return step.is_done(record)
        history, paper = step.history(record), step.paper(record)
        if paper is None and history == record.history:
            return True
        self.noted(step.act, seen.reference)
        papers = (paper,) if paper else ()
        move_deletion_day(known, history, self.contacts, self.rules.retention, self.clock(), papers)
        return True
