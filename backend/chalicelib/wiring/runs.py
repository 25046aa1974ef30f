"""What runs by the clock or by an event, and how far behind it is."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib.domain.errors import ConfigurationError
from chalicelib.wiring import parts
from chalicelib.wiring.settings import mode, needed, now, site_url

if TYPE_CHECKING:
    from chalicelib.domain.session import SessionKind
    from chalicelib.usecases.deliver_letters import Counts
    from chalicelib.usecases.ports import Ledger, Post
    from chalicelib.usecases.post_room import PostRoom
    from chalicelib.usecases.session_ports import Listing
    from chalicelib.web.answer import Answer


def jobs() -> "Mapping[str, Callable[[], Counts]]":
    """The timed runs by name."""
    from chalicelib import jobs
    from chalicelib.programme import periods

    return {
        "remind": lambda: jobs.remind(parts.contacts(), parts.deletions(), periods.retention(), now()),
        "delete": lambda: jobs.delete(parts.deletions(), parts.rosters(), ledger(), now()),
        "tell": lambda: jobs.tell(parts.office(), now()),
        "deliver": lambda: jobs.deliver(_post_room(), now),
        "publish": lambda: jobs.publish(parts.sessions(), listing(), now(), _closed_kinds()),
    }


def count_due() -> int:
    """How many contacts and corrections the deletion job would remove now."""
    from chalicelib import jobs

    return jobs.delete(parts.deletions(), parts.rosters(), ledger(), now(), dry_run=True).get("due", 0)


def deliver_at_once(written: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    """Delivers because letters were written, and says to the stream from where to tell it again."""
    from chalicelib import jobs

    return jobs.deliver_at_once(_post_room(), now, written)


def take_back(event: Mapping[str, object]) -> "Counts":
    """Takes note of what an event of SES says of a letter."""
    from chalicelib import jobs
    from chalicelib.mail.ses_events import returned_tag

    return jobs.take_back(returned_tag(event), parts.contacts(), parts.outbox(), now())


def state_of_health() -> "Answer":
    from chalicelib.web.health import health

    return health(os.environ.get("CAI_BUILD", "local"), mode(), parts.outbox(), parts.deletions(), now())


@cache
def ledger() -> "Ledger":
    from chalicelib.programme import facts
    from chalicelib.storage.ledger import BucketLedger, FileLedger

    kind, _, place = needed("CAI_LEDGER").partition(":")
    if kind == "s3":
        return BucketLedger(parts.client("s3"), place)
    if kind == "file":
        return FileLedger(Path(place), timedelta(days=facts.load().number("privacy.ledger_kept_days")))
    raise ConfigurationError("CAI_LEDGER must start with s3: or file:")


@cache
def listing() -> "Listing":
    from chalicelib.storage.listing import BucketListing, FileListing
    from chalicelib.web.headers import SESSIONS, kept

    kind, _, place = needed("CAI_LISTING").partition(":")
    if place and kind == "s3":
        return BucketListing(parts.client("s3"), place, kept(SESSIONS))
    if place and kind == "file":
        return FileListing(Path(place))
    raise ConfigurationError("CAI_LISTING must be s3: and a bucket, or file: and a folder")


def _closed_kinds() -> "list[SessionKind]":
    from chalicelib.programme.intake import is_closed
    from chalicelib.usecases.sign_up import LISTED

    return [kind for kind in LISTED if is_closed(kind.value, mode())]


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
        needed("CAI_STAFF_MAIL"),
        needed("CAI_DPO_MAIL"),
        parts.keys().purpose("links"),
        parts.keys().purpose("sign-in"),
    )
    staff_mail = StaffMail(parts.limits(), digest_times(facts.load()), _staff_mails_an_hour())
    return PostRoom(
        parts.outbox(),
        parts.rosters(),
        parts.deletions(),
        writer.compose,
        _post(),
        staff_mail,
        writer,
        parts.sign_ins(),
    )


def _post() -> "Post":
    from chalicelib.mail import maildir, ses, smtp

    address, sender = needed("CAI_MAIL"), needed("CAI_MAIL_FROM")
    kind, _, place = address.partition(":")
    if kind == "ses":
        return ses.SesPost(parts.client("sesv2"), sender, now)
    if kind == "maildir":
        return maildir.MaildirPost(Path(place), sender, now)
    if kind.startswith("smtp"):
        return smtp.SmtpPost(address, sender, now)
    raise ConfigurationError("CAI_MAIL must start with ses:, smtp: or maildir:")


def _staff_mails_an_hour() -> int:
    """`CAI_STAFF_MAILS_AN_HOUR`: how many letters to staff go alone; the others are told together."""
    from chalicelib.usecases.limit_staff_mail import MOST_AN_HOUR

    given = os.environ.get("CAI_STAFF_MAILS_AN_HOUR") or str(MOST_AN_HOUR)
    if not given.isdecimal() or given == "0":
        raise ConfigurationError("CAI_STAFF_MAILS_AN_HOUR must be a number above zero")
    return int(given)
