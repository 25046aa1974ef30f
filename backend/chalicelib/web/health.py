"""Health: what a monitor asks, in JSON and without personal data."""

import json
from datetime import datetime

from chalicelib.usecases.ports import Outbox
from chalicelib.web.answer import JSON, Answer


def health(build: str, mode: str, outbox: Outbox, now: datetime) -> Answer:
    """200 with build, mode and the age of the oldest unsent letter in seconds, null when none waits."""
    since = outbox.oldest_unsent(now)
    age = round((now - since).total_seconds()) if since else None
    return Answer(200, json.dumps({"build": build, "mode": mode, "oldest_unsent_letter_seconds": age}), JSON)
