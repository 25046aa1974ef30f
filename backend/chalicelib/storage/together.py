"""Reads people with some of their bookings, and sessions, in one call for up to a hundred items."""

from collections.abc import Callable, Collection
from typing import TypeVar

from chalicelib.domain.booking import Booking, Contact
from chalicelib.domain.errors import UnreadableItemError
from chalicelib.storage import items, places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.session_items import to_session
from chalicelib.storage.values import Item, Values, from_item
from chalicelib.usecases.contact_ports import Together

Read = TypeVar("Read")


def read_together(
    table: Table, people: Collection[str], bookings: Collection[tuple[str, str]], sessions: Collection[str]
) -> Together:
    """As `contact_ports.Contacts` says; an item that is not as we store them does not hide the others."""
    keys = [
        *map(places.of_contact, sorted(set(people))),
        *(places.of_booking(*each) for each in sorted(set(bookings))),
        *map(places.of_session, sorted(set(sessions))),
    ]
    found = list(table.get_all(keys))
    living = [item for item in found if item["sk"]["S"] == places.CONTACT and "deleting" not in item]
    booked = [item for item in found if item["sk"]["S"].startswith(places.BOOKING)]
    planned = [to_session(from_item(item)) for item in found if item["pk"]["S"].startswith(places.SESSION)]
    return Together(
        {contact_id_of(item): contact(item) for item in living},
        {(contact_id_of(item), item["sk"]["S"].removeprefix(places.BOOKING)): _booking(item) for item in booked},
        {session.id: session for session in planned},
    )


def contact_id_of(item: Item) -> str:
    return places.contact_id_in({"pk": item["pk"]["S"]}) or ""


def contact(item: Item) -> Contact | None:
    """None for one that is not as we store them."""
    return _read(items.to_contact, places.CONTACT, item)


def _booking(item: Item) -> Booking | None:
    return _read(items.to_booking, places.BOOKING, item)


def _read(read: Callable[[Values], Read], kind: str, item: Item) -> Read | None:
    try:
        with items.readable(kind):
            return read(from_item(item))
    except UnreadableItemError:
        return None
