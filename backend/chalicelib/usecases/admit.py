"""Counts a form that says something new, so that nobody is flooded and no limit shows who is known."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.identity import Form, Identity
from chalicelib.domain.retention import Retention
from chalicelib.usecases.ports import Contacts, Limits, Seal
from chalicelib.usecases.session_ports import Sessions

FORMS_A_DAY = 10  # about one person, from one network
LETTERS_A_DAY = 20  # to one address, whatever the names


@dataclass(frozen=True)
class Office:
    """Where forms are kept, and under which rules."""

    contacts: Contacts
    sessions: Sessions
    limits: Limits
    seal: Seal
    identity: Identity
    retention: Retention


def admit(form: Form, office: Office, now: datetime, sender: str | None) -> None:
    """Lets a form in; the same one counts once. `sender` is the network that it came from.

    Raises TooManyRequestsError for many forms about one person from one network in a day, or for one mail address.
    """
    reference = office.identity.references(form, revision=1)[0]
    counts = {f"person#{mark}#{sender}": FORMS_A_DAY for mark in office.identity.marks(form.person)}
    if form.person.email:
        counts[f"email#{form.person.email.casefold()}"] = LETTERS_A_DAY
    for mark, most in counts.items():
        office.limits.admit(mark, reference, most, timedelta(days=1), now)
