"""Publishes the dates as files beside the site, so that to read them calls no function."""

from collections.abc import Container
from datetime import datetime

from chalicelib.domain.session import SessionKind
from chalicelib.usecases.list_sessions import as_json, list_sessions
from chalicelib.usecases.session_ports import Listing, Sessions
from chalicelib.usecases.sign_up import LISTED

# Minutes between two signs of life: a page shows no list that nobody has written for a quarter of an hour.
_BEAT = 5


def publish_sessions(
    sessions: Sessions, listing: Listing, now: datetime, closed: Container[SessionKind] = ()
) -> dict[str, int]:
    """Writes the list of each kind where it says something new, and every five minutes anyway; counts what it wrote.

    `closed` are the kinds for which nobody can sign up, whose lists are empty. Raises StoreBusyError.
    """
    beats = now.minute % _BEAT == 0
    written = 0
    for kind in LISTED:
        text = as_json(() if kind in closed else list_sessions(kind, sessions, now))
        if beats or listing.read(kind) != text:
            listing.write(kind, text)
            written += 1
    return {"lists written": written}
