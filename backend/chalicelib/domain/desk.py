"""Who is at the staff desk: the link in a mail, the session that it opens, and what staff did there."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

LINK_GOOD_FOR = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=8)

# Letters and digits at both ends, as in domain/link.py.
_TOKEN = re.compile(r"(?P<nonce>[0-9a-f]{32})\.(?P<mark>[0-9a-f]{32})")
_MARK_BYTES = 16


@dataclass(frozen=True)
class SignInLink:
    """A link that somebody asked for, found by its random `nonce`; it opens the desk once, until `expires_at`.

    `user` is a mail address in small letters, empty for one that is no user's; `back_to` is a reference or the name of
    a page of the desk.
    """

    nonce: str
    user: str
    language: str
    back_to: str
    expires_at: datetime
    used: bool = False

    def is_good(self, now: datetime) -> bool:
        return bool(self.user) and not self.used and now < self.expires_at


@dataclass(frozen=True)
class DeskSession:
    """Somebody who has signed in; `mark` is the hash of the secret that only their browser has."""

    mark: str
    user: str
    expires_at: datetime
    ended: bool = False

    def is_good(self, now: datetime) -> bool:
        return not self.ended and now < self.expires_at


@dataclass(frozen=True)
class Sought:
    """What staff typed to find somebody may be each of these that is not empty; mail and phone are in normal form."""

    reference: str = ""
    email: str = ""
    phone: str = ""
    surname: str = ""


class Act(StrEnum):
    """What staff do at the desk and the audit keeps."""

    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    CALLED = "called"
    NOT_REACHED = "not-reached"
    CALL_LATER = "call-later"
    SENT_AGAIN = "sent-again"
    NOTED_ATTENDED = "noted-attended"
    NOTED_MISSED = "noted-missed"
    PLANNED = "planned-session"
    CANCELLED_SESSION = "cancelled-session"
    INVITED = "invited"
    GAVE_UP_PLACE = "gave-up-place"
    DATE_SET = "date-set"
    REFUSED = "refused"
    TAKEN_UP = "taken-up"
    CONFIRMED_FORM = "confirmed-form"
    DISCARDED_FORM = "discarded-form"
    ANSWERED = "answered"
    TOOK_REQUEST = "took-request"
    SIGNED_UP = "signed-up"
    TOOK_PART = "recorded-participation"
    SIGNED = "recorded-signature"
    FIRST_MEASURE = "recorded-first-measure"
    ISSUED_VOUCHER = "issued-voucher"
    VOUCHER_USED = "recorded-use-of-voucher"
    COURSE_COMPLETED = "recorded-completed-course"
    CERTIFIED = "recorded-certificate"
    CORRECTED = "corrected-contact"
    MERGED = "merged-contacts"
    ERASED = "asked-deletion"
    UNSEALED = "unsealed-matricule"


@dataclass(frozen=True)
class Deed:
    """Who of the staff did what, and to which reference, at an aware moment; signing in is about no reference.

    What is about a session as a whole has its id in the place of a reference.
    """

    at: datetime
    who: str
    what: Act
    reference: str = ""

    @property
    def is_about_session(self) -> bool:
        return self.what in (Act.PLANNED, Act.CANCELLED_SESSION, Act.INVITED)


def link_token(keys: Sequence[bytes], nonce: str) -> str:
    """What stands in the address of a link, signed with the newest of `keys`, which is the first; stored nowhere."""
    return f"{nonce}.{_mark(keys[0], nonce)}"


def nonce_in(token: str, keys: Sequence[bytes]) -> str | None:
    """The nonce of a token that we made under any of `keys`; None for all else."""
    found = _TOKEN.fullmatch(token)
    if found and any(hmac.compare_digest(_mark(key, found["nonce"]), found["mark"]) for key in keys):
        return found["nonce"]
    return None


def session_mark(secret: str) -> str:
    """What is stored of a session's secret, so that whoever reads the table cannot take its place."""
    return sha256(secret.encode()).hexdigest()


def _mark(key: bytes, nonce: str) -> str:
    return hmac.digest(key, f"sign-in\0{nonce}".encode(), sha256)[:_MARK_BYTES].hex()
