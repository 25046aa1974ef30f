"""An event as SES sends it to EventBridge when a letter came back, so that one can try on one machine what follows."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from chalicelib.domain.letter import as_tag
from local.inbox import Letter

_ACCOUNT, _REGION = "123456789012", "eu-central-1"


def bounce(letter: Letter, now: datetime) -> dict[str, Any]:
    """The letter could not be delivered for good: there is no such mailbox. `now` is aware."""
    moment = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "Email Bounced",
        "source": "aws.ses",
        "account": _ACCOUNT,
        "time": moment,
        "region": _REGION,
        "resources": [f"arn:aws:ses:{_REGION}:{_ACCOUNT}:configuration-set/local"],
        "detail": {"eventType": "Bounce", "bounce": _bounce(letter, moment), "mail": _mail(letter, moment)},
    }


def _bounce(letter: Letter, moment: str) -> dict[str, Any]:
    said = "smtp; 550 5.1.1 user unknown"
    return {
        "bounceType": "Permanent",
        "bounceSubType": "General",
        "bouncedRecipients": [
            {"emailAddress": letter.to, "action": "failed", "status": "5.1.1", "diagnosticCode": said}
        ],
        "timestamp": moment,
        "feedbackId": str(uuid4()),
        "reportingMTA": "dns; mail.example.org",
    }


def _mail(letter: Letter, moment: str) -> dict[str, Any]:
    headers = [{"name": name, "value": value} for name, value in letter.headers]
    tags = {"letter-id": [as_tag(letter.id)], "kind": [as_tag(letter.kind)]}
    return {
        "timestamp": moment,
        "source": dict(letter.headers).get("From", ""),
        "sendingAccountId": _ACCOUNT,
        "messageId": str(uuid4()),
        "destination": [letter.to],
        "headersTruncated": False,
        "headers": headers,
        "tags": tags,
    }
