"""Tells staff several letters in one mail: each is told once, and a second copy of a mail has the same id.

Letters are gathered by a mark of their own, so which of them a mail tells is settled before it is written: those that
are due at the same moment, in the order of their ids, a number at a time. They are claimed together and settled
together. Whoever dies in between leaves all of them with one end of their lease, and the next run tells the same again.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from chalicelib.domain.errors import MailLaterError, MailRefusedError, MailStoppedError, StoreBusyError
from chalicelib.domain.letter import LEASE, Letter, LetterState, digest_id
from chalicelib.letters.digest import Section
from chalicelib.usecases.ports import Outcome
from chalicelib.usecases.post_room import Digests, PostRoom, is_void, later, subject_of, unwritable
from chalicelib.usecases.settle import settle

LETTERS_IN_A_DIGEST = 30  # below 100 kB, where mail programs begin to cut


def deliver_digests(
    gathered: Sequence[Letter], room: PostRoom, digests: Digests, clock: Callable[[], datetime]
) -> Counter[str]:
    """Sends the gathered letters that are due and counts what became of each. Raises MailStoppedError."""
    counts: Counter[str] = Counter()
    for together in _together(gathered):
        try:
            counts += _deliver(together, room, digests, clock)
        except StoreBusyError:
            counts["busy"] += len(together)
    return counts


def _together(gathered: Sequence[Letter]) -> Iterator[Sequence[Letter]]:
    due: defaultdict[datetime, list[Letter]] = defaultdict(list)
    for letter in gathered:
        due[letter.due_at].append(letter)
    for moment in sorted(due):
        letters = sorted(due[moment], key=lambda each: each.id)
        for first in range(0, len(letters), LETTERS_IN_A_DIGEST):
            yield letters[first : first + LETTERS_IN_A_DIGEST]


def _deliver(
    letters: Sequence[Letter], room: PostRoom, digests: Digests, clock: Callable[[], datetime]
) -> Counter[str]:
    claimed = room.outbox.claim_all(letters, clock() + LEASE)
    if claimed is None:
        return Counter({"taken": len(letters)})
    now = clock()
    written = [_written(letter, room, digests, now) for letter in claimed]
    sections = [each for each in written if isinstance(each, Section)]
    left_out = [each for each in written if isinstance(each, Outcome)]
    try:
        sent = _sent(digest_id(claimed), sections, room, digests, now) if sections else []
    except MailStoppedError:
        room.outbox.settle_all([Outcome(letter, LetterState.WAITING, now) for letter in claimed])
        raise
    # The mail is out: a store that is busy for a moment must not have it sent again.
    settle(lambda: room.outbox.settle_all([*sent, *left_out]))
    return Counter(each.state.value for each in (*sent, *left_out))


def _written(letter: Letter, room: PostRoom, digests: Digests, now: datetime) -> Section | Outcome:
    """Its part of the mail, or what becomes of it without one."""
    try:
        subject = subject_of(letter, room, now)
        if subject is None or is_void(letter, subject, now):
            return Outcome(letter, LetterState.VOID, now)
        return digests.section(letter, subject)
    except StoreBusyError:
        raise
    except Exception as broken:  # one letter that cannot be written must not stop the others, nor wait for ever
        return Outcome(letter, *unwritable(letter, broken, now))


def _sent(mail_id: str, sections: Sequence[Section], room: PostRoom, digests: Digests, now: datetime) -> list[Outcome]:
    letters = [section.letter for section in sections]
    try:
        room.post.send(digests.digest(mail_id, sections))
    except MailLaterError:
        return [Outcome(letter, *later(letter, now)) for letter in letters]
    except MailRefusedError:
        return [Outcome(letter, LetterState.FAILED, now) for letter in letters]
    except MailStoppedError:
        raise
    except Exception as broken:  # as above
        return [Outcome(letter, *unwritable(letter, broken, now)) for letter in letters]
    return [Outcome(letter, LetterState.SENT, now) for letter in letters]
