"""Hands letters to Amazon SES."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.errors import MailLaterError, MailRefusedError, MailStoppedError
from chalicelib.domain.letter import as_tag
from chalicelib.letters.message import Message
from chalicelib.mail.address import needs_smtputf8, written
from chalicelib.mail.envelope import as_email, sending_address

# What SES says, and whether it is about this letter or about us. What is not named here may pass: throttling, an
# exhausted quota, a fault of the service, a connection that broke.
# https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
_FAILURES = {
    "MessageRejected": MailRefusedError,
    "BadRequestException": MailRefusedError,
    "InvalidParameterValue": MailRefusedError,
    "ValidationException": MailRefusedError,
    "ParamValidationError": MailRefusedError,
    "AccountSuspendedException": MailStoppedError,
    "SendingPausedException": MailStoppedError,
    "MailFromDomainNotVerifiedException": MailStoppedError,
    "AccessDenied": MailStoppedError,
    "AccessDeniedException": MailStoppedError,
    "NotFoundException": MailStoppedError,
    "InvalidClientTokenId": MailStoppedError,
    "UnrecognizedClientException": MailStoppedError,
    "SignatureDoesNotMatch": MailStoppedError,
    "NoCredentialsError": MailStoppedError,
    "NoRegionError": MailStoppedError,
}
# What SES says as MessageRejected of a sender who has yet to be verified, and in its sandbox of who would receive.
_NOT_VERIFIED = "Email address is not verified"


class SesClient(Protocol):
    """What we need of the SDK's client for sesv2."""

    def send_email(self, **request: object) -> object: ...


@dataclass(frozen=True)
class SesPost:
    """Sends through SES as `sender`; an event about a letter (a bounce) carries its id and kind as tags."""

    client: SesClient
    sender: str
    clock: Callable[[], datetime]

    def send(self, message: Message) -> None:
        """Raises MailLaterError, MailRefusedError or MailStoppedError with the code that SES gave, and no address."""
        request = self._request(message)
        try:
            self.client.send_email(**request)
        except (ClientError, BotoCoreError) as refused:
            # The original names the address; a log must not.
            raise self._kind_of(refused)(f"SES: {_code(refused)}") from None

    def _kind_of(self, refused: ClientError | BotoCoreError) -> type[Exception]:
        if _NOT_VERIFIED in str(refused):
            sender = sending_address(self.sender).addr_spec
            return MailStoppedError if sender.casefold() in str(refused).casefold() else MailLaterError
        return _FAILURES.get(_code(refused), MailLaterError)

    def _request(self, message: Message) -> dict[str, object]:
        to = written(message.to)
        if needs_smtputf8(to):
            raise MailRefusedError("SES: no SMTPUTF8")
        return {
            "FromEmailAddress": sending_address(self.sender).addr_spec,
            "Destination": {"ToAddresses": [to.addr_spec]},
            "Content": {"Raw": {"Data": as_email(message, self.sender, self.clock()).as_bytes()}},
            "EmailTags": [_tag("letter-id", message.id), _tag("kind", message.kind)],
        }


def _tag(name: str, value: str) -> dict[str, str]:
    return {"Name": name, "Value": as_tag(value)}


def _code(refused: ClientError | BotoCoreError) -> str:
    if isinstance(refused, ClientError):
        return str(refused.response.get("Error", {}).get("Code", "unknown"))
    return type(refused).__name__
