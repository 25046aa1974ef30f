"""Plain text as it stands in a letter: short lines, and nothing typed that could pass for words of ours."""

import re
from textwrap import wrap as _wrap

WIDTH = 72
_BULLET = "- "

# Control characters, and those that turn the direction of the words around them.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_JOINT = re.compile(r"(?<=\S)[.:/@](?=\S)")
_NON_JOINER = "\u200c"

# A number stays with what it counts, and a year with its month: “8002 6006”, “31 March 2027”, „21. Oktober“.
_AT_A_NUMBER = re.compile(r"(?<=\d) (?=\S)|(?<=\d\.) (?=\S)|(?<=[^\W\d_]) (?=\d{4}\b)")
_GLUE = "\ue000"


def wrap(text: str) -> str:
    """In lines of at most 72 columns with single empty lines between; a longer word stands alone, whole."""
    lines = (line for written in text.splitlines() for line in _lines(written.strip()))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def one_line(text: str) -> str:
    """Without line breaks and control characters, with single blanks."""
    return re.sub(" +", " ", _UNSEEN.sub(" ", text)).strip()


def inert(typed: str) -> str:
    """What somebody typed, on one line that no mail program turns into a link.

    Programs make links of what looks like an address; an unseen non-joiner behind each dot, colon, slash and at sign
    inside a word keeps them from it.
    """
    return _JOINT.sub(rf"\g<0>{_NON_JOINER}", one_line(typed))


def _lines(written: str) -> list[str]:
    hanging = " " * len(_BULLET) if written.startswith(_BULLET) else ""
    glued = _AT_A_NUMBER.sub(_GLUE, written)
    lines = _wrap(glued, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)
    return [line.replace(_GLUE, " ") for line in lines] or [""]
