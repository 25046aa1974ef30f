"""Lists the letters that somebody has to see to."""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.domain.errors import UnreadableItemError
from chalicelib.domain.letter import Letter, LetterKind, LetterState
from chalicelib.domain.news import still_true
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.ports import Outbox
from chalicelib.usecases.post_room import matter_of


def list_letters(outbox: Outbox, rosters: Rosters, now: datetime, *, void: bool = True) -> Iterator[Letter]:
    """Those that failed, then those that came back or are to be said by phone by the aware `now`, each oldest first.

    Nobody is to be phoned about what is not so any more: such a letter is void from then on, or just left out where
    nothing may be changed.
    """
    for state in (LetterState.FAILED, LetterState.BOUNCED, LetterState.BY_PHONE):
        for letter in outbox.in_state(state):
            if state is not LetterState.FAILED and now < letter.due_at:
                continue  # by then its news may be so again
            if not _is_over(letter, rosters, now):
                yield letter
            elif void:
                outbox.void(letter)


def _is_over(letter: Letter, rosters: Rosters, now: datetime) -> bool:
    about_an_end = LetterKind.REFUSED in (letter.kind, letter.news)
    if letter.contact_id is None or (letter.session_id is None and not about_an_end):
        return False
    try:
        matter = matter_of(letter, rosters)
    except UnreadableItemError:
        return False
    return matter is None or not still_true(letter, matter, now)
