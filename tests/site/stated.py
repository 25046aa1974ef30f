"""What the site states, place by place: each paragraph, list item and cell under its section."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

from tests.site.built import in_each_language, main_of, text

SECTIONS = ("h2", "h3", "h4")
TEXTS = ("h1", "p", "li", "th", "td")
TABLE_ROWS = ("services", "duration", "prices", "registration", "certificate")
TABLE_COLUMNS = ("language", "citizenship", "orientation")


@dataclass(frozen=True)
class Statement:
    words: str
    links: frozenset[str | None]


Stated = dict[str, list[Statement]]


@cache
def stated(mode: str, language: str) -> Stated:
    """All statements of the site by place: `contact/#email`, `contract/#nutshell prices language`, `benefits/`."""
    found = defaultdict(list)
    for page in in_each_language(mode)[language].values():
        for place, element in _placed(main_of(page)):
            found[f"{page.slug}{place}"].append(_statement(element))
    return dict(found)


def plain(words: str) -> str:
    """Without what only sets type: soft hyphens, no-break spaces."""
    return " ".join(words.replace("\u00ad", "").split())


def _statement(element: Element) -> Statement:
    return Statement(plain(text(element)), frozenset(link.get("href") for link in element.iter("a")))


def _placed(main: Element) -> Iterator[tuple[str, Element]]:
    cells = {inner: cell for table in main.iter("table") for inner, cell in _cells(table)}
    open_sections = [""]
    for element in main.iter():
        if element.tag in SECTIONS:
            open_sections = [*open_sections[: 1 + SECTIONS.index(element.tag)], f"#{element.get('id')}"]
        if element.tag in TEXTS and not _holds_texts(element):
            for section in open_sections[1:] or open_sections:
                yield section, element
                if element in cells:
                    yield f"{section} {cells[element]}", element


def _holds_texts(element: Element) -> bool:
    return any(part.tag in TEXTS for part in element.iter() if part is not element)


def _cells(table: Element) -> Iterator[tuple[Element, str]]:
    for row, name in zip(table.iter("tr"), TABLE_ROWS, strict=False):
        for cell, column in zip(list(row)[1:], TABLE_COLUMNS, strict=False):
            yield from ((inner, f"{name} {column}") for inner in cell.iter())
