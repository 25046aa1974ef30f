"""Lists the letters that somebody has to see to."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from chalicelib.domain.booking import APPOINTMENT
from chalicelib.domain.letter import Letter, LetterKind, LetterState
from chalicelib.domain.news import Matter, still_true
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.ports import Outbox


def list_letters(outbox: Outbox, rosters: Rosters, now: datetime, *, void: bool = True) -> Iterator[Letter]:
    """Those that failed, then those that came back or are to be said by phone by the aware `now`, each oldest first.

    Nobody is to be phoned about what is not so any more: such a letter is void from then on, or just left out where
    nothing may be changed. What they are about is read together, however many they are.
    """
    letters = list(_to_see_to(outbox, now))
    is_over = _ends([each for each in letters if _may_be_over(each)], rosters, now)
    for letter in letters:
        if not (_may_be_over(letter) and is_over(letter)):
            yield letter
        elif void:
            outbox.void(letter)


def _to_see_to(outbox: Outbox, now: datetime) -> Iterator[Letter]:
    for state in (LetterState.FAILED, LetterState.BOUNCED, LetterState.BY_PHONE):
        for letter in outbox.in_state(state):
            # A call whose time has not come is kept: by then its news may be so again.
            if state is LetterState.FAILED or letter.due_at <= now:
                yield letter


def _may_be_over(letter: Letter) -> bool:
    about_an_end = LetterKind.REFUSED in (letter.kind, letter.news)
    return letter.contact_id is not None and (letter.session_id is not None or about_an_end)


def _ends(letters: Sequence[Letter], rosters: Rosters, now: datetime) -> Callable[[Letter], bool]:
    """Whether the news of one of these letters are not so any more; what cannot be read is left to staff."""
    sessions = rosters.sessions.read_all([each.session_id for each in letters if each.session_id])

    def booked(letter: Letter) -> str:
        session = sessions.get(letter.session_id or "")
        return session.about if session else APPOINTMENT

    files = rosters.contacts.read_briefly([(each.contact_id or "", booked(each)) for each in letters])

    def is_over(letter: Letter) -> bool:
        contact_id = letter.contact_id or ""
        if contact_id not in files:
            return True
        file = files[contact_id]
        return file is not None and not still_true(letter, Matter(file, sessions.get(letter.session_id or "")), now)

    return is_over
