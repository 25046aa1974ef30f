"""Builds the real parts from the environment, each when first needed; only app.py, office.py and local/ come here."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from chalicelib.domain.errors import ConfigurationError, StoreBusyError

if TYPE_CHECKING:
    from chalicelib.domain.session import SessionKind
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
    from chalicelib.usecases.deliver_letters import Counts
    from chalicelib.usecases.desk import BackOffice
    from chalicelib.usecases.give_up_place import Rosters
    from chalicelib.usecases.ports import Ledger, Post
    from chalicelib.usecases.post_room import PostRoom
    from chalicelib.usecases.record_for_contact import Records
    from chalicelib.usecases.session_ports import Listing
    from chalicelib.usecases.sign_in import Door
    from chalicelib.web.answer import Answer
    from chalicelib.web.appointments import Appointments
    from chalicelib.web.checker import CheckerDesk
    from chalicelib.web.desk.desk import Desk
    from chalicelib.web.desk.sign_in import SignIn
    from chalicelib.web.invitations import Invitations
    from chalicelib.web.links import LinkDesk
    from chalicelib.web.own_page import OwnPage
    from chalicelib.web.pages import Pages
    from chalicelib.web.receipts import Receipts
    from chalicelib.web.sessions import Dates
    from chalicelib.web.sign_ups import SignUps


def _needed(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ConfigurationError(f"{name} is not set")
    return value


def mode() -> str:
    """demonstration, closed or open: `CAI_MODE`, or what facts.toml says."""
    from chalicelib.programme import intake

    return intake.chosen(os.environ.get("CAI_MODE"))


def site_url() -> str:
    """The address of the site, without a slash at its end: `CAI_SITE_URL`."""
    url = _needed("CAI_SITE_URL").rstrip("/")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise ConfigurationError("CAI_SITE_URL must be an address such as https://forum-cai.example")
    return url


def origin_secret() -> str:
    """What the edge shows: `CAI_ORIGIN_SECRET`; empty on one machine, where nobody can come round it."""
    return os.environ.get("CAI_ORIGIN_SECRET", "")


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


@cache
def _keys() -> "Keys":
    from chalicelib.storage.keys import load_keys

    return load_keys(_needed("CAI_KEYS"), lambda: _client("ssm"))


@cache
def _contacts() -> "DynamoContacts":
    from chalicelib.storage.contacts import DynamoContacts

    return DynamoContacts(_client("dynamodb"), _needed("CAI_TABLE"))


@cache
def sessions() -> "DynamoSessions":
    from chalicelib.storage.sessions import DynamoSessions

    return DynamoSessions(_client("dynamodb"), _needed("CAI_TABLE"))


def rosters() -> "Rosters":
    """The sessions, and the contacts that stand in their rosters."""
    from chalicelib.usecases.give_up_place import Rosters

    return Rosters(_contacts(), sessions())


@cache
def outbox() -> "DynamoOutbox":
    from chalicelib.storage.outbox import DynamoOutbox

    return DynamoOutbox(_client("dynamodb"), _needed("CAI_TABLE"))


@cache
def _deletions() -> "DynamoDeletions":
    from chalicelib.storage.deletions import DynamoDeletions

    return DynamoDeletions(_client("dynamodb"), _needed("CAI_TABLE"))


@cache
def _ledger() -> "Ledger":
    from chalicelib.programme import facts
    from chalicelib.storage.ledger import BucketLedger, FileLedger

    kind, _, place = _needed("CAI_LEDGER").partition(":")
    if kind == "s3":
        return BucketLedger(_client("s3"), place)
    if kind == "file":
        return FileLedger(Path(place), timedelta(days=facts.load().number("privacy.ledger_kept_days")))
    raise ConfigurationError("CAI_LEDGER must start with s3: or file:")


@cache
def _listing() -> "Listing":
    from chalicelib.storage.listing import BucketListing, FileListing
    from chalicelib.web.headers import SESSIONS, kept

    kind, _, place = _needed("CAI_LISTING").partition(":")
    if place and kind == "s3":
        return BucketListing(_client("s3"), place, kept(SESSIONS))
    if place and kind == "file":
        return FileListing(Path(place))
    raise ConfigurationError("CAI_LISTING must be s3: and a bucket, or file: and a folder")


def _closed_kinds() -> "list[SessionKind]":
    from chalicelib.programme.intake import is_closed
    from chalicelib.usecases.sign_up import LISTED

    return [kind for kind in LISTED if is_closed(kind.value, mode())]


@cache
def _audit() -> "DynamoAudit":
    from chalicelib.programme import facts
    from chalicelib.storage.audit import DynamoAudit

    kept = timedelta(days=facts.load().number("privacy.audit_kept_days"))
    return DynamoAudit(_client("dynamodb"), _needed("CAI_TABLE"), kept)


@cache
def _sign_ins() -> "DynamoSignIns":
    from chalicelib.storage.sign_ins import DynamoSignIns

    return DynamoSignIns(_client("dynamodb"), _needed("CAI_TABLE"), _audit())


def _seal() -> "KmsSeal | FileKeySeal":
    from chalicelib.storage.seal import FileKeySeal, KmsSeal

    if key := os.environ.get("CAI_KMS_KEY"):
        return KmsSeal(lambda: _client("kms"), key)
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
def _limits() -> "DynamoLimits":
    from chalicelib.storage.limits import DynamoLimits

    return DynamoLimits(_client("dynamodb"), _needed("CAI_TABLE"), _keys().purpose("limits")[0])


@cache
def office() -> "Office":
    """Where requests are kept, and under which rules."""
    from chalicelib.domain.identity import Identity
    from chalicelib.programme import periods
    from chalicelib.usecases.admit import Office

    return Office(
        _contacts(),
        sessions(),
        _limits(),
        _seal(),
        Identity(_keys().purpose("pointers")),
        periods.retention(),
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


def dates() -> "Dates":
    """The dates of sessions."""
    from chalicelib.web.sessions import Dates

    return Dates(pages(), sessions)


def sign_ups() -> "SignUps":
    """The desk that takes sign-ups for sessions."""
    from chalicelib.web.sign_ups import SignUps

    return SignUps(site_url(), pages(), receipts, office)


def checker() -> "CheckerDesk":
    """The checker of who could sign, for people without JavaScript."""
    from chalicelib.web.checker import CheckerDesk

    return CheckerDesk(site_url(), pages())


def own_page() -> "OwnPage":
    """A resident's own page, reached by the link in each letter."""
    from chalicelib.web.own_page import OwnPage

    return OwnPage(site_url(), pages(), office, _keys().purpose("links"))


def invitations() -> "Invitations":
    """The page of a personal invitation to an orientation day."""
    from chalicelib.web.invitations import Invitations

    return Invitations(site_url(), pages(), office, _keys().purpose("links"))


def _desk_users() -> frozenset[str]:
    """Who may sign in at the desk, in small letters: the addresses in `CAI_DESK_USERS`, separated by commas."""
    from chalicelib.domain.errors import MailRefusedError
    from chalicelib.mail.address import written

    users = [each.strip().casefold() for each in _needed("CAI_DESK_USERS").split(",")]
    try:
        return frozenset(user for user in users if written(user))
    except MailRefusedError:
        raise ConfigurationError("CAI_DESK_USERS must be mail addresses, separated by commas") from None


def _door() -> "Door":
    from chalicelib.usecases.sign_in import Door

    return Door(_desk_users(), _sign_ins(), office().limits, _keys().purpose("sign-in"))


def _back_office() -> "BackOffice":
    from chalicelib.storage.worklist import DynamoWorklist
    from chalicelib.usecases.desk import BackOffice

    worklist = DynamoWorklist(_client("dynamodb"), _needed("CAI_TABLE"))
    return BackOffice(office(), outbox(), worklist, _audit(), _deletions())


def unseal(event: "Mapping[str, str]") -> dict[str, str]:
    """Opens a social security number for the session whose secret the event holds; in a function of its own."""
    from chalicelib.usecases.unseal_matricule import Vault, unseal_matricule

    vault = Vault(_door(), _contacts(), _audit(), _seal())
    return {"matricule": unseal_matricule(event["reference"], event["secret"], vault, clock()())}


def _unsealer() -> "Callable[[str, str], str]":
    """How the desk asks for it: `CAI_UNSEAL` names the function; on one machine it is called as it is."""
    from chalicelib.storage.seal import Unsealer

    if function := os.environ.get("CAI_UNSEAL"):
        return Unsealer(lambda: _client("lambda"), function)
    return lambda reference, secret: unseal({"reference": reference, "secret": secret})["matricule"]


def sign_in() -> "SignIn":
    """The door of the staff desk."""
    from chalicelib.web.desk.sign_in import SignIn

    return SignIn(site_url(), pages(), _door)


def desk() -> "Desk":
    """The staff desk, for who is signed in."""
    from chalicelib.web.desk.desk import Desk

    return Desk(site_url(), pages(), _door, _back_office, _unsealer())


def link_desk() -> "LinkDesk":
    """The desk that sends the link to the own page again."""
    from chalicelib.web.links import LinkDesk

    return LinkDesk(site_url(), pages(), office)


def state_of_health() -> "Answer":
    from chalicelib.web.health import health

    return health(os.environ.get("CAI_BUILD", "local"), mode(), outbox(), _deletions(), clock()())


@cache
def _post_room() -> "PostRoom":
    from chalicelib.letters.writer import Writer
    from chalicelib.programme import facts
    from chalicelib.programme.staff_mail import digest_times
    from chalicelib.usecases.limit_staff_mail import StaffMail
    from chalicelib.usecases.post_room import PostRoom

    writer = Writer(
        facts.load(),
        site_url(),
        mode(),
        _needed("CAI_STAFF_MAIL"),
        _needed("CAI_DPO_MAIL"),
        _keys().purpose("links"),
        _keys().purpose("sign-in"),
    )
    staff_mail = StaffMail(_limits(), digest_times(facts.load()), _staff_mails_an_hour())
    return PostRoom(outbox(), rosters(), _deletions(), writer.compose, _post(), staff_mail, writer, _sign_ins())


def _staff_mails_an_hour() -> int:
    """`CAI_STAFF_MAILS_AN_HOUR`: how many letters to staff go alone; the others are told together."""
    from chalicelib.usecases.limit_staff_mail import MOST_AN_HOUR

    given = os.environ.get("CAI_STAFF_MAILS_AN_HOUR") or str(MOST_AN_HOUR)
    if not given.isdecimal() or given == "0":
        raise ConfigurationError("CAI_STAFF_MAILS_AN_HOUR must be a number above zero")
    return int(given)


def jobs() -> "Mapping[str, Callable[[], Counts]]":
    """The timed runs by name."""
    from chalicelib import jobs as runs
    from chalicelib.programme import periods

    return {
        "remind": lambda: runs.remind(_contacts(), _deletions(), periods.retention(), clock()),
        "delete": lambda: runs.delete(_deletions(), rosters(), _ledger(), clock()),
        "tell": lambda: runs.tell(office(), clock()),
        "deliver": lambda: runs.deliver(_post_room(), clock()),
        "publish": lambda: runs.publish(sessions(), _listing(), clock(), _closed_kinds()),
    }


def deliver_at_once(written: "Sequence[str]") -> "dict[str, list[dict[str, str]]]":
    """Delivers because letters were written, and says to the stream from where to tell it again."""
    from chalicelib import jobs as runs

    return runs.deliver_at_once(_post_room(), clock(), written)


def take_back(event: "Mapping[str, object]") -> "Counts":
    """Takes note of what an event of SES says of a letter."""
    from chalicelib import jobs as runs
    from chalicelib.mail.ses_events import returned_tag

    return runs.take_back(returned_tag(event), _contacts(), outbox(), clock())


def records() -> "Records":
    """Where staff record participation and signature, and look what is due."""
    from chalicelib.programme import periods
    from chalicelib.usecases.record_for_contact import Records

    return Records(_contacts(), periods.retention(), clock())


def count_due() -> int:
    """How many contacts and corrections the deletion job would remove now."""
    from chalicelib import jobs as runs

    return runs.delete(_deletions(), rosters(), _ledger(), clock(), dry_run=True).get("due", 0)
