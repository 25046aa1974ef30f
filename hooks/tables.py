"""Tables that become stacked cards on a phone: each cell knows the heading it stands under."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

MANY = 4


class Cards(Treeprocessor):
    """Gives cells their heading for the eye, and tables the roles that `display: block` takes away."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for place, table in enumerate(parent):
                if table.tag == "table":
                    parent[place] = _as_cards(table)


class CardTables(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        # After inline Markdown (20) has been turned into elements, so that a heading's words are its own.
        md.treeprocessors.register(Cards(md), "cards", 15)


def makeExtension() -> Extension:  # noqa: N802 - the name that Python-Markdown calls
    return CardTables()


def _as_cards(table: Element) -> Element:
    """The table in an element that is one by its role.

    Safari 16 and older skip the rows of a table that is laid out as cards unless they have roles, and HTML forbids
    roles of a table inside one; so the inner one is presentation.
    """
    headings = ["".join(heading.itertext()) for heading in table.iter("th")]
    table.set("role", "presentation")
    if len(headings) >= MANY:
        table.set("class", "wide")
    for row in table.iter("tr"):
        _name_cells(row, headings)
    outer = Element("div", role="table")
    outer.append(table)
    return outer


def _name_cells(row: Element, headings: list[str]) -> None:
    row.set("role", "row")
    first, *others = row
    if first.tag == "th":
        _set_role(row, "columnheader")
        return
    first.tag = "th"
    first.attrib.update(scope="row", role="rowheader")
    for cell, heading in zip(others, headings[1:], strict=True):
        cell.attrib.update({"role": "cell", "data-label": heading})


def _set_role(row: Element, role: str) -> None:
    for cell in row:
        cell.attrib.update(scope="col", role=role)
