"""The calls that the stores make to one table: every name aliased, every failure in our words.

What was removed is not there for who reads, until the deletion job has deleted it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from chalicelib.domain.errors import StoreBusyError
from chalicelib.storage import places
from chalicelib.storage.failures import failures
from chalicelib.storage.table import DUE
from chalicelib.storage.values import Attributes, Item, Values, aliased, from_item, to_item
from chalicelib.usecases.settle import settle

ABSENT = "attribute_not_exists(#pk)"
_CHUNK = 25  # what one BatchWriteItem takes
_MOST_READ = 100  # what one BatchGetItem takes


@dataclass(frozen=True)
class Table:
    """A table behind a low-level client of DynamoDB, which threads may share."""

    client: Any
    name: str

    def get(self, key: Attributes) -> Values | None:
        """The item as it is now, or None."""
        item = self.stored(key)
        return None if item is None else from_item(item)

    def stored(self, key: Attributes) -> Item | None:
        """The same as DynamoDB writes it, which can be had of any item."""
        with failures(self._place):
            answer = self.client.get_item(TableName=self.name, Key=to_item(key), ConsistentRead=True)
        item: Item | None = answer.get("Item")
        return None if item is None or _was_removed(item) else item

    def get_all(self, keys: Sequence[Attributes]) -> Iterator[Item]:
        """The items that are there, as they are now and as DynamoDB writes them, in no order."""
        left = [to_item(key) for key in keys]
        while left:
            found, unread = settle(partial(self._get_chunk, left[:_MOST_READ]))
            yield from found
            left = unread + left[_MOST_READ:]

    def get_together(self, keys: Sequence[Attributes]) -> dict[tuple[str, ...], Values]:
        """The few items that are there, as they are now, by the values of their keys, in one call."""
        found, unread = self._get_chunk([to_item(key) for key in keys])
        if unread:
            raise StoreBusyError(f"{self._place}: {len(unread)} were not read")
        return {(item["pk"]["S"], item["sk"]["S"]): from_item(item) for item in found}

    def put(self, attributes: Attributes) -> None:
        with failures(self._place):
            self.client.put_item(TableName=self.name, Item=to_item(attributes))

    def add(self, attributes: Attributes) -> None:
        """Puts an item where there is none. Raises TakenError when there is one."""
        with failures(self._place):
            self.client.put_item(**self.adding(attributes)["Put"])

    def query(self, where: str, values: Attributes, **settings: Any) -> Iterator[Values]:
        """Each item of all pages, in the order of its sort key."""
        return map(from_item, self.found(where, values, **settings))

    def found(self, where: str, values: Attributes, only: str | None = None, **settings: Any) -> Iterator[Item]:
        """The same as DynamoDB writes them, or just the attributes that `only` names and the key of the index."""
        needed = only if only is None or "#due_key" in only else f"{only}, #due_key"
        return (item for item in self.left(where, values, needed, **settings) if not _was_removed(item))

    def partition(self, key: Attributes, begin: str | None = None, only: str | None = None) -> Iterator[Item]:
        """What is now in the partition of a key: all of it, or that of which the sort key begins so."""
        where = "#pk = :pk" + (" AND begins_with(#sk, :begin)" if begin else "")
        return self.found(where, {"pk": key["pk"], "begin": begin}, only, ConsistentRead=True)

    def listed(self, due_key: str, only: str | None = None, **settings: Any) -> Iterator[Item]:
        """What the index lists under a key."""
        return self.found("#due_key = :due_key", {"due_key": due_key}, only, IndexName=DUE, **settings)

    def left(self, where: str, values: Attributes, only: str | None = None, **settings: Any) -> Iterator[Item]:
        """The same with what is left of items that were removed."""
        parts = {"KeyConditionExpression": where} | ({"ProjectionExpression": only} if only else {})
        return self._pages(self.client.query, settings | aliased(values, **parts))

    def scanned(self, where: str, values: Attributes, only: str, **settings: Any) -> Iterator[Item]:
        """The attributes that `only` names of each item; it reads everything."""
        parts = {"FilterExpression": where, "ProjectionExpression": only}
        return self._pages(self.client.scan, settings | aliased(values, **parts))

    def update(self, key: Attributes, values: Attributes, change: str, condition: str) -> None:
        """Changes an item. Raises TakenError when the condition does not hold."""
        with failures(self._place):
            self.client.update_item(**self.updating(key, values, change, condition)["Update"])

    def transact(self, actions: Sequence[Item], reference_at: int | None = None) -> None:
        """Does all of the actions or none. Raises ReferenceTakenError when just the one at that place was refused."""
        with failures(self._place, reference_at):
            self.client.transact_write_items(TransactItems=actions)

    def delete(self, keys: Iterable[Attributes]) -> None:
        """Deletes items in chunks, whether they are there or not; the keys may come from a query under way."""
        requests = ({"DeleteRequest": {"Key": to_item(key)}} for key in keys)
        while chunk := list(islice(requests, _CHUNK)):
            self._delete_chunk(chunk)

    def adding(self, attributes: Attributes) -> Item:
        """The action that puts an item where there is none."""
        absent = aliased({}, ConditionExpression=ABSENT)
        return {"Put": {"TableName": self.name, "Item": to_item(attributes), **absent}}

    def putting(self, attributes: Attributes) -> Item:
        """The action that puts an item, whatever stands in its place."""
        return {"Put": {"TableName": self.name, "Item": to_item(attributes)}}

    def adding_anew(self, attributes: Attributes) -> Item:
        """The action that puts an item where there is none, or one that was removed."""
        return self.replacing(attributes, {"removed": places.REMOVED}, "#due_key = :removed")

    def removing(self, key: Attributes, condition: str | None = None, values: Attributes | None = None) -> Item:
        """The action that leaves of an item its key, listed for the deletion job: no other function may delete."""
        left = {**key, "due_key": places.REMOVED, "due_at": key["pk"]}
        given = aliased(values or {}, ConditionExpression=condition) if condition else {}
        return {"Put": {"TableName": self.name, "Item": to_item(left), **given}}

    def replacing(self, attributes: Attributes, values: Attributes, condition: str) -> Item:
        """The action that puts an item where there is none, or one of which the condition holds."""
        given = aliased(values, ConditionExpression=f"{ABSENT} OR ({condition})")
        return {"Put": {"TableName": self.name, "Item": to_item(attributes), **given}}

    def checking(self, key: Attributes, condition: str, values: Attributes | None = None) -> Item:
        """The action that changes nothing, and refuses the transaction where the condition does not hold."""
        given = aliased(values or {}, ConditionExpression=condition)
        return {"ConditionCheck": {"TableName": self.name, "Key": to_item(key), **given}}

    def updating(self, key: Attributes, values: Attributes, change: str, condition: str | None = None) -> Item:
        """The action that changes an item on a condition."""
        parts = {"UpdateExpression": change} | ({"ConditionExpression": condition} if condition else {})
        return {"Update": {"TableName": self.name, "Key": to_item(key), **aliased(values, **parts)}}

    def deleting(self, key: Attributes, condition: str | None = None, values: Attributes | None = None) -> Item:
        """The action that deletes an item, there or not unless a condition says so; for the deletion job alone."""
        given = aliased(values or {}, ConditionExpression=condition) if condition else {}
        return {"Delete": {"TableName": self.name, "Key": to_item(key), **given}}

    def _pages(self, ask: Callable[..., Any], question: Item) -> Iterator[Item]:
        further: Item = {}
        while True:
            with failures(self._place):
                answer = ask(TableName=self.name, **question, **further)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            further = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def _delete_chunk(self, requests: list[Item]) -> None:
        left = requests

        def attempt() -> None:
            nonlocal left
            with failures(self._place):
                answer = self.client.batch_write_item(RequestItems={self.name: left})
            left = answer.get("UnprocessedItems", {}).get(self.name, [])
            if left:
                raise StoreBusyError(f"{self._place}: {len(left)} deletions were not processed")

        settle(attempt)

    def _get_chunk(self, keys: list[Item]) -> tuple[list[Item], list[Item]]:
        """What was found, and the keys that are to be asked for again."""
        with failures(self._place):
            answer = self.client.batch_get_item(RequestItems={self.name: {"Keys": keys, "ConsistentRead": True}})
        found, unread = answer["Responses"].get(self.name, []), answer.get("UnprocessedKeys", {}).get(self.name, {})
        if not found and unread:
            raise StoreBusyError(f"{self._place}: nothing was read")
        return [item for item in found if not _was_removed(item)], unread.get("Keys", [])

    @property
    def _place(self) -> str:
        return f"table {self.name} (CAI_TABLE)"


def _was_removed(item: Item) -> bool:
    return item.get("due_key") == {"S": places.REMOVED}
