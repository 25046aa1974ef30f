"""What a page says, however it is typed: white space and the look of quotes and dashes do not count."""

import re
import unicodedata
from hashlib import sha256

from mkdocs.utils.meta import get_data

WORDS_IN_FRONT = ("title", "description")

_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00ad": None})
_INSIDE_BRACES = re.compile(r"(?<=\{)([{%]?)\s+|\s+([%}]?)(?=\})")


def parts_of(source: str) -> tuple[dict[str, str], str]:
    """Title and description of a Markdown page, and its text; everything else in its front matter is left out."""
    text, front = get_data(source)
    return {key: str(front.get(key, "")) for key in WORDS_IN_FRONT}, text


def words_of(source: str) -> str:
    """All of it as one text."""
    front, text = parts_of(source)
    return "\n".join([*front.values(), text])


def normalised(source: str) -> str:
    """The words of a page in one form. Capitals and punctuation stay: they may change what a sentence says."""
    return _INSIDE_BRACES.sub(r"\1\2", alike(words_of(source)))


def alike(text: str) -> str:
    """The text with single spaces, straight quotes and short dashes, its words whole."""
    return " ".join(unicodedata.normalize("NFC", text.replace("&shy;", "")).translate(_ALIKE).split())


def fingerprint(source: str) -> str:
    """A short name for what a page says: the same as long as it says the same."""
    return sha256(normalised(source).encode()).hexdigest()[:8]
