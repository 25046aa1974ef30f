"""Hands letters to an SMTP server."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from chalicelib.domain.errors import ConfigurationError, MailLaterError, MailRefusedError, MailStoppedError
from chalicelib.letters.message import Message
from chalicelib.mail.address import needs_smtputf8, written
from chalicelib.mail.envelope import as_email, sending_address

PATIENCE = timedelta(seconds=15)
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}

# What a lasting failure is about: this letter, or us. A code of 4xx, and what is not named here, may pass.
_LASTING: dict[type[Exception], type[Exception]] = {
    smtplib.SMTPRecipientsRefused: MailRefusedError,
    smtplib.SMTPDataError: MailRefusedError,
    smtplib.SMTPSenderRefused: MailStoppedError,
    smtplib.SMTPAuthenticationError: MailStoppedError,
    smtplib.SMTPHeloError: MailStoppedError,
    smtplib.SMTPNotSupportedError: MailStoppedError,
    ssl.SSLCertVerificationError: MailStoppedError,
}


@dataclass(frozen=True)
class SmtpPost:
    """Sends as `sender`, one connection a letter.

    `url` is smtp://, smtps:// or smtp+starttls://user:password@host:port; a certificate is always checked.
    """

    url: str
    sender: str
    clock: Callable[[], datetime]
    patience: timedelta = PATIENCE

    def send(self, message: Message) -> None:
        """Raises MailLaterError, MailRefusedError or MailStoppedError with the server's code, and no address.

        Raises ConfigurationError for a `url` that cannot be read.
        """
        email, server = as_email(message, self.sender, self.clock()), _server(self.url)
        try:
            with _connected(server, self.patience) as connection:
                _hand_over(email, sending_address(self.sender).addr_spec, message.to, connection)
        except (smtplib.SMTPException, OSError) as refused:
            # The original names the address; a log must not.
            raise _sorted(refused) from None


def _server(url: str) -> SplitResult:
    with suppress(ValueError):
        server = urlsplit(url)
        if server.scheme in _PORTS and server.hostname and server.port != 0:
            return server
    raise ConfigurationError("CAI_MAIL must be smtp://, smtps:// or smtp+starttls:// with user:password@host:port")


@contextmanager
def _connected(server: SplitResult, patience: timedelta) -> Iterator[smtplib.SMTP]:
    connection = _open(server, patience)
    try:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        yield connection
    finally:
        # By now the letter is taken or it is not: how we part changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()


def _open(server: SplitResult, patience: timedelta) -> smtplib.SMTP:
    host, port, seconds = server.hostname or "", server.port or _PORTS[server.scheme], patience.total_seconds()
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=seconds, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=seconds)


def _hand_over(email: EmailMessage, sender: str, to: str, connection: smtplib.SMTP) -> None:
    recipient = written(to)
    connection.ehlo_or_helo_if_needed()
    if needs_smtputf8(recipient) and not connection.has_extn("smtputf8"):
        raise MailRefusedError("SMTP: no SMTPUTF8")
    connection.send_message(email, sender, [recipient.addr_spec])


def _sorted(refused: Exception) -> Exception:
    code = _code(refused)
    lasting = code is None or code >= 500
    kind = _LASTING.get(type(refused), MailLaterError) if lasting else MailLaterError
    return kind(f"SMTP: {code or type(refused).__name__}")


def _code(refused: Exception) -> int | None:
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in refused.recipients.values())
    return refused.smtp_code if isinstance(refused, smtplib.SMTPResponseException) else None
