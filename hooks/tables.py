"""Tables that become stacked cards on a phone: each cell knows the heading it stands under."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class Cards(Treeprocessor):
    """Gives cells their heading for the eye, and tables the roles that `display: block` takes away."""

    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            headings = ["".join(heading.itertext()) for heading in table.iter("th")]
            table.set("role", "table")
            for row in table.iter("tr"):
                row.set("role", "row")
                _name_cells(row, headings)


class CardTables(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        # After inline Markdown (20) has been turned into elements, so that a heading's words are its own.
        md.treeprocessors.register(Cards(md), "cards", 15)


def makeExtension() -> Extension:  # noqa: N802 - the name that Python-Markdown calls
    return CardTables()


def _name_cells(row: Element, headings: list[str]) -> None:
    for cell, heading in _cells(row, headings):
        cell.set("role", "columnheader" if cell.tag == "th" else "cell")
        if cell.tag == "td" and heading:
            cell.set("data-label", heading)


def _cells(row: Element, headings: list[str]) -> Iterator[tuple[Element, str]]:
    return zip(row, headings, strict=False)
