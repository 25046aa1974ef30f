"""Where each page of the desk is. A way is a reference or the name of a page of ours, and never an address."""

import re

from chalicelib.domain.identity import ALPHABET

START = "today"
PAGES = frozenset({START, "audit"})
_REFERENCE = re.compile(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def is_reference(text: str) -> bool:
    return _REFERENCE.fullmatch(text) is not None


def known(way: str) -> str:
    """A way that somebody sent us, or the first page in place of anything else."""
    return way if way in PAGES or is_reference(way) else START


def path_of(way: str, language: str) -> str:
    page = f"requests/{way}" if is_reference(way) else way
    return f"/api/desk/{language}/{page}"


def door(language: str, way: str = START) -> str:
    """Where one asks for a link that leads to `way`."""
    return path_of("sign-in", language) + (f"?next={way}" if way != START else "")
