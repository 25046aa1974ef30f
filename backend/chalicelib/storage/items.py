"""The shape of each item of the table, and what is read back from one."""

from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from typing import Any

from chalicelib.domain.booking import Booking, BookingState, Contact, Correction, Person, Wish
from chalicelib.domain.days import Attended
from chalicelib.domain.letter import Letter, LetterKind, LetterState
from chalicelib.storage import places

Values = dict[str, Any]


def of_contact(contact: Contact, marks: frozenset[str], references: frozenset[str]) -> Values:
    """The contact lists its marks and references, so that deletion finds every pointer that leads to it."""
    return {
        **places.of_contact(contact.id),
        **asdict(contact.person),
        **days_of_contact(contact.last_request_on, contact.delete_on),
        "sealed_matricule": contact.sealed_matricule,
        "attended": _written(contact.attended),
        "link_version": contact.link_version,
        "marks": marks,
        "references": references,
    }


def days_of_contact(last_request_on: date, delete_on: date) -> Values:
    """The days that a further request moves, with the place in the index that follows from them."""
    return {
        "last_request_on": last_request_on.isoformat(),
        "delete_on": delete_on.isoformat(),
        "due_key": places.due_of_contact(delete_on),
        "due_at": delete_on.isoformat(),
    }


def to_contact(values: Values) -> Contact:
    return Contact(
        id=places.contact_id_in(values),
        person=_to_person(values),
        sealed_matricule=values.get("sealed_matricule"),
        attended=_read_attended(values),
        last_request_on=date.fromisoformat(values["last_request_on"]),
        delete_on=date.fromisoformat(values["delete_on"]),
        link_version=values["link_version"],
    )


def of_booking(contact_id: str, about: str, booking: Booking) -> Values:
    return {
        **places.of_booking(contact_id, about),
        **asdict(booking.wish),
        "reference": booking.reference,
        "revision": booking.revision,
        "state": booking.state.value,
        "requested_at": write_moment(booking.requested_at),
        "doubtful": booking.doubtful,
    }


def to_booking(values: Values) -> Booking:
    return Booking(
        reference=values["reference"],
        revision=values["revision"],
        state=BookingState(values["state"]),
        wish=_to_wish(values),
        requested_at=datetime.fromisoformat(values["requested_at"]),
        doubtful=values["doubtful"],
    )


def of_correction(contact_id: str, correction: Correction) -> Values:
    return {
        **places.of_correction(contact_id, correction.reference),
        **asdict(correction.person),
        **asdict(correction.wish),
        "sealed_matricule": correction.sealed_matricule,
        "attended": _written(correction.attended),
        "reference": correction.reference,
        "received_at": write_moment(correction.received_at),
        "doubtful": correction.doubtful,
    }


def to_correction(values: Values) -> Correction:
    return Correction(
        reference=values["reference"],
        person=_to_person(values),
        sealed_matricule=values.get("sealed_matricule"),
        attended=_read_attended(values),
        wish=_to_wish(values),
        received_at=datetime.fromisoformat(values["received_at"]),
        doubtful=values["doubtful"],
    )


def of_letter(letter: Letter) -> Values:
    return {
        **places.of_letter(letter),
        **progress_of_letter(letter),
        "about": letter.about,
        "kind": letter.kind.value,
        "revision": letter.revision,
        "reference": letter.reference,
    }


def progress_of_letter(letter: Letter) -> Values:
    """What changes in the life of a letter, with its place in the index."""
    return {
        "state": letter.state.value,
        "waiting_since": write_moment(letter.waiting_since),
        "attempts": letter.attempts,
        "due_key": places.due_of_letter(letter.state, letter.due_at),
        "due_at": write_moment(letter.due_at),
    }


def to_letter(values: Values) -> Letter:
    return Letter(
        contact_id=places.contact_id_in(values),
        about=values["about"],
        kind=LetterKind(values["kind"]),
        revision=values["revision"],
        reference=values["reference"],
        state=LetterState(values["state"]),
        waiting_since=datetime.fromisoformat(values["waiting_since"]),
        due_at=datetime.fromisoformat(values["due_at"]),
        attempts=values["attempts"],
    )


def write_moment(aware: datetime) -> str:
    """In UTC and always of the same length, so that moments sort as text."""
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def _to_person(values: Values) -> Person:
    known: Values = {field.name: values.get(field.name) for field in fields(Person)}
    return Person(**known)


def _to_wish(values: Values) -> Wish:
    return Wish(**{field.name: values[field.name] for field in fields(Wish)})


def _written(attended: Attended | None) -> str | None:
    return str(attended) if attended else None


def _read_attended(values: Values) -> Attended | None:
    return Attended.read(values["attended"]) if "attended" in values else None
