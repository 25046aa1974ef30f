"""The end of contacts and withdrawn corrections, and the counts of a month that stay when the people are gone."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from chalicelib.domain.deletion import MERGED, MonthReport
from chalicelib.domain.errors import StoreBusyError, TakenError
from chalicelib.domain.letter import Letter
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.letter_items import of_letter
from chalicelib.storage.lookout import DAY
from chalicelib.storage.table import DUE
from chalicelib.storage.together import contact_id_of
from chalicelib.storage.values import Item, from_item, key_in
from chalicelib.usecases.ports import Due

_BEGIN = "SET #deleting = if_not_exists(#deleting, if_not_exists(#rule, :unknown))"
_DUE = "attribute_exists(#pk) AND (attribute_exists(#deleting) OR #delete_on <= :today)"
_UNKNOWN = "unknown"


class DynamoDeletions:
    """`ports.Deletions` and `ports.Months` in a table of DynamoDB.

    Of what is deleted it reads keys, marks and references only: an item that is not as we store them goes as well.
    """

    def __init__(self, client: Any, table: str) -> None:
        self._table = Table(client, table)

    def due(self, today: date) -> Iterator[Due]:
        return map(_due, self._listed(today))

    def begin(self, due: Due, today: date) -> bool:
        if due.correction is not None:
            item = self._table.stored(places.of_correction(due.contact_id, due.correction))
            return item is not None and "withdrawn" in item
        values = {"today": today.isoformat(), "unknown": _UNKNOWN}
        try:
            self._table.update(places.of_contact(due.contact_id), values, _BEGIN, _DUE)
        except TakenError:
            return False
        return True

    def clear(self, due: Due) -> None:
        if due.correction is None:
            self._table.delete(self._belongings(due.contact_id))
        else:
            self._table.delete(self._letters_about(due.contact_id, due.correction))

    def finish(self, due: Due, month: str) -> None:
        if due.correction is not None:
            self._finish_correction(due.contact_id, due.correction)
            return
        left = list(self._partition(due.contact_id, "#sk, #deleting, #marks, #mail_mark"))
        if len(left) > 1:
            # A query may miss what a transaction is just writing; the next run clears it.
            raise StoreBusyError("something was still on its way to a contact that is being deleted")
        for contact in left:
            self._finish_contact(due.contact_id, contact, month)

    def sweep(self) -> None:
        for item in self._table.left("#due_key = :due_key", {"due_key": places.REMOVED}, "#pk, #sk", IndexName=DUE):
            still = self._table.deleting(key_in(item), "#due_key = :removed", {"removed": places.REMOVED})
            with suppress(TakenError):  # it is there again, or another run was quicker
                self._table.transact([still])

    def erased_ids(self, due: Due) -> Collection[str]:
        contact = self._table.stored(places.of_contact(due.contact_id)) or {}
        if contact.get("deleting") == {"S": MERGED}:
            return ()
        return (due.contact_id, *contact.get("merged", {}).get("SS", ()))

    def oldest_overdue(self, today: date) -> date | None:
        oldest = next(self._listed(today - DAY, Limit=1), None)
        return date.fromisoformat(oldest["due_at"]["S"]) if oldest else None

    def read(self, month: str, today: date) -> MonthReport:
        counts = map(from_item, self._table.partition({"pk": places.counts_of(month)}))
        overdue = sum(1 for _ in self._listed(today - DAY))
        return MonthReport(month, {item["sk"]: item["count"] for item in counts}, overdue)

    def promise(self, letter: Letter) -> bool:
        try:
            self._table.add(of_letter(letter))
        except TakenError:
            return False
        return True

    def _listed(self, last: date, **settings: int) -> Iterator[Item]:
        """What is to be gone by the end of a day, oldest first, from however long ago."""
        values = {"due_key": places.DELETIONS, "last": last.isoformat()}
        where = "#due_key = :due_key AND #due_at <= :last"
        return self._table.found(where, values, "#pk, #sk, #due_at", IndexName=DUE, **settings)

    def _partition(self, contact_id: str, only: str) -> Iterator[Item]:
        pk = places.of_contact(contact_id)["pk"]
        return self._table.left("#pk = :pk", {"pk": pk}, only, ConsistentRead=True)

    def _belongings(self, contact_id: str) -> Iterator[places.Key]:
        """All but the contact itself, which says until the end what is to be deleted."""
        for item in self._partition(contact_id, "#pk, #sk, #references"):
            if item["sk"]["S"] == places.CONTACT:
                yield from map(places.of_reference, item.get("references", {}).get("SS", ()))
            else:
                yield key_in(item)

    def _letters_about(self, contact_id: str, correction: str) -> Iterator[places.Key]:
        begin = places.letters_about(places.CORRECTION + correction)
        return map(key_in, self._table.partition(places.of_contact(contact_id), begin, "#pk, #sk"))

    def _finish_contact(self, contact_id: str, contact: Item, month: str) -> None:
        why = contact.get("deleting", {}).get("S") or _UNKNOWN
        marks = contact.get("marks", {}).get("SS", ())
        mailbox = contact.get("mail_mark", {}).values()
        self._table.transact(
            [
                self._table.deleting(places.of_contact(contact_id), "attribute_exists(#deleting)"),
                *(self._table.deleting(places.of_mark(mark)) for mark in marks),
                *(self._table.deleting(places.of_mailbox(mark, contact_id)) for mark in mailbox),
                self._table.updating(places.of_count(month, why), {"one": 1}, "ADD #count :one"),
            ]
        )

    def _booked(self, contact_id: str) -> set[str]:
        """The references of bookings: the form of one may have said something else of the person, which is removed."""
        booked = self._table.partition(places.of_contact(contact_id), places.BOOKING, "#reference")
        return {item["reference"]["S"] for item in booked}

    def _finish_correction(self, contact_id: str, reference: str) -> None:
        contact = places.of_contact(contact_id)
        forgotten = {"references": frozenset({reference})}
        actions = [self._table.deleting(places.of_correction(contact_id, reference), "attribute_exists(#pk)")]
        if reference in self._booked(contact_id):
            self._table.transact(actions)
            return
        actions.append(self._table.deleting(places.of_reference(reference)))
        if self._table.stored(contact) is not None:
            change = "DELETE #references :references"
            actions.append(self._table.updating(contact, forgotten, change, "attribute_exists(#pk)"))
        self._table.transact(actions)


def _due(item: Item) -> Due:
    contact_id = contact_id_of(item)
    is_contact, reference = item["sk"]["S"] == places.CONTACT, item["sk"]["S"].removeprefix(places.CORRECTION)
    return Due(contact_id, None if is_contact else reference)
