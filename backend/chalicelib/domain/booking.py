"""A request for an appointment, the contact it belongs to, and what becomes of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.days import Attended
from chalicelib.domain.retention import History

APPOINTMENT = "APPOINTMENT"


class BookingState(StrEnum):
    REQUESTED = "requested"


@dataclass(frozen=True)
class Person:
    """Who writes and how they are reached; at least one of `email` and `phone` (E.164)."""

    first_name: str
    surname: str
    email: str | None
    phone: str | None
    language: str


@dataclass(frozen=True)
class Wish:
    """What somebody wishes of the appointment."""

    half_days: tuple[str, ...]
    meeting_language: str
    message: str


@dataclass(frozen=True)
class AppointmentRequest:
    """What the appointment form said, in normal form."""

    person: Person
    matricule: str | None
    attended: Attended | None
    wish: Wish
    doubtful: bool = False


@dataclass(frozen=True)
class Contact:
    """A person as stored. The matricule is sealed: only the desk's own function opens it.

    `rule` is why the contact is deleted on `delete_on`, `warned_for` the deletion day of which the person was warned;
    `version` counts the changes, so that none is lost.
    """

    id: str
    person: Person
    sealed_matricule: bytes | None
    history: History
    delete_on: date
    rule: str
    warned_for: date | None = None
    link_version: int = 1
    version: int = 1


@dataclass(frozen=True)
class Booking:
    """One open wish of a contact for an appointment; `revision` counts the bookings that took this place."""

    reference: str
    revision: int
    state: BookingState
    wish: Wish
    requested_at: datetime
    doubtful: bool = False


@dataclass(frozen=True)
class Correction:
    """What a further form said, kept beside the contact until it is confirmed; nothing is overwritten by it."""

    reference: str
    person: Person
    sealed_matricule: bytes | None
    attended: Attended | None
    wish: Wish
    received_at: datetime
    doubtful: bool = False


@dataclass(frozen=True)
class ContactFile:
    """A contact with what belongs to it, read together."""

    contact: Contact
    booking: Booking
    corrections: tuple[Correction, ...] = ()

    def correction(self, reference: str) -> Correction | None:
        return next((each for each in self.corrections if each.reference == reference), None)
