"""Sends the letters whose time has come, each claimed first: at least once, and never twice in silence."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.errors import (
    MailLaterError,
    MailRefusedError,
    MailStoppedError,
    StoreBusyError,
    UnreadableItemError,
)
from chalicelib.domain.letter import LEASE, Letter, LetterState, report_of_failure
from chalicelib.usecases.deliver_digests import deliver_digests
from chalicelib.usecases.post_room import PostRoom, Subject, is_void, later, subject_of, unwritable

Counts = dict[str, int]


def deliver_letters(room: PostRoom, clock: Callable[[], datetime]) -> Counts:
    """Sends each letter that is due by the aware time of `clock` and counts what became of it.

    One whose news are not so any more is void, and one to staff that is too many waits to be told with others. One
    that the store is too busy for is left for the next run. Raises MailStoppedError, with the letter waiting again,
    when our own account is refused: no further letter would fare better.
    """
    counts: Counter[str] = Counter()
    gathered = []
    for letter in room.outbox.due(clock()):
        if letter.gathered and room.digests:
            gathered.append(letter)
            continue
        try:
            counts[_deliver(letter, room, clock)] += 1
        except StoreBusyError:
            counts["busy"] += 1
    if room.digests:
        counts += deliver_digests(gathered, room, room.digests, clock)
    return dict(counts)


def _deliver(letter: Letter, room: PostRoom, clock: Callable[[], datetime]) -> str:
    claimed = room.outbox.claim(letter, clock() + LEASE)
    if claimed is None:
        return "taken"
    try:
        subject = subject_of(claimed, room, clock())
    except UnreadableItemError as broken:
        return _settle(claimed, room, *unwritable(claimed, broken, clock()))
    if subject is None:
        room.outbox.settle(claimed, LetterState.VOID, clock())
        return "gone"
    if is_void(claimed, subject, clock()):
        return _settle(claimed, room, LetterState.VOID, clock())
    if until := _waits_until(claimed, room, subject, clock()):
        room.outbox.gather(claimed, until)
        return "gathered"
    return _settle(claimed, room, *_send(claimed, room, subject, clock))


def _settle(claimed: Letter, room: PostRoom, state: LetterState, due_at: datetime) -> str:
    if state is LetterState.FAILED and claimed.contact_id and not claimed.kind.for_staff:
        room.outbox.fail(claimed, report_of_failure(claimed, due_at), due_at)
    else:
        room.outbox.settle(claimed, state, due_at)
    return state.value


def _waits_until(claimed: Letter, room: PostRoom, subject: Subject, now: datetime) -> datetime | None:
    if room.staff_mail is None or not claimed.kind.for_staff:
        return None
    return room.staff_mail.waits_until(claimed, subject, now)


def _send(
    letter: Letter, room: PostRoom, subject: Subject, clock: Callable[[], datetime]
) -> tuple[LetterState, datetime]:
    try:
        room.post.send(room.compose(letter, subject))
    except MailLaterError:
        return later(letter, clock())
    except MailRefusedError:
        return LetterState.FAILED, clock()
    except MailStoppedError:
        room.outbox.settle(letter, LetterState.WAITING, clock())
        raise
    except Exception as broken:  # one letter that cannot be written must not stop the others, nor wait for ever
        return unwritable(letter, broken, clock())
    return LetterState.SENT, clock()
