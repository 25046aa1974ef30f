"""Events of SES as EventBridge hands them to the function, with plainly fictitious people.

Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html
"""

from typing import Any

_BOUNCE = {
    "bouncedRecipients": [
        {
            "emailAddress": "exempla@example.org",
            "action": "failed",
            "status": "5.1.1",
            "diagnosticCode": "smtp; 550 5.1.1 user unknown",
        }
    ],
    "timestamp": "2026-11-21T09:31:02.669Z",
    "feedbackId": "01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000",
    "reportingMTA": "dsn; mta.example.org",
}
_MORE: dict[str, tuple[str, dict[str, Any]]] = {
    "permanent bounce": (
        "Bounce",
        {"bounce": _BOUNCE | {"bounceType": "Permanent", "bounceSubType": "General"}},
    ),
    "suppressed": (
        "Bounce",
        {"bounce": _BOUNCE | {"bounceType": "Permanent", "bounceSubType": "OnAccountSuppressionList"}},
    ),
    "transient bounce": (
        "Bounce",
        {"bounce": _BOUNCE | {"bounceType": "Transient", "bounceSubType": "MailboxFull"}},
    ),
    "undetermined bounce": (
        "Bounce",
        {"bounce": _BOUNCE | {"bounceType": "Undetermined", "bounceSubType": "Undetermined"}},
    ),
    "complaint": (
        "Complaint",
        {
            "complaint": {
                "complainedRecipients": [{"emailAddress": "exempla@example.org"}],
                "timestamp": "2026-11-21T09:41:02.669Z",
                "feedbackId": "01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000",
                "userAgent": "Amazon SES Mailbox Simulator",
                "complaintFeedbackType": "abuse",
                "arrivalDate": "2026-11-21T09:41:02.669Z",
            }
        },
    ),
    "reject": ("Reject", {"reject": {"reason": "Bad content"}}),
    "delivery": (
        "Delivery",
        {
            "delivery": {
                "timestamp": "2026-11-21T09:31:00.000Z",
                "processingTimeMillis": 546,
                "recipients": ["exempla@example.org"],
                "smtpResponse": "250 ok:  Message 64111812 accepted",
                "reportingMTA": "mta.example.org",
            }
        },
    ),
}
_NAMES = {"Bounce": "Email Bounced", "Complaint": "Email Complaint Received", "Reject": "Email Rejected"}
CAME_BACK = ("permanent bounce", "suppressed", "complaint", "reject")
CHANGE_NOTHING = tuple(name for name in _MORE if name not in CAME_BACK)


def event(name: str, tag: str) -> dict[str, Any]:
    """What EventBridge hands over about the letter that was sent with `tag`."""
    kind, _ = _MORE[name]
    return {
        "version": "0",
        "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": _NAMES.get(kind, "Email Delivered"),
        "source": "aws.ses",
        "account": "123456789012",
        "time": "2026-11-21T09:31:03Z",
        "region": "eu-central-1",
        "resources": ["arn:aws:ses:eu-central-1:123456789012:configuration-set/letters"],
        "detail": detail(name, tag),
    }


def detail(name: str, tag: str) -> dict[str, Any]:
    """What SES itself says."""
    kind, more = _MORE[name]
    return {"eventType": kind, **more, "mail": _mail(tag)}


def _mail(tag: str) -> dict[str, Any]:
    return {
        "timestamp": "2026-11-21T09:30:00.012Z",
        "source": "CAI <letters@cai.example>",
        "sourceArn": "arn:aws:ses:eu-central-1:123456789012:identity/cai.example",
        "sendingAccountId": "123456789012",
        "messageId": "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
        "destination": ["exempla@example.org"],
        "headersTruncated": False,
        "headers": [
            {"name": "From", "value": "CAI <letters@cai.example>"},
            {"name": "To", "value": "exempla@example.org"},
            {"name": "Subject", "value": "CAI 7KQ2-M9XW: we have received your request"},
        ],
        "commonHeaders": {"from": ["CAI <letters@cai.example>"], "to": ["exempla@example.org"]},
        "tags": {
            "ses:configuration-set": ["letters"],
            "ses:source-ip": ["192.0.2.0"],
            "ses:from-domain": ["cai.example"],
            "letter-id": [tag],
            "kind": ["received"],
        },
    }
