"""The shape of a letter in the table, and what is read back from one."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from chalicelib.domain.letter import DESK, Letter, LetterKind, LetterState
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.values import Item, Values, from_item, write_moment

_DAY = timedelta(days=1)


def of_letter(letter: Letter) -> Values:
    return {
        **places.of_letter(letter),
        **progress_of_letter(letter),
        "about": letter.about,
        "kind": letter.kind.value,
        "revision": letter.revision,
        "start": letter.start,
        "reference": letter.reference,
        **({"expires": int((letter.waiting_since + _DAY).timestamp())} if letter.about == DESK else {}),
    }


def promising(table: Table, letters: Iterable[Letter]) -> list[Item]:
    """The actions that promise letters, each of them once."""
    return [table.adding(of_letter(letter)) for letter in letters]


def progress_of_letter(letter: Letter) -> Values:
    """What changes in the life of a letter, with its place in the index."""
    return {
        "state": letter.state.value,
        "waiting_since": write_moment(letter.waiting_since),
        "attempts": letter.attempts,
        "gathered": letter.gathered,
        "due_key": places.due_of_letter(letter.state, letter.due_at),
        "due_at": write_moment(letter.due_at),
    }


def letters_in(found: Iterable[Item]) -> Iterator[Letter]:
    """Those among items as DynamoDB writes them."""
    return (to_letter(from_item(item)) for item in found if item["sk"]["S"].startswith(places.LETTER))


def to_letter(values: Values) -> Letter:
    return Letter(
        contact_id=places.contact_id_in(values),
        about=values["about"],
        kind=LetterKind(values["kind"]),
        revision=values["revision"],
        reference=values["reference"],
        state=LetterState(values["state"]),
        waiting_since=datetime.fromisoformat(values["waiting_since"]),
        due_at=datetime.fromisoformat(values["due_at"]),
        attempts=values["attempts"],
        start=values["start"],
        gathered=values.get("gathered", False),
    )
