"""English before, English now and the translation, section by section and with the differences marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup

from hooks.translations.words import parts_of

_HEADING = re.compile(r"^#{1,6} .*?(?:\{ *#([\w-]+) *\})?$")
_GONE, _CAME = Markup("<del>{}</del>"), Markup("<ins>{}</ins>")
_WORD = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Row:
    """One section; `place` is what the translator names it by, such as `#phone`."""

    place: str
    before: Markup
    now: Markup
    theirs: str
    changed: bool


def rows(before: str, now: str, theirs: str) -> list[Row]:
    """The sections of the English as it is now, then those that it had before."""
    old, new, other = _sections(before), _sections(now), _sections(theirs)
    return [_row(place, old, new, other) for place in {**new, **old}]


def marked(before: str, now: str) -> tuple[Markup, Markup]:
    """Both texts as HTML, with what went in `<del>` and what came in `<ins>`."""
    old, new = _WORD.findall(before), _WORD.findall(now)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        _joined(_GONE, (("".join(old[i:j]), kind) for kind, i, j, _, _ in steps)),
        _joined(_CAME, (("".join(new[i:j]), kind) for kind, _, _, i, j in steps)),
    )


def _row(place: str, old: dict[str, str], new: dict[str, str], theirs: dict[str, str]) -> Row:
    was, says = old.get(place, ""), new.get(place, "")
    return Row(place, *marked(was, says), theirs.get(place, ""), was.split() != says.split())


def _joined(mark: Markup, parts: Iterator[tuple[str, str]]) -> Markup:
    return Markup("").join(text if kind == "equal" or not text else mark.format(text) for text, kind in parts)


def _sections(source: str) -> dict[str, str]:
    """Title, description, and the text by the id of the heading above it; `top` is what stands before the first."""
    front, text = parts_of(source)
    found, place = {**front, "top": ""}, "top"
    for line in text.strip().splitlines():
        heading = _HEADING.match(line)
        place = f"#{heading[1]}" if heading and heading[1] else place
        found[place] = f"{found.get(place, '')}{line}\n"
    return {place: text.strip() for place, text in found.items()}
