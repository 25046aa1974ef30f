"""What waits for staff, found through the index of due things."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from chalicelib.domain.booking import Booking, Contact
from chalicelib.domain.errors import UnreadableItemError
from chalicelib.storage import items, places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.lookout import leaving
from chalicelib.storage.table import DUE
from chalicelib.storage.values import Item, from_item
from chalicelib.usecases.desk_ports import Listed, Waiting


class DynamoWorklist:
    """`desk_ports.Worklist` in a table of DynamoDB."""

    def __init__(self, client: Any, table: str) -> None:
        self._table = Table(client, table)

    def requests(self) -> Iterator[Waiting]:
        return self._waiting(places.REQUESTS_WAIT)

    def corrections(self) -> Iterator[Waiting]:
        return self._waiting(places.CORRECTIONS_WAIT)

    def leaving(self, first: date, last: date) -> Iterator[Listed]:
        return (listed for item in leaving(self._table, first, last) if (listed := _listed(item)))

    def people(self, contact_ids: Collection[str]) -> Mapping[str, Contact | None]:
        keys = [places.of_contact(each) for each in sorted(set(contact_ids))]
        living = (item for item in self._table.get_all(keys) if "deleting" not in item)
        return {_contact_id(item): _contact(item) for item in living}

    def named(self, beginning: str, most: int) -> Sequence[str]:
        key = {"due_key": places.SURNAMES, "beginning": beginning}
        where = "#due_key = :due_key AND begins_with(#due_at, :beginning)"
        found = self._table.found(where, key, "#pk", **_LISTED, Limit=most)
        return [_contact_id(item) for item in islice(found, most)]

    def phoned(self, number: str) -> Sequence[str]:
        key = {"due_key": places.PHONES, "number": number}
        found = self._table.found("#due_key = :due_key AND #due_at = :number", key, "#pk", **_LISTED)
        return [_contact_id(item) for item in found]

    def mailed(self, marks: Sequence[str]) -> Sequence[str]:
        found = (item for mark in marks for item in self._table.query("#pk = :pk", places.people_of_mailbox(mark)))
        return [item["sk"].removeprefix(places.MAILBOX) for item in found]

    def listed(self, contact_ids: Sequence[str]) -> Sequence[Listed]:
        keys = [places.of_contact(each) for each in dict.fromkeys(contact_ids)]
        living = (item for item in self._table.get_all(keys) if "deleting" not in item)
        read = {each.contact.id: each for each in map(_listed, living) if each}
        return [read[each] for each in dict.fromkeys(contact_ids) if each in read]

    def bookings(self, about: str, contact_ids: Collection[str]) -> Mapping[str, Booking]:
        found = map(
            from_item, self._table.get_all([places.of_booking(each, about) for each in sorted(set(contact_ids))])
        )
        return {places.contact_id_in(values) or "": items.to_booking(values) for values in found}

    def _waiting(self, due_key: str) -> Iterator[Waiting]:
        listed = self._table.found("#due_key = :due_key", {"due_key": due_key}, "#pk, #reference, #due_at", **_LISTED)
        for item in map(from_item, listed):
            since = datetime.fromisoformat(item["due_at"])
            yield Waiting(places.contact_id_in(item) or "", item["reference"], since)


_LISTED = {"IndexName": DUE}


def _contact_id(item: Item) -> str:
    return places.contact_id_in({"pk": item["pk"]["S"]}) or ""


def _listed(item: Item) -> Listed | None:
    contact = _contact(item)
    return Listed(contact, min(item["references"]["SS"])) if contact else None


def _contact(item: Item) -> Contact | None:
    """One that is not as we store them must not hide the others."""
    try:
        with items.readable(places.CONTACT):
            return items.to_contact(from_item(item))
    except UnreadableItemError:
        return None
