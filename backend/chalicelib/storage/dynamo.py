"""The calls that the stores make to one table: every name aliased, every failure in our words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.storage.failures import failures
from chalicelib.storage.values import Attributes, Item, aliased, from_item, to_item

ABSENT = "attribute_not_exists(#pk)"


@dataclass(frozen=True)
class Table:
    """A table behind a low-level client of DynamoDB, which threads may share."""

    client: Any
    name: str

    def get(self, key: Attributes) -> dict[str, Any] | None:
        """The item as it is now, or None."""
        with failures(self._place):
            answer = self.client.get_item(TableName=self.name, Key=to_item(key), ConsistentRead=True)
        return from_item(answer["Item"]) if "Item" in answer else None

    def put(self, attributes: Attributes) -> None:
        with failures(self._place):
            self.client.put_item(TableName=self.name, Item=to_item(attributes))

    def query(self, where: str, values: Attributes, **settings: Any) -> Iterator[dict[str, Any]]:
        """Each item of all pages, in the order of its sort key."""
        question = {"TableName": self.name, **settings, **aliased(values, KeyConditionExpression=where)}
        while True:
            with failures(self._place):
                answer = self.client.query(**question)
            yield from map(from_item, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            question["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def update(self, key: Attributes, values: Attributes, change: str, condition: str) -> None:
        """Changes an item. Raises TakenError when the condition does not hold."""
        with failures(self._place):
            self.client.update_item(**self.updating(key, values, change, condition)["Update"])

    def transact(self, actions: Sequence[Item], reference_at: int | None = None) -> None:
        """Does all of the actions or none. Raises ReferenceTakenError when just the one at that place was refused."""
        with failures(self._place, reference_at):
            self.client.transact_write_items(TransactItems=actions)

    def adding(self, attributes: Attributes) -> Item:
        """The action that puts an item where there is none."""
        absent = aliased({}, ConditionExpression=ABSENT)
        return {"Put": {"TableName": self.name, "Item": to_item(attributes), **absent}}

    def updating(self, key: Attributes, values: Attributes, change: str, condition: str) -> Item:
        """The action that changes an item on a condition."""
        expressions = aliased(values, UpdateExpression=change, ConditionExpression=condition)
        return {"Update": {"TableName": self.name, "Key": to_item(key), **expressions}}

    @property
    def _place(self) -> str:
        return f"table {self.name} (CAI_TABLE)"
