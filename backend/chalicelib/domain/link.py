"""The links to a resident's own pages: whose page it is, and a keyed mark that nobody else can make."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from chalicelib.domain.identity import ALPHABET
from chalicelib.domain.session import SESSION_ID

FRESH_FOR = timedelta(minutes=30)  # how long a link that was asked for shows all data; it stays a link to the page

# Letters and digits at both ends: mail programs take a trailing sign for the end of the sentence, not of the address.
_TOKEN = re.compile(
    r"(?P<contact_id>[0-9a-z]{1,64})\."
    rf"(?:(?P<correction>[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}})\.)?"
    r"(?:(?P<until>[0-9]{9,11})\.)?"
    r"(?P<mark>[0-9a-f]{32})"
)
_INVITATION = re.compile(
    rf"(?P<contact_id>[0-9a-z]{{1,64}})\.(?P<session_id>{SESSION_ID.pattern})\.(?P<mark>[0-9a-f]{{32}})"
)
_MARK_BYTES = 16


@dataclass(frozen=True)
class OwnLink:
    """What a token says; nothing is proven before `is_true`.

    `correction` names the one form that it is about, `until` the second of UTC up to which it shows all data.
    """

    contact_id: str
    correction: str | None
    until: str | None
    mark: str

    def is_true(self, version: int, keys: Sequence[bytes]) -> bool:
        """Whether we made it, under any of `keys`, for the link `version` that is stored with the contact."""
        marks = (_mark(key, self.contact_id, version, _opened(self.correction, self.until)) for key in keys)
        return any(hmac.compare_digest(mark, self.mark) for mark in marks)

    def is_fresh(self, now: datetime) -> bool:
        """Whether it shows all data at the aware `now`."""
        return self.until is not None and now < datetime.fromtimestamp(int(self.until), UTC)


def token(
    keys: Sequence[bytes], contact_id: str, version: int, correction: str | None = None, until: datetime | None = None
) -> str:
    """What stands in the address of the page, signed with the newest of `keys`, which is the first.

    It is made anew for each letter and stored nowhere; raising the version revokes it. It shows all data up to the
    aware `until`, and none but what is asked for where there is no such moment.
    """
    fresh = str(int(until.timestamp())) if until else None
    mark = _mark(keys[0], contact_id, version, _opened(correction, fresh))
    return ".".join(part for part in (contact_id, correction, fresh, mark) if part)


def read_token(text: str) -> OwnLink | None:
    """What a token says, or None where it is none of ours."""
    found = _TOKEN.fullmatch(text)
    return OwnLink(**found.groupdict()) if found else None


@dataclass(frozen=True)
class InvitationLink:
    """What the token of an invitation says: who is invited to which session; nothing is proven before `is_true`."""

    contact_id: str
    session_id: str
    mark: str

    def is_true(self, version: int, keys: Sequence[bytes]) -> bool:
        """As that of OwnLink."""
        marks = (_mark(key, self.contact_id, version, self.session_id, "invitation") for key in keys)
        return any(hmac.compare_digest(mark, self.mark) for mark in marks)


def invitation_token(keys: Sequence[bytes], contact_id: str, version: int, session_id: str) -> str:
    """What stands in the address of the page of an invitation; it opens nothing else, and lives as `token` does."""
    return f"{contact_id}.{session_id}.{_mark(keys[0], contact_id, version, session_id, 'invitation')}"


def read_invitation(text: str) -> InvitationLink | None:
    """What a token says, or None where it is none of ours."""
    found = _INVITATION.fullmatch(text)
    return InvitationLink(**found.groupdict()) if found else None


def _opened(correction: str | None, until: str | None) -> str:
    return (correction or "") + (f"\0{until}" if until else "")


def _mark(key: bytes, contact_id: str, version: int, about: str | None, page: str = "own page") -> str:
    said = f"{page}\0{contact_id}\0{version}\0{about or ''}"
    return hmac.digest(key, said.encode(), sha256)[:_MARK_BYTES].hex()
