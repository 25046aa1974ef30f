"""The parts that more than one of the other modules build with: the SDK, the stores, the office, the pages."""

import os
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import StoreBusyError
from chalicelib.wiring.settings import mode, needed

if TYPE_CHECKING:
    from chalicelib.storage.audit import DynamoAudit
    from chalicelib.storage.contacts import DynamoContacts
    from chalicelib.storage.deletions import DynamoDeletions
    from chalicelib.storage.keys import Keys
    from chalicelib.storage.limits import DynamoLimits
    from chalicelib.storage.outbox import DynamoOutbox
    from chalicelib.storage.seal import FileKeySeal, KmsSeal
    from chalicelib.storage.sessions import DynamoSessions
    from chalicelib.storage.sign_ins import DynamoSignIns
    from chalicelib.usecases.admit import Office
    from chalicelib.usecases.give_up_place import Rosters
    from chalicelib.web.pages import Pages


@cache
def client(service: str) -> Any:
    """A client of the SDK. Creating one is most of a cold start, so each waits until it is needed."""
    if service == "dynamodb" and os.environ.get("CAI_RESTORING"):
        raise StoreBusyError("the table is being restored (CAI_RESTORING)")
    import boto3
    from botocore.config import Config

    return boto3.client(service, config=Config(**client_settings(service)))


def client_settings(service: str) -> dict[str, Any]:
    """What botocore's Config is told for a client of this service."""
    # The use cases repeat what fails, and know for how long; a mail may be sent twice if we stop listening too soon.
    settings = {"connect_timeout": 1, "read_timeout": 10, "retries": {"total_max_attempts": 1}}
    # What the stores ask is checked by DynamoDB; checking it here as well, and finding out each time on what machine
    # this runs, would be a quarter of the work.
    quick = {"read_timeout": 2, "parameter_validation": False, "user_agent": "forum-cai"}
    return settings | (quick if service == "dynamodb" else {})


def table() -> tuple[Any, str]:
    """The client and the name of the table: what each store is built with."""
    return client("dynamodb"), needed("CAI_TABLE")


@cache
def keys() -> "Keys":
    from chalicelib.storage.keys import load_keys

    return load_keys(needed("CAI_KEYS"), lambda: client("ssm"))


@cache
def contacts() -> "DynamoContacts":
    from chalicelib.storage.contacts import DynamoContacts

    return DynamoContacts(*table())


@cache
def sessions() -> "DynamoSessions":
    from chalicelib.storage.sessions import DynamoSessions

    return DynamoSessions(*table())


def rosters() -> "Rosters":
    """The sessions, and the contacts that stand in their rosters."""
    from chalicelib.usecases.give_up_place import Rosters

    return Rosters(contacts(), sessions())


@cache
def outbox() -> "DynamoOutbox":
    from chalicelib.storage.outbox import DynamoOutbox

    return DynamoOutbox(*table())


@cache
def deletions() -> "DynamoDeletions":
    from chalicelib.storage.deletions import DynamoDeletions

    return DynamoDeletions(*table())


@cache
def limits() -> "DynamoLimits":
    from chalicelib.storage.limits import DynamoLimits

    return DynamoLimits(*table(), keys().purpose("limits")[0])


@cache
def audit() -> "DynamoAudit":
    from chalicelib.programme import facts
    from chalicelib.storage.audit import DynamoAudit

    return DynamoAudit(*table(), timedelta(days=facts.load().number("privacy.audit_kept_days")))


@cache
def sign_ins() -> "DynamoSignIns":
    from chalicelib.storage.sign_ins import DynamoSignIns

    return DynamoSignIns(*table(), audit())


def seal() -> "KmsSeal | FileKeySeal":
    from chalicelib.storage.seal import FileKeySeal, KmsSeal

    if key := os.environ.get("CAI_KMS_KEY"):
        return KmsSeal(lambda: client("kms"), key)
    return FileKeySeal(keys().purpose("seal")[0])


@cache
def office() -> "Office":
    """Where requests are kept, and under which rules."""
    from chalicelib.domain.identity import Identity
    from chalicelib.programme import periods
    from chalicelib.usecases.admit import Office

    identity = Identity(keys().purpose("pointers"))
    return Office(contacts(), sessions(), limits(), seal(), identity, periods.retention())


@cache
def pages() -> "Pages":
    from chalicelib.web.pages import Pages

    return Pages(mode())
