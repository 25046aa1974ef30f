"""The actions by which a contact takes over what a form or staff said, with every pointer that leads to it."""

from collections.abc import Sequence
from dataclasses import asdict

from chalicelib.domain.booking import Booking, Contact
from chalicelib.storage import items, places
from chalicelib.storage.conditions import KEPT, UNCHANGED
from chalicelib.storage.dynamo import Table
from chalicelib.storage.values import Item, assigned


def confirmed(
    table: Table, after: Contact, booking: Booking | None, marks: Sequence[str], reference: str | None
) -> list[Item]:
    """They are refused once the contact was changed, so that the pointers read here are those that it has."""
    place = places.of_contact(after.id)
    before = table.get(place) or {}
    told = items.known_of_contact(after, frozenset(marks), after.delete_on)
    return [
        table.updating(place, told | {"version_before": after.version - 1}, assigned(told), UNCHANGED),
        *(table.removing(places.of_correction(after.id, each), KEPT) for each in (reference,) if each),
        *_moved_marks(table, after.id, before.get("marks", frozenset()), frozenset(marks)),
        *_moved_mailbox(table, after, before.get("mail_mark")),
        table.putting(items.by_name(after)),
        *_by_phone(table, after, listed_before="phone" in before),
        *(_wished(table, after.id, each) for each in (booking,) if each),
    ]


def _moved_marks(table: Table, contact_id: str, old: frozenset[str], new: frozenset[str]) -> list[Item]:
    return [
        *(table.adding_anew({**places.of_mark(mark), "contact_id": contact_id}) for mark in sorted(new - old)),
        *(table.removing(places.of_mark(mark)) for mark in sorted(old - new)),
    ]


def _moved_mailbox(table: Table, after: Contact, old: str | None) -> list[Item]:
    if old == after.mail_mark:
        return []
    gone = [table.removing(places.of_mailbox(old, after.id))] if old else []
    return [*gone, *(table.putting(each) for each in places.mailboxes(after))]


def _by_phone(table: Table, after: Contact, *, listed_before: bool) -> list[Item]:
    if listed := items.by_phone(after):
        return [table.putting(listed)]
    return [table.removing(places.of_phone(after.id))] if listed_before else []


def _wished(table: Table, contact_id: str, booking: Booking) -> Item:
    wish = asdict(booking.wish) if booking.wish else {}
    place = places.of_booking(contact_id, booking.about)
    values = wish | {"revision": booking.revision}
    return table.updating(place, values, assigned(wish), "#revision = :revision")
