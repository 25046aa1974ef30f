"""A store of each kind behind the same ports, and what a test must do to one that no use case does yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from chalicelib.domain.identity import Identity
from chalicelib.domain.retention import Retention
from chalicelib.storage import table
from chalicelib.storage.contacts import DynamoContacts
from chalicelib.storage.limits import DynamoLimits
from chalicelib.storage.outbox import DynamoOutbox
from chalicelib.usecases.ports import Contacts, Limits, Outbox
from chalicelib.usecases.request_appointment import Office
from tests.fakes import FakeContacts, FakeLimits, FakeOutbox, FakeSeal, FakeStore


@dataclass(frozen=True)
class Store:
    contacts: Contacts
    outbox: Outbox
    limits: Limits
    begin_deletion: Callable[[str], Any]

    @property
    def office(self) -> Office:
        years = {"never_took_part": 1, "took_part": 1}
        return Office(self.contacts, self.limits, FakeSeal(), Identity([b"pointers"]), Retention(years))


def fake_store() -> Store:
    shared = FakeStore()
    return Store(FakeContacts(shared), FakeOutbox(shared), FakeLimits(), shared.deleting.add)


def new_table(client: Any, looked_on: str | None = "2026-11-20") -> str:
    """A table; the outbox has been looked through up to a day, since its very first look takes long."""
    name = f"cai-{uuid4().hex}"
    table.create(client, name)
    if looked_on:
        job = {"pk": {"S": "JOB#deliver"}, "sk": {"S": "JOB"}, "day": {"S": looked_on}}
        client.put_item(TableName=name, Item=job)
    return name


def dynamo_store(client: Any, name: str) -> Store:
    def begin_deletion(contact_id: str) -> None:
        client.update_item(
            TableName=name,
            Key={"pk": {"S": f"CONTACT#{contact_id}"}, "sk": {"S": "CONTACT"}},
            UpdateExpression="SET deleting = :true",
            ExpressionAttributeValues={":true": {"BOOL": True}},
        )

    return Store(
        DynamoContacts(client, name), DynamoOutbox(client, name), DynamoLimits(client, name, b"limits"), begin_deletion
    )


def rows(client: Any, name: str) -> list[dict[str, Any]]:
    """Everything that the table holds."""
    pages = client.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
    return [item for page in pages for item in page["Items"]]


def kinds(client: Any, name: str) -> list[str]:
    """The first word of the sort key of each item that belongs to somebody, sorted."""
    words = (item["sk"]["S"].partition("#")[0] for item in rows(client, name))
    return sorted(word for word in words if word not in ("JOB", "LIMIT"))
