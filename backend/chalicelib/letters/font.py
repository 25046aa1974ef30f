"""The letters of our PDF files: which signs the font has, how wide each is, and how a PDF names them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from struct import calcsize, unpack_from
from typing import Any

UNITS = 1000  # to an em, in our font as in a PDF


@dataclass(frozen=True)
class Font:
    """Noto Sans with Latin, Greek and Cyrillic, without kerning (licence: font/LICENSE); widths are in units."""

    data: bytes = field(repr=False)
    glyphs: Mapping[str, int] = field(repr=False)
    widths: tuple[int, ...] = field(repr=False)

    def knows(self, text: str) -> bool:
        return all(sign in self.glyphs for sign in text)

    def width(self, text: str, size: float) -> float:
        """In points, at a size in points. A sign that is not there counts as the box in its place."""
        return sum(self.widths[self.glyphs.get(sign, 0)] for sign in text) * size / UNITS

    def shown(self, text: str) -> bytes:
        """The numbers of its signs, as a PDF shows them."""
        return b"<" + b"".join(b"%04x" % self.glyphs.get(sign, 0) for sign in text) + b">"


@cache
def load() -> Font:
    """The font that ships."""
    data = files("chalicelib.letters").joinpath("font", "NotoSans.ttf").read_bytes()
    tables = {tag: start for tag, _, start, _ in _read_all(data, 12, ">4sLLL", _read(data, 4, ">H")[0])}
    (wide,) = _read(data, tables[b"hhea"] + 34, ">H")
    widths = [width for width, _ in _read_all(data, tables[b"hmtx"], ">Hh", wide)]
    (number,) = _read(data, tables[b"maxp"] + 4, ">H")
    return Font(data, dict(_signs(data, tables[b"cmap"])), tuple(widths + widths[-1:] * (number - wide)))


def _signs(data: bytes, cmap: int) -> Iterator[tuple[str, int]]:
    """The pairs of a table of format 4: segments of codes, each with what leads from a code to its glyph."""
    table = cmap + _read(data, cmap + 8, ">L")[0]
    double = _read(data, table + 6, ">H")[0]
    ends, starts, steps, ways = (table + 14 + gap + at * double for at, gap in enumerate((0, 2, 2, 2)))
    for at in range(0, double - 2, 2):
        (first,), (last,) = _read(data, starts + at, ">H"), _read(data, ends + at, ">H")
        (step,), (way,) = _read(data, steps + at, ">H"), _read(data, ways + at, ">H")
        for code in range(first, last + 1):
            found = _read(data, ways + at + way + 2 * (code - first), ">H")[0] if way else code
            yield chr(code), (found + step) % 65536


def _read(data: bytes, at: int, form: str) -> tuple[int, ...]:
    return unpack_from(form, data, at)


def _read_all(data: bytes, at: int, form: str, number: int) -> Iterator[tuple[Any, ...]]:
    return (unpack_from(form, data, at + calcsize(form) * each) for each in range(number))
