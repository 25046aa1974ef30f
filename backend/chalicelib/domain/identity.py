"""Who is who without saying it: keyed marks that lead to a contact, and the reference that a resident reads out."""

import hmac
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import count, islice

from chalicelib.domain.booking import AppointmentRequest, Person, SignUp

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I, O, 0 and 1
LENGTH = 8
CANDIDATES = 3
LONGEST_SOUGHT = 100

Form = AppointmentRequest | SignUp


@dataclass(frozen=True)
class Identity:
    """Marks and references under the pointer keys, newest first: the first makes new ones, all are recognised."""

    keys: Sequence[bytes]

    def marks(self, person: Person) -> tuple[str, ...]:
        """The marks under which a new contact is filed: mail with names, phone with names."""
        return tuple(_mark(self.keys[0], text) for text in _ways_to(person))

    def known_marks(self, person: Person) -> tuple[str, ...]:
        """Each mark under which this person may have been filed, mail first."""
        return tuple(_mark(key, text) for text in _ways_to(person) for key in self.keys)

    def mail_mark(self, email: str | None) -> str | None:
        """The mark under which everybody with this address is found."""
        return _mark(self.keys[0], _mailbox(email)) if email else None

    def known_mail_marks(self, email: str) -> tuple[str, ...]:
        """Each mark under which they may have been filed."""
        return tuple(_mark(key, _mailbox(email)) for key in self.keys)

    def references(self, request: Form, revision: int) -> tuple[str, ...]:
        """The references that this form may be given, best first; a later one serves when one is taken by chance."""
        return _references(self.keys[0], request, revision)

    def known_references(self, request: Form, revision: int) -> frozenset[str]:
        """Each reference that the same form may have been given before, up to this revision."""
        revisions = range(1, revision + 1)
        return frozenset(each for key in self.keys for turn in revisions for each in _references(key, request, turn))


def _ways_to(person: Person) -> Iterator[str]:
    names = f"{_normal(person.first_name)}\0{_normal(person.surname)}"
    if person.email:
        yield f"email\0{_normal(person.email)}\0{names}"
    if person.phone:
        yield f"phone\0{person.phone}\0{names}"


def name_as_sought(text: str) -> str:
    """A surname without capitals, accents, spaces and dashes, so that it is found however somebody types it."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum())
    # The key of an index is never empty, and at most 1,024 bytes: one sign may become eighteen.
    return (plain or _normal(text) or "?")[:LONGEST_SOUGHT]


def _mailbox(email: str) -> str:
    return f"mailbox\0{_normal(email)}"


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _known_as(request: Form) -> Form:
    """The request with what capitals and ligatures do not change; a message is what it is."""
    person = request.person
    plain = {"first_name": _normal(person.first_name), "surname": _normal(person.surname)}
    return replace(request, person=replace(person, email=_normal(person.email or ""), **plain))


def _mark(key: bytes, text: str) -> str:
    return hmac.digest(key, f"mark\0{text}".encode(), sha256).hex()


def _references(key: bytes, request: Form, revision: int) -> tuple[str, ...]:
    with_letter = (each for each in _groups_of_four(key, request, revision) if any(sign.isalpha() for sign in each))
    return tuple(islice(with_letter, CANDIDATES))


def _groups_of_four(key: bytes, request: Form, revision: int) -> Iterator[str]:
    posted = json.dumps(asdict(_known_as(request)), sort_keys=True, ensure_ascii=False)
    for turn in count():
        digest = hmac.digest(key, f"reference\0{turn}\0{revision}\0{posted}".encode(), sha256)
        signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])
        yield f"{signs[:4]}-{signs[4:]}"
