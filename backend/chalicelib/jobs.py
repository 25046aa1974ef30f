"""Timed runs: clock in, counts out."""

import logging
from collections.abc import Callable, Container, Sequence
from datetime import datetime, timedelta

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import LeftUndoneError, MailStoppedError, StoreBusyError
from chalicelib.domain.log import note
from chalicelib.domain.retention import Retention
from chalicelib.domain.session import SessionKind
from chalicelib.usecases.admit import Office
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.deliver_letters import Counts, deliver_letters
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.invite_signatories import go_on_inviting
from chalicelib.usecases.ports import Deletions, Ledger, Months, Outbox
from chalicelib.usecases.post_room import PostRoom
from chalicelib.usecases.publish_sessions import publish_sessions
from chalicelib.usecases.remind_of_deletion import remind_of_deletion
from chalicelib.usecases.report_month import report_month
from chalicelib.usecases.session_ports import Listing, Sessions
from chalicelib.usecases.take_back_letter import take_back_letter
from chalicelib.usecases.tell_rosters import tell_rosters

_MINUTE = timedelta(minutes=1)


def deliver(room: PostRoom, clock: Callable[[], datetime]) -> Counts:
    """Sends what is due, logs the counts and how long the oldest letter waits.

    Raises MailStoppedError so that an alarm is heard.
    """
    try:
        return _reported("deliver", deliver_letters(room, clock))
    finally:
        _told("deliver", "oldest_unsent_minutes", _waits(room.outbox, clock()) // _MINUTE)


def deliver_at_once(
    room: PostRoom, clock: Callable[[], datetime], written: Sequence[str]
) -> dict[str, list[dict[str, str]]]:
    """Sends what is due since these records of the stream were written; which of them it has to tell again, if any.

    A letter that could not be sent waits in the table for its next time; the records are told again when nothing could.
    """
    try:
        counts = _reported("deliver_at_once", deliver_letters(room, clock))
    except (MailStoppedError, StoreBusyError) as stopped:
        note("jobs", {"job": "deliver_at_once", "stopped": type(stopped).__name__}, logging.WARNING)
        return {"batchItemFailures": [{"itemIdentifier": number} for number in written[:1]]}
    again = written[:1] if counts.get("busy") else []
    return {"batchItemFailures": [{"itemIdentifier": number} for number in again]}


def take_back(tag: str | None, contacts: Contacts, outbox: Outbox, now: datetime) -> Counts:
    """Takes note of the letter with that tag, if any, and logs what it changed; never the event, which names people."""
    outcome = take_back_letter(tag, contacts, outbox, now).value if tag else "ignored"
    return _reported("take_back", {outcome: 1})


def tell(office: Office, now: datetime) -> Counts:
    """Promises the letters about sessions that were changed or cancelled, and the invitations that a command left."""
    told = tell_rosters(office.rosters, now)
    return _reported("tell", {**told, **go_on_inviting(office, now)})


def publish(sessions: Sessions, listing: Listing, now: datetime, closed: Container[SessionKind]) -> Counts:
    """Publishes the dates as files beside the site and logs the counts."""
    return _reported("publish", publish_sessions(sessions, listing, now, closed))


def remind(contacts: Contacts, months: Months, retention: Retention, now: datetime) -> Counts:
    """Promises the warnings and the month's letter that are due and logs the counts."""
    counts = remind_of_deletion(contacts, retention, now)
    return _reported("remind", {**counts, "months reported": int(report_month(months, now))})


def delete(deletions: Deletions, rosters: Rosters, ledger: Ledger, now: datetime, *, dry_run: bool = False) -> Counts:
    """Deletes what is due, logs the counts and what is overdue. Raises LeftUndoneError so that an alarm is heard."""
    today = day_in_luxembourg(now)
    forgotten = 0 if dry_run else rosters.sessions.forget_needs(today)
    counts = delete_contacts(deletions, rosters, ledger, now, dry_run=dry_run)
    counts = _reported("delete", {**counts, "needs forgotten": forgotten})
    _told("delete", "overdue_days", (today - (deletions.oldest_overdue(today) or today)).days)
    if counts.get("failed"):
        raise LeftUndoneError
    return counts


def _reported(job: str, counts: Counts) -> Counts:
    done = {what: count for what, count in counts.items() if count}
    if done:
        note("jobs", {"job": job, **done})
    return done


def _waits(outbox: Outbox, now: datetime) -> timedelta:
    """For how long the letter has waited that should have gone first."""
    return now - (outbox.oldest_unsent(now) or now)


def _told(job: str, what: str, number: int) -> None:
    """Says a number that an alarm listens to; without a line nothing is wrong."""
    if number > 0:
        note("jobs", {"job": job, what: number})
