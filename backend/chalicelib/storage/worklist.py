"""What waits for staff, found through the index of due things."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.letter_items import letters_in
from chalicelib.storage.lookout import leaving
from chalicelib.storage.table import DUE
from chalicelib.storage.together import contact, contact_id_of
from chalicelib.storage.values import Item
from chalicelib.usecases.desk_ports import Listed, Tray, Waiting


class DynamoWorklist:
    """`desk_ports.Worklist` in a table of DynamoDB."""

    def __init__(self, client: Any, table: str) -> None:
        self._table = Table(client, table)

    def tray(self) -> Tray:
        listed = list(self._table.listed(places.STAFF))
        requests = [item for item in listed if item["sk"]["S"].startswith(places.BOOKING)]
        corrections = [item for item in listed if item["sk"]["S"].startswith(places.CORRECTION)]
        return Tray(tuple(letters_in(listed)), tuple(map(_waiting, requests)), tuple(map(_waiting, corrections)))

    def leaving(self, first: date, last: date) -> Iterator[Listed]:
        return (listed for item in leaving(self._table, first, last) if (listed := _listed(item)))

    def received(self, month: str) -> Mapping[str, int]:
        return Counter(item["due_at"]["S"] for item in self._table.listed(places.received_in(month), "#due_at"))

    def named(self, beginning: str, most: int) -> Sequence[str]:
        key = {"due_key": places.SURNAMES, "beginning": beginning}
        where = "#due_key = :due_key AND begins_with(#due_at, :beginning)"
        found = self._table.found(where, key, "#pk", IndexName=DUE, Limit=most)
        return [contact_id_of(item) for item in islice(found, most)]

    def phoned(self, number: str) -> Sequence[str]:
        key = {"due_key": places.PHONES, "number": number}
        found = self._table.found("#due_key = :due_key AND #due_at = :number", key, "#pk", IndexName=DUE)
        return [contact_id_of(item) for item in found]

    def mailed(self, marks: Sequence[str]) -> Sequence[str]:
        found = (item for mark in marks for item in self._table.query("#pk = :pk", places.people_of_mailbox(mark)))
        return [item["sk"].removeprefix(places.MAILBOX) for item in found]

    def listed(self, contact_ids: Sequence[str]) -> Sequence[Listed]:
        keys = [places.of_contact(each) for each in dict.fromkeys(contact_ids)]
        living = (item for item in self._table.get_all(keys) if "deleting" not in item)
        read = {each.contact.id: each for each in map(_listed, living) if each}
        return [read[each] for each in dict.fromkeys(contact_ids) if each in read]


def _waiting(item: Item) -> Waiting:
    """Nothing else of the item is read: one that is not as we store them must not hide the others."""
    return Waiting(contact_id_of(item), item["reference"]["S"], datetime.fromisoformat(item["due_at"]["S"]))


def _listed(item: Item) -> Listed | None:
    known = contact(item)
    return Listed(known, min(item["references"]["SS"])) if known else None
