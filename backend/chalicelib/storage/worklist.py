"""What waits for staff, found through the index of due things."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from chalicelib.domain.booking import Booking, Contact
from chalicelib.domain.errors import UnreadableItemError
from chalicelib.storage import items, places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.lookout import days
from chalicelib.storage.table import DUE
from chalicelib.storage.values import Item, from_item
from chalicelib.usecases.desk_ports import Leaving, Waiting


class DynamoWorklist:
    """`desk_ports.Worklist` in a table of DynamoDB."""

    def __init__(self, client: Any, table: str) -> None:
        self._table = Table(client, table)

    def requests(self) -> Iterator[Waiting]:
        return self._waiting(places.REQUESTS_WAIT)

    def corrections(self) -> Iterator[Waiting]:
        return self._waiting(places.CORRECTIONS_WAIT)

    def leaving(self, first: date, last: date) -> Iterator[Leaving]:
        for day in days(first, last):
            for item in self._table.found("#due_key = :due_key", {"due_key": places.due_for_deletion(day)}, **_LISTED):
                contact = _contact(item) if item["sk"]["S"] == places.CONTACT else None
                if contact:
                    yield Leaving(contact, min(item["references"]["SS"]))

    def people(self, contact_ids: Collection[str]) -> Mapping[str, Contact | None]:
        keys = [places.of_contact(each) for each in sorted(set(contact_ids))]
        living = (item for item in self._table.get_all(keys) if "deleting" not in item)
        return {places.contact_id_in({"pk": item["pk"]["S"]}) or "": _contact(item) for item in living}

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


def _contact(item: Item) -> Contact | None:
    """One that is not as we store them must not hide the others."""
    try:
        with items.readable(places.CONTACT):
            return items.to_contact(from_item(item))
    except UnreadableItemError:
        return None
