"""Builds the real parts from the environment, each when first needed; only app.py, office.py and local/ come here."""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from chalicelib.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from chalicelib.storage.contacts import DynamoContacts
    from chalicelib.storage.keys import Keys
    from chalicelib.storage.outbox import DynamoOutbox
    from chalicelib.usecases.deliver_letters import Counts, PostRoom
    from chalicelib.usecases.ports import Post, Seal
    from chalicelib.usecases.request_appointment import Office
    from chalicelib.web.answer import Answer
    from chalicelib.web.appointments import Appointments
    from chalicelib.web.pages import Pages
    from chalicelib.web.receipts import Receipts

MODES = ("demonstration", "closed", "open")


def _needed(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ConfigurationError(f"{name} is not set")
    return value


def mode() -> str:
    """demonstration, closed or open: `CAI_MODE`, or what facts.toml says."""
    from chalicelib.programme import facts

    named = os.environ.get("CAI_MODE") or str(facts.load().settings["intake"]["mode"])
    if named not in MODES:
        raise ConfigurationError(f"CAI_MODE is {named}; it must be one of {', '.join(MODES)}")
    return named


def site_url() -> str:
    """The address of the site, without a slash at its end: `CAI_SITE_URL`."""
    url = _needed("CAI_SITE_URL").rstrip("/")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise ConfigurationError("CAI_SITE_URL must be an address such as https://forum-cai.example")
    return url


def clock() -> Callable[[], datetime]:
    """The aware time of day in UTC; a demonstration may move it by the seconds in the file that `CAI_CLOCK` names."""
    moved = os.environ.get("CAI_CLOCK")
    if not moved:
        return lambda: datetime.now(UTC)
    if mode() != "demonstration":
        raise ConfigurationError("CAI_CLOCK moves the clock of a demonstration only")
    return lambda: datetime.now(UTC) + _offset(Path(moved))


def _offset(file: Path) -> timedelta:
    try:
        return timedelta(seconds=float(file.read_text("ascii")))
    except FileNotFoundError:
        return timedelta()


@cache
def _client(service: str) -> Any:
    """A client of the SDK. Creating one is most of a cold start, so each waits until it is needed."""
    import boto3
    from botocore.config import Config

    # The use cases repeat what fails, and know for how long; a mail may be sent twice if we stop listening too soon.
    listening = 2 if service == "dynamodb" else 10
    patience = Config(connect_timeout=1, read_timeout=listening, retries={"total_max_attempts": 1})
    return boto3.client(service, config=patience)


@cache
def _keys() -> "Keys":
    from chalicelib.storage.keys import load_keys

    return load_keys(_needed("CAI_KEYS"), lambda: _client("ssm"))


@cache
def _contacts() -> "DynamoContacts":
    from chalicelib.storage.contacts import DynamoContacts

    return DynamoContacts(_client("dynamodb"), _needed("CAI_TABLE"))


@cache
def outbox() -> "DynamoOutbox":
    from chalicelib.storage.outbox import DynamoOutbox

    return DynamoOutbox(_client("dynamodb"), _needed("CAI_TABLE"))


def _seal() -> "Seal":
    from chalicelib.storage.seal import FileKeySeal, KmsSeal

    if key := os.environ.get("CAI_KMS_KEY"):
        return KmsSeal(_client("kms"), key)
    return FileKeySeal(_keys().purpose("seal")[0])


def _post() -> "Post":
    from chalicelib.mail import maildir, ses, smtp

    address, sender = _needed("CAI_MAIL"), _needed("CAI_MAIL_FROM")
    kind, _, place = address.partition(":")
    if kind == "ses":
        return ses.SesPost(_client("sesv2"), sender, clock())
    if kind == "maildir":
        return maildir.MaildirPost(Path(place), sender, clock())
    if kind.startswith("smtp"):
        return smtp.SmtpPost(address, sender, clock())
    raise ConfigurationError("CAI_MAIL must start with ses:, smtp: or maildir:")


@cache
def office() -> "Office":
    """Where requests are kept, and under which rules."""
    from chalicelib.domain.identity import Identity
    from chalicelib.domain.retention import Retention
    from chalicelib.programme import periods
    from chalicelib.storage.limits import DynamoLimits
    from chalicelib.usecases.request_appointment import Office

    return Office(
        _contacts(),
        DynamoLimits(_client("dynamodb"), _needed("CAI_TABLE"), _keys().purpose("limits")[0]),
        _seal(),
        Identity(_keys().purpose("pointers")),
        Retention(periods.years()),
    )


@cache
def pages() -> "Pages":
    from chalicelib.web.pages import Pages

    return Pages(mode())


@cache
def receipts() -> "Receipts":
    from chalicelib.web.receipts import Receipts

    return Receipts(_keys().purpose("links"))


def appointments() -> "Appointments":
    """The desk that takes appointment forms."""
    from chalicelib.web.appointments import Appointments

    return Appointments(site_url(), pages(), receipts, office)


def state_of_health() -> "Answer":
    from chalicelib.web.health import health

    return health(os.environ.get("CAI_BUILD", "local"), mode(), outbox(), clock()())


@cache
def _post_room() -> "PostRoom":
    from chalicelib.letters.writer import Writer
    from chalicelib.programme import facts
    from chalicelib.usecases.deliver_letters import PostRoom

    writer = Writer(facts.load(), site_url(), mode(), _needed("CAI_STAFF_MAIL"))
    return PostRoom(outbox(), _contacts(), writer.compose, _post())


def jobs() -> "Mapping[str, Callable[[], Counts]]":
    """The timed runs by name."""
    from chalicelib import jobs as runs

    return {"deliver": lambda: runs.deliver(_post_room(), clock())}
