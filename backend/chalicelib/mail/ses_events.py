"""What Amazon SES says of a letter after it took it, in events that hold addresses."""

from collections.abc import Mapping
from typing import Any


def returned_tag(event: Mapping[str, Any]) -> str | None:
    """The tag of the letter that came back for good, was reported as unwanted, or was not sent on after all.

    None for every other event, one that we cannot read included: a letter that is only late may still arrive.
    Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
    """
    try:
        tag = event["mail"]["tags"]["letter-id"][0] if _is_end(event) else None
    except (LookupError, TypeError):
        return None
    return tag if isinstance(tag, str) else None


def _is_end(event: Mapping[str, Any]) -> bool:
    if event["eventType"] == "Bounce":
        return bool(event["bounce"]["bounceType"] == "Permanent")
    return event["eventType"] in ("Complaint", "Reject")
