"""A request for an appointment, the contact it belongs to, and what becomes of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.days import Attended
from chalicelib.domain.papers import Certificate, Voucher
from chalicelib.domain.retention import History

APPOINTMENT = "APPOINTMENT"
OPEN_AT_MOST = 10  # bookings of one contact; who needs more is helped by staff


class BookingState(StrEnum):
    """How far a booking has got; the first three are open, the last two are an invitation that takes no place."""

    REQUESTED = "requested"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    MISSED = "missed"
    INVITED = "invited"
    DECLINED = "declined"

    @property
    def takes_no_place(self) -> bool:
        """Whether it is an invitation without an answer, or one that was declined."""
        return self in (BookingState.INVITED, BookingState.DECLINED)

    @property
    def is_open(self) -> bool:
        return self in (BookingState.REQUESTED, BookingState.WAITING, BookingState.CONFIRMED)


class Refusal(StrEnum):
    """Why the office gives no appointment; the words are in words/refusals.py."""

    SESSION_FIRST = "session_first"
    CONDITIONS = "conditions"
    SIGNED_BEFORE = "signed_before"
    NOT_REACHED = "not_reached"


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
    """What the appointment form said, in normal form; `slot` is the id of the session that was chosen, if one was."""

    person: Person
    matricule: str | None
    attended: Attended | None
    wish: Wish
    doubtful: bool = False
    slot: str | None = None


@dataclass(frozen=True)
class SignUp:
    """What the form for a session said, in normal form; `needs` are keys such as `step-free`."""

    session_id: str
    person: Person
    needs: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True)
class Contact:
    """A person as stored. The matricule is sealed: only the desk's own function opens it.

    `sealed_for` is the id of the contact for which it was sealed, where that was another one of the same person;
    `rule` is why the contact is deleted on `delete_on`, `warned_for` the deletion day of which the person was warned,
    `mail_mark` the keyed mark of the address by which the person is found; `version` counts the changes, so that none
    is lost; `confirmed` holds the references of further forms that the person has confirmed.
    """

    id: str
    person: Person
    sealed_matricule: bytes | None
    history: History
    delete_on: date
    rule: str
    warned_for: date | None = None
    mail_mark: str | None = None
    confirmed: frozenset[str] = frozenset()
    link_version: int = 1
    version: int = 1
    sealed_for: str | None = None


@dataclass(frozen=True)
class Booking:
    """One thing that a contact asked for: the appointment, or a place in a session.

    `about` is APPOINTMENT or the id of a session; `revision` counts the bookings that took this place, and the moves of
    an appointment; only an appointment has a wish, and a `slot` once its date is set. `present` are the meetings,
    from 1, at which staff noted that the person was. `first_position` counts from 1 in the line as a sign-up found
    it, and is 0 where there was a seat. `refused` is why the office ended it, `taken_up_by` who of the staff sees to
    it.
    """

    about: str
    reference: str
    revision: int
    state: BookingState
    wish: Wish | None
    requested_at: datetime
    doubtful: bool = False
    slot: str | None = None
    present: tuple[int, ...] = ()
    first_position: int = 0
    refused: Refusal | None = None
    taken_up_by: str | None = None

    @property
    def session_id(self) -> str | None:
        """The session in which it has, had or waits for a place: none for an appointment without a date."""
        return self.slot if self.about == APPOINTMENT else self.about


@dataclass(frozen=True)
class Correction:
    """What a further form said, kept beside the contact until it is confirmed; nothing is overwritten by it.

    `slot` is the date that it wished for, which nobody keeps; `sealed_for` is as that of Contact.
    """

    reference: str
    person: Person
    sealed_matricule: bytes | None
    attended: Attended | None
    wish: Wish | None
    received_at: datetime
    doubtful: bool = False
    slot: str | None = None
    sealed_for: str | None = None


@dataclass(frozen=True)
class ContactFile:
    """A contact with what belongs to it, read together."""

    contact: Contact
    bookings: tuple[Booking, ...]
    corrections: tuple[Correction, ...] = ()
    vouchers: tuple[Voucher, ...] = ()
    certificates: tuple[Certificate, ...] = ()

    @property
    def reference(self) -> str:
        """The reference of the contact's newest booking, for letters about the contact as a whole."""
        return max(self.bookings, key=lambda each: each.requested_at).reference

    @property
    def appointment(self) -> Booking | None:
        return self.booking(APPOINTMENT)

    def booking(self, about: str) -> Booking | None:
        """The booking of that name; an appointment goes by that of its slot as well."""
        return next((each for each in self.bookings if about in (each.about, each.slot)), None)

    def correction(self, reference: str) -> Correction | None:
        return next((each for each in self.corrections if each.reference == reference), None)
