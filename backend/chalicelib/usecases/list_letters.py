"""Lists the letters that somebody has to see to."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from chalicelib.domain.booking import APPOINTMENT
from chalicelib.domain.letter import Letter, LetterKind, LetterState
from chalicelib.domain.news import Matter, still_true
from chalicelib.usecases.contact_ports import Contacts, Together
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.ports import Outbox

_ORDER = (LetterState.FAILED, LetterState.BOUNCED, LetterState.BY_PHONE)

# Of what is about no session.
_MAY_BE_OVER = (LetterKind.REFUSED, LetterKind.DELETION_WARNING, LetterKind.DELETION_DAY_CHANGED)


def list_letters(outbox: Outbox, rosters: Rosters, now: datetime, *, void: bool = True) -> Iterator[Letter]:
    """Those that failed, then those that came back or are to be said by phone by the aware `now`, each oldest first.

    Nobody is to be phoned about what is not so any more: such a letter is void from then on, or just left out where
    nothing may be changed.
    """
    letters = to_see_to(outbox.in_state(*_ORDER), now)
    read = read_matters(letters, rosters.contacts)
    for letter in letters:
        if not is_over(letter, read, now):
            yield letter
        elif void:
            outbox.void(letter)


def to_see_to(letters: Iterable[Letter], now: datetime) -> list[Letter]:
    """Those of the letters in these states whose time has come, in the order of `list_letters`."""
    # A call whose time has not come is kept: by then its news may be so again.
    come = (each for each in letters if each.state is LetterState.FAILED or each.due_at <= now)
    return sorted(come, key=lambda each: _ORDER.index(each.state))


def read_matters(letters: Sequence[Letter], contacts: Contacts, more_people: Collection[str] = ()) -> Together:
    """What the letters are about, and more people, read together, however many they are."""
    people = {each.contact_id for each in letters if each.contact_id}
    told = [(each.contact_id or "", each.session_id) for each in letters if _may_be_over(each)]
    # Whether a session is a slot, whose booking goes by another name, is not known before it is read.
    bookings = {(who, about) for who, session_id in told for about in (session_id, APPOINTMENT) if about}
    sessions = {session_id for _, session_id in told if session_id}
    return contacts.read_together(people.union(more_people), bookings, sessions)


def is_over(letter: Letter, read: Together, now: datetime) -> bool:
    """Whether the news of one of the letters are not so any more; what cannot be read is left to staff."""
    contact_id = letter.contact_id or ""
    if not _may_be_over(letter):
        return False
    if contact_id not in read.people:
        return True
    file = read.file(contact_id)
    return file is not None and not still_true(letter, Matter(file, read.sessions.get(letter.session_id or "")), now)


def _may_be_over(letter: Letter) -> bool:
    told = LetterKind(letter.news or letter.kind)
    return letter.contact_id is not None and (letter.session_id is not None or told in _MAY_BE_OVER)
