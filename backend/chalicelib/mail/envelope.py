"""A letter as an e-mail: text and HTML, the addresses, and the headers that say that a machine wrote it."""

from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from chalicelib.domain.errors import MailRefusedError
from chalicelib.letters.message import Message
from chalicelib.mail.address import needs_smtputf8, written

# Each line is ASCII and short, so that no server on the way has a reason to change it.
_TRANSFER = "quoted-printable"


def as_email(message: Message, sender: str, now: datetime) -> EmailMessage:
    """The e-mail of a letter, dated with the aware `now`; `sender` is an address, or a name with one in brackets.

    A second copy has the same Message-ID and letter id. Nothing in it tells us whether it was read. A resident's
    address that plain headers cannot write is left out of Reply-To. Raises MailRefusedError for a header of more than
    one line and for an address that is none.
    """
    to = written(message.to)
    email = EmailMessage(policy.SMTPUTF8 if needs_smtputf8(to) else policy.SMTP)
    for name, value in _headers(message, sender, now).items():
        email[name] = _on_one_line(value)
    email["To"] = to
    if reply_to := _answerable(message.reply_to, email):
        email["Reply-To"] = reply_to
    email.set_content(message.text, cte=_TRANSFER)
    email.add_alternative(message.html, subtype="html", cte=_TRANSFER)
    return email


def sending_address(sender: str) -> str:
    """The address alone, of a sender that may have a name before it."""
    return written(parseaddr(sender)[1]).addr_spec


def utc_now() -> datetime:
    """The aware time of day: what a letter is dated with where nobody moves the clock."""
    return datetime.now(UTC)


def _headers(message: Message, sender: str, now: datetime) -> dict[str, str]:
    domain = sending_address(sender).rpartition("@")[2]
    return {
        "From": sender,
        "Subject": message.subject,
        "Date": format_datetime(now),
        "Message-ID": f"<{message.id}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
        "X-CAI-Letter-Id": message.id,
        "X-CAI-Letter-Kind": message.kind,
    }


def _on_one_line(value: str) -> str:
    if value.splitlines() != [value]:
        raise MailRefusedError("a header of more than one line")
    return value


def _answerable(reply_to: str, email: EmailMessage) -> Address | None:
    address = written(reply_to)
    return None if needs_smtputf8(address) and email.policy is not policy.SMTPUTF8 else address
