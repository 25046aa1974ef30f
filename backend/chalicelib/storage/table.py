"""The table as the local service and the tests create it; in an account it comes from the template."""

from contextlib import suppress
from typing import Any

from chalicelib.storage.failures import failures

DUE = "due"


def definition(name: str) -> dict[str, Any]:
    """What `create_table` takes. The index is sparse: it holds the items that have a `due_key`."""
    return {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": attribute, "AttributeType": "S"} for attribute in ("pk", "sk", "due_key", "due_at")
        ],
        "KeySchema": _keys("pk", "sk"),
        "GlobalSecondaryIndexes": [
            {"IndexName": DUE, "KeySchema": _keys("due_key", "due_at"), "Projection": {"ProjectionType": "ALL"}}
        ],
    }


def create(client: Any, name: str) -> None:
    """Creates the table unless it is there, and returns once it can be used."""
    with failures(f"table {name}"):
        with suppress(client.exceptions.ResourceInUseException):
            client.create_table(**definition(name))
        client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})


def _keys(partition: str, order: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": order, "KeyType": "RANGE"}]
