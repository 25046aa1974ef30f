"""Where each page of the desk is. A way is a reference or the name of a page of ours, and never an address."""

import re
from datetime import datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.identity import ALPHABET
from chalicelib.domain.session import SESSION_ID

START = "today"
PAGES = frozenset({START, "audit", "find", "requests/new", "sessions", "sessions/new"})
MONTH = r"20\d\d-(?:0[1-9]|1[0-2])"
_REFERENCE = re.compile(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
_SESSION = re.compile(f"sessions/{SESSION_ID.pattern}(/change|/cancel|/sheet|/sign-up)?")
_CONTACT = re.compile(f"contacts/{_REFERENCE.pattern}(/merge)?")
_VARIABLE = re.compile(r"\{\w+\}")
_REQUESTS = "requests/"
_WAYS = (_CONTACT, _SESSION, re.compile(f"months/{MONTH}"))


def is_reference(text: str) -> bool:
    return _REFERENCE.fullmatch(text) is not None


def month_of(now: datetime) -> str:
    """The month in Luxembourg of an aware moment, such as 2026-11."""
    return f"{day_in_luxembourg(now):%Y-%m}"


def of_contact(reference: str) -> str:
    """The way to all that is held about the person of a reference."""
    return f"contacts/{reference}"


def of_session(session_id: str, page: str = "") -> str:
    """The way to a session, or to one of its pages: change, cancel, sheet or sign-up."""
    return f"sessions/{session_id}" + (f"/{page}" if page else "")


def to(page: str, named: tuple[str, ...]) -> str:
    """The way to a page of contents.py with what is `named` in its address."""
    way = _VARIABLE.sub("{}", page).format(*named)
    reference = way.removeprefix(_REQUESTS)
    return known(reference if is_reference(reference) else way)


def known(way: str) -> str:
    """A way that somebody sent us, or the first page in place of anything else."""
    is_ours = way in PAGES or is_reference(way) or any(each.fullmatch(way) for each in _WAYS)
    return way if is_ours else START


def path_of(way: str, language: str) -> str:
    page = _REQUESTS + way if is_reference(way) else way
    return f"/api/desk/{language}/{page}"


def door(language: str, way: str = START) -> str:
    """Where one asks for a link that leads to `way`."""
    return path_of("sign-in", language) + (f"?next={way}" if way != START else "")
