"""Finds every item that says something of one person, as it lies in the table."""

from collections.abc import Iterable, Iterator

from chalicelib.domain.own_data import StoredItem
from chalicelib.programme import stored
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.values import Values, from_item


def stored_about(table: Table, contact_id: str) -> Iterator[StoredItem]:
    """The contact with what belongs to it, its pointers, and its places in sessions; nothing once it is being deleted.

    Of the line of a session only how far this person stands in it.
    """
    own = list(map(from_item, table.partition(places.of_contact(contact_id))))
    contact = next((item for item in own if item["sk"] == places.CONTACT), None)
    if contact is None or "deleting" in contact:
        return
    for item in (*own, *_at(table, _pointers(contact_id, contact)), *_places(table, contact_id, own)):
        yield told(item)


def told(item: Values) -> StoredItem:
    """What an item says of the person; a list of people becomes a number before it comes here."""
    kind = stored.load().kind_at(item["pk"], item["sk"])
    return StoredItem(kind.name, {name: value for name, value in item.items() if name in kind.personal})


def in_line(session: Values, contact_id: str) -> Values:
    """A session as far as it is about who waits for it."""
    return {"pk": session["pk"], "sk": session["sk"], "waiting": session["waiting"].index(contact_id) + 1}


def _pointers(contact_id: str, contact: Values) -> Iterator[places.Key]:
    yield from map(places.of_mark, sorted(contact["marks"]))
    yield from map(places.of_reference, sorted(contact["references"]))
    if "mail_mark" in contact:
        yield places.of_mailbox(contact["mail_mark"], contact_id)


def _places(table: Table, contact_id: str, own: Iterable[Values]) -> Iterator[Values]:
    booked = [item for item in own if item["sk"].startswith(places.BOOKING)]
    session_ids = sorted({item.get("slot") or item["sk"].removeprefix(places.BOOKING) for item in booked})
    yield from _at(table, (places.of_seat(session_id, contact_id) for session_id in session_ids))
    for session in _at(table, map(places.of_session, session_ids)):
        if contact_id in session["waiting"]:
            yield in_line(session, contact_id)


def _at(table: Table, keys: Iterable[places.Key]) -> Iterator[Values]:
    return (item for key in keys if (item := table.get(key)))
