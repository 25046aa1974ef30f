"""The shape of a contact and of its forms in the table, and what is read back from them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date, datetime

from chalicelib.domain.booking import Booking, BookingState, Contact, Correction, Person, Refusal, Wish
from chalicelib.domain.days import Attended, day_in_luxembourg
from chalicelib.domain.errors import UnreadableItemError
from chalicelib.domain.identity import name_as_sought
from chalicelib.domain.retention import History
from chalicelib.storage import places
from chalicelib.storage.values import Values, write_moment


@contextmanager
def readable(kind: str) -> Iterator[None]:
    """Raises UnreadableItemError for an item that is not as we store them; it says nothing of what is in there."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnreadableItemError(f"{kind}: {type(error).__name__}") from None


def of_contact(contact: Contact, marks: frozenset[str], references: frozenset[str]) -> Values:
    """The contact lists its marks and references, so that deletion finds every pointer that leads to it."""
    return {
        **places.of_contact(contact.id),
        **known_of_contact(contact, marks, contact.history.last_request_on),
        "references": references,
    }


def known_of_contact(contact: Contact, marks: frozenset[str], today: date) -> Values:
    """All that is known of somebody, but for the references that lead there."""
    return {
        **asdict(contact.person),
        **course_of_contact(contact, today),
        "sealed_matricule": contact.sealed_matricule,
        "sealed_for": contact.sealed_for,
        "mail_mark": contact.mail_mark,
        "confirmed": contact.confirmed or None,
        "link_version": contact.link_version,
        "marks": marks,
    }


def course_of_contact(contact: Contact, today: date) -> Values:
    """What changes in the life of a contact, with its place in the index."""
    history = contact.history
    return {
        "last_request_on": history.last_request_on.isoformat(),
        "attended": _written(history.attended),
        "attended_recorded": history.attended_recorded,
        "signed_on": _written(history.signed_on),
        "first_measure_on": _written(history.first_measure_on),
        "last_session_on": _written(history.last_session_on),
        "delete_on": contact.delete_on.isoformat(),
        "rule": contact.rule,
        "warned_for": _written(contact.warned_for),
        "version": contact.version,
        **due_for_deletion(max(contact.delete_on, today)),
    }


def by_name(contact: Contact) -> Values:
    """What the desk finds a contact by: it goes with the contact, like all of its items."""
    place = {"due_key": places.SURNAMES, "due_at": name_as_sought(contact.person.surname)}
    return {**places.of_name(contact.id), **place}


def by_phone(contact: Contact) -> Values | None:
    """The same by the phone number; None where there is none."""
    phone = contact.person.phone
    return {**places.of_phone(contact.id), "due_key": places.PHONES, "due_at": phone} if phone else None


def due_for_deletion(day: date) -> Values:
    """The place in the index, by a day in Luxembourg; never one that is over, or it would count as overdue at once."""
    return {"due_key": places.DELETIONS, "due_at": day.isoformat()}


def to_contact(values: Values) -> Contact:
    return Contact(
        id=places.contact_id_in(values) or "",
        person=_to_person(values),
        sealed_matricule=values.get("sealed_matricule"),
        history=_to_history(values),
        delete_on=date.fromisoformat(values["delete_on"]),
        rule=values["rule"],
        warned_for=_read_day(values, "warned_for"),
        mail_mark=values.get("mail_mark"),
        confirmed=values.get("confirmed", frozenset()),
        link_version=values["link_version"],
        version=values["version"],
        sealed_for=values.get("sealed_for"),
    )


def of_booking(contact_id: str, booking: Booking) -> Values:
    return {
        **places.of_booking(contact_id, booking.about),
        **(asdict(booking.wish) if booking.wish else {}),
        **course_of_booking(booking),
        "reference": booking.reference,
        "revision": booking.revision,
        "requested_at": write_moment(booking.requested_at),
        "doubtful": booking.doubtful,
        "slot": booking.slot,
        "first_position": booking.first_position or None,
        **(_under_session(booking) if booking.state.takes_no_place else {}),
    }


def _under_session(booking: Booking) -> Values:
    """Where an invitation is listed that takes no place; who has one stands on the roster."""
    return {"due_key": places.invited_to(booking.about), "due_at": write_moment(booking.requested_at)}


def course_of_booking(booking: Booking) -> Values:
    """What staff change of a booking."""
    return {
        **state_of_booking(booking.state, booking.requested_at),
        "present": booking.present or None,
        "refused": booking.refused.value if booking.refused else None,
        "taken_up_by": booking.taken_up_by,
    }


def state_of_booking(state: BookingState, requested_at: datetime) -> Values:
    """How far a booking has got, with its place in the index: one is listed for as long as the office owes an answer.

    Whatever changes the state writes all of these.
    """
    waits = state is BookingState.REQUESTED
    return {
        "state": state.value,
        "due_key": places.STAFF if waits else None,
        "due_at": write_moment(requested_at) if waits else None,
    }


def received(at: datetime, what: str) -> Values:
    """Where the reference of a form is counted: by the month in Luxembourg in which it came."""
    return {"due_key": places.received_in(f"{day_in_luxembourg(at):%Y-%m}"), "due_at": what}


def to_booking(values: Values) -> Booking:
    return Booking(
        about=values["sk"].removeprefix(places.BOOKING),
        reference=values["reference"],
        revision=values["revision"],
        state=BookingState(values["state"]),
        wish=_to_wish(values),
        requested_at=datetime.fromisoformat(values["requested_at"]),
        doubtful=values.get("doubtful", False),
        slot=values.get("slot"),
        present=values.get("present", ()),
        first_position=values.get("first_position", 0),
        refused=Refusal(values["refused"]) if "refused" in values else None,
        taken_up_by=values.get("taken_up_by"),
    )


def of_correction(contact_id: str, correction: Correction) -> Values:
    return {
        **places.of_correction(contact_id, correction.reference),
        **asdict(correction.person),
        **(asdict(correction.wish) if correction.wish else {}),
        "sealed_matricule": correction.sealed_matricule,
        "sealed_for": correction.sealed_for,
        "attended": _written(correction.attended),
        "reference": correction.reference,
        "received_at": write_moment(correction.received_at),
        "due_key": places.STAFF,
        "due_at": write_moment(correction.received_at),
        "doubtful": correction.doubtful,
        "slot": correction.slot,
    }


def to_correction(values: Values) -> Correction:
    return Correction(
        reference=values["reference"],
        person=_to_person(values),
        sealed_matricule=values.get("sealed_matricule"),
        attended=_read_attended(values),
        wish=_to_wish(values),
        received_at=datetime.fromisoformat(values["received_at"]),
        doubtful=values.get("doubtful", False),
        slot=values.get("slot"),
        sealed_for=values.get("sealed_for"),
    )


def _to_person(values: Values) -> Person:
    return Person(values["first_name"], values["surname"], values.get("email"), values.get("phone"), values["language"])


def _to_wish(values: Values) -> Wish | None:
    """An appointment has a wish; a sign-up has none."""
    if "message" not in values:
        return None
    return Wish(**{field.name: values[field.name] for field in fields(Wish) if field.name in values})


def _to_history(values: Values) -> History:
    return History(
        last_request_on=date.fromisoformat(values["last_request_on"]),
        attended=_read_attended(values),
        attended_recorded=values["attended_recorded"],
        signed_on=_read_day(values, "signed_on"),
        first_measure_on=_read_day(values, "first_measure_on"),
        last_session_on=_read_day(values, "last_session_on"),
    )


def _written(day: Attended | date | None) -> str | None:
    return str(day) if day else None


def _read_attended(values: Values) -> Attended | None:
    return Attended.read(values["attended"]) if "attended" in values else None


def _read_day(values: Values, name: str) -> date | None:
    return date.fromisoformat(values[name]) if name in values else None
