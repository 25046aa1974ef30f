"""Health: what a monitor asks, in JSON and without personal data."""

import json
from datetime import datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.usecases.ports import Deletions, Outbox
from chalicelib.web.answer import JSON, Answer


def health(build: str, mode: str, outbox: Outbox, deletions: Deletions, now: datetime) -> Answer:
    """200 with build, mode, and the ages of the oldest unsent letter and overdue deletion; null when there is none."""
    since, today = outbox.oldest_unsent(now), day_in_luxembourg(now)
    missed = deletions.oldest_overdue(today)
    state = {
        "build": build,
        "mode": mode,
        "oldest_unsent_letter_seconds": round((now - since).total_seconds()) if since else None,
        "oldest_overdue_deletion_days": (today - missed).days if missed else None,
    }
    return Answer(200, json.dumps(state), JSON)
