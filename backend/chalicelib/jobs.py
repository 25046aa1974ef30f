"""Timed runs: clock in, counts out."""

import json
import logging
from collections.abc import Callable
from datetime import datetime

from chalicelib.usecases.deliver_letters import Counts, PostRoom, deliver_letters

log = logging.getLogger("cai.jobs")
log.setLevel(logging.INFO)  # Lambda and Python alike show warnings only


def deliver(room: PostRoom, clock: Callable[[], datetime]) -> Counts:
    """Sends what is due and logs the counts. Raises MailStoppedError so that an alarm is heard."""
    counts = deliver_letters(room, clock)
    if counts:
        log.info(json.dumps({"job": "deliver", **counts}))
    return counts
