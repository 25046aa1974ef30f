"""Where each item stands: its key in the table, and the key under which the index of due things lists it."""

from datetime import UTC, date, datetime

from chalicelib.domain.letter import Letter, LetterState

CONTACT = "CONTACT"
BOOKING = "BOOKING#"
CORRECTION = "CORRECTION#"
LETTER = "LETTER#"

Key = dict[str, str]


def of_contact(contact_id: str) -> Key:
    return _in_contact(contact_id, CONTACT)


def of_booking(contact_id: str, about: str) -> Key:
    return _in_contact(contact_id, BOOKING + about)


def of_correction(contact_id: str, reference: str) -> Key:
    """By its reference, so that the same correction sent twice meets itself."""
    return _in_contact(contact_id, CORRECTION + reference)


def of_letter(letter: Letter) -> Key:
    # The part after the last # is for the start of a session: a letter is promised anew when it moves.
    return _in_contact(letter.contact_id, f"{LETTER}{letter.about}#{letter.kind.value}#{letter.revision}#")


def of_mark(mark: str) -> Key:
    return {"pk": f"WHO#{mark}", "sk": "WHO"}


def of_reference(reference: str) -> Key:
    return {"pk": f"FIND#reference#{reference}", "sk": "FIND"}


def of_job(name: str) -> Key:
    return {"pk": f"JOB#{name}", "sk": "JOB"}


def of_limit(who: str, window: str) -> Key:
    return {"pk": f"LIMIT#{who}#{window}", "sk": "LIMIT"}


def contact_id_in(key: Key) -> str:
    return key["pk"].removeprefix("CONTACT#")


def due_on(day: date) -> str:
    """The letters that wait until some time of a day in UTC."""
    return f"letter#{day.isoformat()}"


def due_of_letter(state: LetterState, due_at: datetime) -> str | None:
    """A waiting letter is listed by day, one that somebody must see to by its state, a sent one not at all."""
    if state is LetterState.WAITING:
        return due_on(due_at.astimezone(UTC).date())
    return None if state is LetterState.SENT else state.value


def due_of_contact(delete_on: date) -> str:
    return f"delete#{delete_on.isoformat()}"


def _in_contact(contact_id: str, item: str) -> Key:
    return {"pk": f"CONTACT#{contact_id}", "sk": item}
