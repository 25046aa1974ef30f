"""Where each item stands: its key in the table, and the key under which the index of due things lists it."""

from datetime import UTC, date, datetime

from chalicelib.domain.booking import Contact
from chalicelib.domain.letter import DESK, Letter, LetterState
from chalicelib.domain.papers import Paper, Voucher
from chalicelib.domain.session import SessionKind

CONTACT = "CONTACT"
BOOKING = "BOOKING#"
CORRECTION = "CORRECTION#"
CONTRACT = "CONTRACT#"
VOUCHER = f"{CONTRACT}VOUCHER#"
CERTIFICATE = f"{CONTRACT}CERTIFICATE#"
LETTER = "LETTER#"
OFFICE = "OFFICE"
MAILBOX = "FOR#"
# Behind the letters, with which a contact is not read.
NAME = "NAME"
PHONE = "PHONE"

SESSION = "SESSION#"
SEAT = "SEAT#"
SIGNED = "SIGNED"

LETTERS_DUE = "letter#"
DELETIONS = "delete"
NEEDS_DUE = "needs#"
CHANGES_DUE = "change"
STAFF = "staff"
INVITING = "inviting"
SURNAMES = "surname"
PHONES = "phone"
SIGNATORIES = "signed"
CANCELLED_SESSIONS = "session#cancelled"
# What is left of an item that was removed, for the deletion job.
REMOVED = "removed"

Key = dict[str, str]


def of_contact(contact_id: str) -> Key:
    return _in_contact(contact_id, CONTACT)


def of_booking(contact_id: str, about: str) -> Key:
    return _in_contact(contact_id, BOOKING + about)


def of_correction(contact_id: str, reference: str) -> Key:
    """By its reference, so that the same correction sent twice meets itself."""
    return _in_contact(contact_id, CORRECTION + reference)


def of_paper(contact_id: str, paper: Paper) -> Key:
    """Before the letters, with which a contact is not read."""
    if isinstance(paper, Voucher):
        return _in_contact(contact_id, f"{VOUCHER}{paper.number}")
    copy = f"#{paper.voucher}" if paper.voucher else ""
    return _in_contact(contact_id, f"{CERTIFICATE}{paper.kind.value}{copy}")


def of_letter(letter: Letter) -> Key:
    """Under its contact, or under the office when it is about nobody; with its start, for when that moves."""
    item = f"{letters_about(letter.about)}{letter.kind.value}#{letter.revision}#{letter.start}"
    if letter.about == DESK:
        return {"pk": of_sign_in(letter.start, "")["pk"], "sk": item}
    return {"pk": OFFICE, "sk": item} if letter.contact_id is None else _in_contact(letter.contact_id, item)


def letters_about(about: str) -> str:
    """How the sort key of each letter about it begins."""
    return f"{LETTER}{about}#"


def of_session(session_id: str) -> Key:
    return {"pk": SESSION + session_id, "sk": "SESSION"}


def of_change(session_id: str) -> Key:
    """A change of a session of which its roster is still to be told."""
    return {"pk": of_session(session_id)["pk"], "sk": "CHANGE"}


def of_inviting(session_id: str) -> Key:
    """A session to which people are still to be invited."""
    return {"pk": of_session(session_id)["pk"], "sk": "INVITING"}


def of_signatory(contact_id: str) -> Key:
    """What lists a contact among those who have signed: the contact itself is listed by its deletion day."""
    return _in_contact(contact_id, SIGNED)


def of_name(contact_id: str) -> Key:
    """What lists a contact by its surname."""
    return _in_contact(contact_id, NAME)


def of_phone(contact_id: str) -> Key:
    """What lists a contact by its phone number."""
    return _in_contact(contact_id, PHONE)


def of_seat(session_id: str, contact_id: str) -> Key:
    return {"pk": of_session(session_id)["pk"], "sk": SEAT + contact_id}


def session_id_in(key: Key) -> str:
    return key["pk"].removeprefix(SESSION)


def holder_in(key: Key) -> str:
    """The contact whose seat it is."""
    return key["sk"].removeprefix(SEAT)


def listed_sessions(kind: SessionKind) -> str:
    return f"session#{kind.value}"


def invited_to(session_id: str) -> str:
    return f"invited#{session_id}"


def received_in(month: str) -> str:
    """The forms of a month such as 2026-11, for as long as they are stored."""
    return f"received#{month}"


def due_for_needs(last_day: date) -> str:
    """What people needed at sessions that ended on a day in Luxembourg; it goes the day after."""
    return f"{NEEDS_DUE}{last_day.isoformat()}"


def of_mark(mark: str) -> Key:
    return {"pk": f"WHO#{mark}", "sk": "WHO"}


def of_reference(reference: str) -> Key:
    return {"pk": f"FIND#reference#{reference}", "sk": "FIND"}


def of_mailbox(mark: str, contact_id: str) -> Key:
    """Leads from a mail address to each of those who gave it."""
    return {**people_of_mailbox(mark), "sk": MAILBOX + contact_id}


def mailboxes(contact: Contact) -> list[Key]:
    """Its place among those with its mail address; none without an address."""
    return [of_mailbox(contact.mail_mark, contact.id)] if contact.mail_mark else []


def people_of_mailbox(mark: str) -> Key:
    return {"pk": f"FIND#mailbox#{mark}"}


def of_job(name: str) -> Key:
    return {"pk": f"JOB#{name}", "sk": "JOB"}


def of_count(month: str, of: str) -> Key:
    return {"pk": counts_of(month), "sk": of}


def counts_of(month: str) -> str:
    return f"COUNT#{month}"


def of_limit(who: str, window: str) -> Key:
    return {"pk": f"LIMIT#{who}#{window}", "sk": "LIMIT"}


def of_sign_in(name: str, item: str) -> Key:
    """A LINK by its nonce, or a SESSION by its mark."""
    return {"pk": f"SIGNIN#{name}", "sk": item}


def audit_of(month: str) -> str:
    return f"AUDIT#{month}"


def contact_id_in(key: Key) -> str | None:
    """The contact to which an item belongs; None for one that is about nobody."""
    kind, _, contact_id = key["pk"].partition("#")
    return contact_id if kind == CONTACT else None


def due_on(day: date) -> str:
    """The letters that wait until some time of a day in UTC."""
    return f"{LETTERS_DUE}{day.isoformat()}"


def due_of_letter(state: LetterState, due_at: datetime) -> str | None:
    """A waiting letter is listed by day, one that staff must see to with all that waits for them, no other at all."""
    if state is LetterState.WAITING:
        return due_on(due_at.astimezone(UTC).date())
    return None if state in (LetterState.SENT, LetterState.VOID) else STAFF


def _in_contact(contact_id: str, item: str) -> Key:
    return {"pk": f"CONTACT#{contact_id}", "sk": item}
