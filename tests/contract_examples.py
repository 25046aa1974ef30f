"""A contract and what happens under it, made up; each test changes what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from chalicelib.domain.contract import Attendance, ContractRecord
from chalicelib.domain.papers import Certificate, CertificateKind, Course, Voucher
from chalicelib.domain.retention import History
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.programme.rules import rules

RULES = rules()
SIGNED = date(2026, 3, 10)
VALID_UNTIL = date(2026, 9, 10)
BEGINS = date(2026, 4, 20)
COMPLETED = date(2026, 7, 3)
ENDS = date(2028, 4, 20)
DAY = timedelta(days=1)

FIRST = Voucher(1, SIGNED, VALID_UNTIL)
COURSE = Course("fr", date(2026, 4, 1), BEGINS)
DONE = replace(COURSE, completed_on=COMPLETED, attendance=RULES.attendance)
COPY = Certificate(CertificateKind.COURSE, date(2026, 7, 10), 1)


def record(*papers: Voucher | Certificate, **changes: Any) -> ContractRecord:
    """Somebody who signed; the first measure began where there is a course."""
    vouchers = tuple(each for each in papers if isinstance(each, Voucher))
    begins = min((each.course.begins_on for each in vouchers if each.course), default=None)
    history = History(date(2026, 2, 1), signed_on=SIGNED, first_measure_on=begins)
    certificates = tuple(each for each in papers if isinstance(each, Certificate))
    return replace(ContractRecord(history, vouchers, (), certificates), **changes)


def used(voucher: Voucher = FIRST, **changes: Any) -> Voucher:
    """The voucher with a course that was completed, unless changed."""
    return replace(voucher, course=replace(DONE, **changes))


def under_way(voucher: Voucher = FIRST) -> Voucher:
    return replace(voucher, course=COURSE)


def session(kind: SessionKind, *days: date, name: str = "one") -> Session:
    meetings = tuple(
        Meeting(datetime.combine(day, time(9), UTC), datetime.combine(day, time(12), UTC), "Example hall")
        for day in days
    )
    return Session(name, kind, ("fr",), meetings, capacity=20, waiting_max=0)


def attended(kind: SessionKind, *days: date, but: int | None = None, name: str = "one") -> Attendance:
    """Every meeting of a session, but perhaps one of them."""
    return Attendance(session(kind, *days, name=name), frozenset(range(1, len(days) + 1)) - {but})


CITIZENSHIP = attended(SessionKind.CITIZENSHIP, date(2026, 5, 9), date(2026, 5, 16))
ORIENTATION = attended(SessionKind.ORIENTATION, date(2026, 6, 6))
