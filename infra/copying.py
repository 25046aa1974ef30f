"""Makes one table what another one is."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

_CHUNK = 25  # what one BatchWriteItem takes


def make_same(dynamodb: Any, table: str, wanted: str) -> int:
    """Puts each item of `wanted` into `table`, then deletes what is not there; may be cut off and repeated."""
    kept = set()

    def puts() -> Iterator[dict[str, Any]]:
        for item in _items(dynamodb, wanted):
            kept.add((item["pk"]["S"], item["sk"]["S"]))
            yield {"PutRequest": {"Item": item}}

    _write(dynamodb, table, puts())
    there = keys(dynamodb, table)
    gone = ({"DeleteRequest": {"Key": {"pk": {"S": pk}, "sk": {"S": sk}}}} for pk, sk in there if (pk, sk) not in kept)
    _write(dynamodb, table, gone)
    return len(kept)


def keys(dynamodb: Any, table: str) -> list[tuple[str, str]]:
    """The key of each item."""
    found = _items(dynamodb, table, ProjectionExpression="pk, sk")
    return [(item["pk"]["S"], item["sk"]["S"]) for item in found]


def _items(dynamodb: Any, table: str, **more: Any) -> Iterator[dict[str, Any]]:
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True, **more)
    return (item for page in pages for item in page["Items"])


def _write(dynamodb: Any, table: str, requests: Iterable[dict[str, Any]]) -> None:
    left = iter(requests)
    while chunk := list(islice(left, _CHUNK)):
        while chunk:
            answer = dynamodb.batch_write_item(RequestItems={table: chunk})
            chunk = answer.get("UnprocessedItems", {}).get(table, [])
