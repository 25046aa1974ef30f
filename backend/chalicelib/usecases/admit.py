"""Counts a form that says something new, so that nobody is flooded and no limit shows who is known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.identity import Form, Identity
from chalicelib.domain.retention import Retention
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.ports import Limits, Seal
from chalicelib.usecases.session_ports import Count, Sessions

FORMS_A_DAY = 10  # about one person, from one network
LETTERS_A_DAY = 20  # to one address, whatever the names
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Office:
    """Where forms are kept, and under which rules; `noting` gets the reference of each right before it is stored."""

    contacts: Contacts
    sessions: Sessions
    limits: Limits
    seal: Seal
    identity: Identity
    retention: Retention
    noting: Callable[[str], None] = lambda _: None

    @property
    def rosters(self) -> Rosters:
        return Rosters(self.contacts, self.sessions)


def admit(form: Form, office: Office, now: datetime, sender: str | None) -> None:
    """Lets a form in; the same one counts once. `sender` is the network that it came from.

    Raises TooManyRequestsError for many forms about one person from one network in a day, or for one mail address.
    """
    reference = _reference(form, office)
    for mark, most in _limits(form, office, sender):
        office.limits.admit(mark, reference, most, _DAY, now)


def counts(form: Form, office: Office, now: datetime, sender: str | None) -> tuple[Count, ...]:
    """The same for the write that stores the form, which then raises what `admit` raises: a form counts once stored."""
    reference = _reference(form, office)
    limits = _limits(form, office, sender)
    return tuple(office.limits.count(mark, reference, most, _DAY, now) for mark, most in limits)


def _limits(form: Form, office: Office, sender: str | None) -> Iterator[tuple[str, int]]:
    for mark in office.identity.marks(form.person):
        yield f"person#{mark}#{sender}", FORMS_A_DAY
    if form.person.email:
        yield f"email#{form.person.email.casefold()}", LETTERS_A_DAY


def _reference(form: Form, office: Office) -> str:
    return office.identity.references(form, revision=1)[0]
