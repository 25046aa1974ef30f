"""What a person gets or shows for their contract: discount vouchers with their courses, and certificates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CertificateKind(StrEnum):
    """What is recorded as certified; the first is a copy of what the provider of a language course sent."""

    COURSE = "course"
    CITIZENSHIP = "citizenship"
    ORIENTATION = "orientation"
    VALIDATION = "validation"

    @property
    def is_given_here(self) -> bool:
        """Whether it is a paper that the office itself gives; the others it files, or decides."""
        return self in (CertificateKind.CITIZENSHIP, CertificateKind.ORIENTATION)


@dataclass(frozen=True)
class Course:
    """A language course that somebody registered for with a voucher; days in Luxembourg.

    `completed_on` and `attendance`, in percent, are known together, from the provider's certificate.
    """

    language: str
    registered_on: date
    begins_on: date
    completed_on: date | None = None
    attendance: int | None = None


@dataclass(frozen=True)
class Voucher:
    """A discount voucher for one language course; the provider takes it until `valid_until`, that day included."""

    number: int
    issued_on: date
    valid_until: date
    course: Course | None = None

    def is_valid(self, day: date) -> bool:
        return self.issued_on <= day <= self.valid_until


@dataclass(frozen=True)
class Certificate:
    """That something is certified; `voucher` is the number of the voucher whose course a copy is about."""

    kind: CertificateKind
    recorded_on: date
    voucher: int | None = None


Paper = Voucher | Certificate
