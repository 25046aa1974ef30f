"""The actions that bring a contact and its bookings to their next version, each part of a larger transaction."""

from datetime import date

from chalicelib.domain.booking import Booking, BookingState, Contact
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.session import Session
from chalicelib.storage import items, places
from chalicelib.storage.conditions import UNCHANGED
from chalicelib.storage.dynamo import Table
from chalicelib.storage.values import Item, assigned

_OPEN_STATES = {state.value: state.value for state in BookingState if state.is_open}
_OVER = " AND ".join(f"#state <> :{state}" for state in _OPEN_STATES)


def amended(table: Table, after: Contact, today: date) -> Item:
    """Refused when the contact is not as it was read at the version before."""
    course = items.course_of_contact(after, today)
    values = course | {"version_before": after.version - 1}
    return table.updating(places.of_contact(after.id), values, assigned(course), UNCHANGED)


def booked(table: Table, after: Contact, booking: Booking) -> list[Item]:
    """Likewise, with a booking in a place where none is open."""
    course = items.course_of_contact(after, day_in_luxembourg(booking.requested_at))
    values = course | {"version_before": after.version - 1, "references": frozenset({booking.reference})}
    change = f"{assigned(course)} ADD #references :references"
    return [
        table.updating(places.of_contact(after.id), values, change, UNCHANGED),
        table.replacing(items.of_booking(after.id, booking), _OPEN_STATES, _OVER),
    ]


def appointment_moved(table: Table, contact_id: str, booking: Booking, left: Session | None) -> Item:
    """The same item with its next revision: wish and reference stay."""
    state = items.state_of_booking(booking.state, booking.requested_at)
    after = state | {"revision": booking.revision, "slot": booking.slot}
    was = (BookingState.CONFIRMED if left else BookingState.REQUESTED).value
    values = after | {"was": was, "revision_before": booking.revision - 1}
    condition = "#state = :was AND #revision = :revision_before"
    return table.updating(places.of_booking(contact_id, booking.about), values, assigned(after), condition)


def seen_to(table: Table, contact_id: str, booking: Booking, was: BookingState) -> Item:
    """What became of a booking; refused when it is not in the state `was` any more."""
    course = items.course_of_booking(booking)
    values = course | {"was": was.value, "revision": booking.revision}
    condition = "#state = :was AND #revision = :revision"
    return table.updating(places.of_booking(contact_id, booking.about), values, assigned(course), condition)


def listed(table: Table, contact: Contact) -> list[Item]:
    """What lists a contact among those who have signed."""
    if contact.history.signed_on is None:
        return []
    place = {"due_key": places.SIGNATORIES, "due_at": contact.delete_on.isoformat()}
    return [table.updating(places.of_signatory(contact.id), place, assigned(place))]


def listed_no_more(table: Table, contact_id: str) -> list[Item]:
    """What ends that, where it was so; whoever lists it meanwhile changes the contact as well."""
    place = places.of_signatory(contact_id)
    return [table.removing(place)] if table.stored(place) else []
