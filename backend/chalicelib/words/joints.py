"""Luxembourgish that may part at the joints of long words, since no browser knows how to hyphenate it."""

import re

# Integratiouns|kontrakt, Orientéierungs|dag, Sozialversécherungs|nummer
_JOINT = re.compile(r"(\w{4,}(?:iouns|ungs|heets|keets|téits))(?=\w{3,})")
_TYPED_OR_SHOWN = re.compile(r"<textarea.*?</textarea>|>[^<]+", re.DOTALL)


def with_joints(html: str) -> str:
    """HTML whose text has soft hyphens at the joints; what somebody typed stays as it is."""
    return _TYPED_OR_SHOWN.sub(lambda part: part[0] if part[0][0] == "<" else jointed(part[0]), html)


def jointed(text: str) -> str:
    """The same for text that is escaped already."""
    return _JOINT.sub("\\1&shy;", text)
