"""A store of each kind behind the same ports, and what a test must do to one that no use case does yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import uuid4

from chalicelib.domain.identity import Identity
from chalicelib.programme import periods
from chalicelib.storage import places, table
from chalicelib.storage.audit import DynamoAudit
from chalicelib.storage.contacts import DynamoContacts
from chalicelib.storage.deletions import DynamoDeletions
from chalicelib.storage.limits import DynamoLimits
from chalicelib.storage.outbox import DynamoOutbox
from chalicelib.storage.sessions import DynamoSessions
from chalicelib.storage.sign_ins import DynamoSignIns
from chalicelib.storage.worklist import DynamoWorklist
from chalicelib.usecases.admit import Office
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.desk_ports import Audit, SignIns, Worklist
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.ports import Deletions, Limits, Months, Outbox
from chalicelib.usecases.session_ports import Sessions
from tests.fakes.contacts import FakeContacts
from tests.fakes.deletions import FakeDeletions, FakeMonths
from tests.fakes.desk import AUDIT_KEPT, FakeAudit, FakeSignIns, FakeWorklist
from tests.fakes.limits import FakeLimits, FakeSeal
from tests.fakes.outbox import FakeOutbox
from tests.fakes.sessions import FakeSessions
from tests.fakes.store import FakeStore


@dataclass(frozen=True)
class Store:
    contacts: Contacts
    deletions: Deletions
    months: Months
    outbox: Outbox
    limits: Limits
    sessions: Sessions
    worklist: Worklist
    sign_ins: SignIns
    audit: Audit

    @property
    def rosters(self) -> Rosters:
        return Rosters(self.contacts, self.sessions)

    @property
    def office(self) -> Office:
        return Office(
            self.contacts, self.sessions, self.limits, FakeSeal(), Identity([b"pointers"]), periods.retention()
        )


def fake_store() -> Store:
    shared, audit = FakeStore(), FakeAudit()
    return Store(
        FakeContacts(shared),
        FakeDeletions(shared),
        FakeMonths(shared),
        FakeOutbox(shared),
        FakeLimits(shared),
        FakeSessions(shared),
        FakeWorklist(shared),
        FakeSignIns(shared, audit),
        audit,
    )


def new_table(client: Any, looked_on: str | None = "2026-11-20", items: Sequence[Any] = ()) -> str:
    """A table with these items; the jobs have looked through it up to a day, unless that is None."""
    name = f"cai-{uuid4().hex}"
    table.create(client, name)
    jobs = ("deliver", "forget") if looked_on else ()
    days = [{"pk": {"S": f"JOB#{job}"}, "sk": {"S": "JOB"}, "day": {"S": looked_on}} for job in jobs]
    requests = ({"PutRequest": {"Item": item}} for item in (*days, *items))
    while chunk := list(islice(requests, 25)):
        client.batch_write_item(RequestItems={name: chunk})
    return name


def dynamo_store(client: Any, name: str) -> Store:
    deletions, audit = DynamoDeletions(client, name), DynamoAudit(client, name, AUDIT_KEPT)
    return Store(
        DynamoContacts(client, name),
        deletions,
        deletions,
        DynamoOutbox(client, name),
        DynamoLimits(client, name, b"limits"),
        DynamoSessions(client, name),
        DynamoWorklist(client, name),
        DynamoSignIns(client, name, audit),
        audit,
    )


def rows(client: Any, name: str) -> list[dict[str, Any]]:
    """Everything that the table holds."""
    pages = client.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
    return [item for page in pages for item in page["Items"]]


def kept(client: Any, name: str) -> list[dict[str, Any]]:
    """The same without what was removed and only waits for the deletion job."""
    return [item for item in rows(client, name) if item.get("due_key") != {"S": places.REMOVED}]


def kinds(client: Any, name: str) -> list[str]:
    """The first word of the sort key of each item that belongs to somebody, sorted."""
    words = (item["sk"]["S"].partition("#")[0] for item in kept(client, name))
    return sorted(word for word in words if word not in ("JOB", "LIMIT"))
