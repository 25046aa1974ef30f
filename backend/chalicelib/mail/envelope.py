"""A letter as an e-mail: text, HTML, files, addresses, and headers that say that a machine wrote it."""

from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from chalicelib.domain.errors import ConfigurationError, MailRefusedError
from chalicelib.letters.message import CalendarFile, Message
from chalicelib.mail.address import needs_smtputf8, written

# Each line is ASCII and short, so that no server on the way has a reason to change it.
_TRANSFER = "quoted-printable"


def as_email(message: Message, sender: str, now: datetime) -> EmailMessage:
    """The e-mail of a letter, dated with the aware `now`; `sender` is an address, or a name with one in brackets.

    A second copy has the same Message-ID, which SES replaces as it does Date, and the same letter id. Nothing in it
    tells us whether it was read. A Reply-To that cannot be written is left out: staff read the address in the letter.
    Raises MailRefusedError for a header of more than one line and for a `to` that is no address.
    """
    to = written(message.to)
    email = EmailMessage(policy.SMTPUTF8 if needs_smtputf8(to) else policy.SMTP)
    # First the content: setting it drops every header that says something about content, Content-Language too.
    email.set_content(message.text, cte=_TRANSFER)
    email.add_alternative(message.html, subtype="html", cte=_TRANSFER)
    for file in message.calendars:
        _attach(file, email)
    for document in message.documents:
        email.add_attachment(document.content, maintype="application", subtype="pdf", filename=document.name)
    email["From"] = sent_by = sending_address(sender)
    email["To"] = to
    for name, value in _headers(message, sent_by.domain, now).items():
        email[name] = _on_one_line(value)
    if reply_to := _answerable(message.reply_to, email):
        email["Reply-To"] = reply_to
    return email


def sending_address(sender: str) -> Address:
    """Who sends: an address, or a name with one in brackets. Raises ConfigurationError for anything else."""
    name, address = parseaddr(sender)
    try:
        plain = written(address)
    except MailRefusedError:
        raise ConfigurationError("CAI_MAIL_FROM must be an address, or a name with one in brackets") from None
    return Address(name, plain.username, plain.domain)


def _attach(file: CalendarFile, email: EmailMessage) -> None:
    # In base64 its lines keep the ends that RFC 5545 asks for, whatever a Maildir or a server does to those around.
    email.add_attachment(
        file.content, subtype="calendar", cte="base64", filename=file.name, params={"method": file.method}
    )


def _headers(message: Message, domain: str, now: datetime) -> dict[str, str]:
    return {
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
    try:
        address = written(reply_to)
    except MailRefusedError:
        return None
    return None if needs_smtputf8(address) and email.policy is not policy.SMTPUTF8 else address
