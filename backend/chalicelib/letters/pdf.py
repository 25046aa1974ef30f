"""One page of words as a PDF that a screen reader can read: tagged, with its language, its title and its own font."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from chalicelib.letters.font import Font, load

WIDTH, HEIGHT = 595, 842  # A4, in points
MARGIN, COLUMN, LINE = 75, 155, 1.4
_INK, _PALE, _ACCENT = (0.106, 0.137, 0.2), (0.35, 0.38, 0.44), (0.165, 0.549, 0.576)


@dataclass(frozen=True)
class Piece:
    """Words from `left` to `right`, in points from the left edge."""

    text: str
    size: float
    left: float = MARGIN
    right: float = WIDTH - MARGIN
    colour: tuple[float, float, float] = _INK


@dataclass(frozen=True)
class Block:
    """What belongs together: a heading (`tag` H1, H2), a paragraph, or a label with its value; `above` is empty."""

    tag: str
    pieces: tuple[Piece, ...]
    above: float


def as_pdf(title: str, language: str, text: str) -> bytes:
    """The page: of `text` each line is a paragraph, a heading where it begins with "# ", a label and its value around a
    tab, or a remark in small letters where it begins with "> ". The same words make the same bytes.
    """
    import pydyf  # noqa: PLC0415 - needed by few letters

    blocks, pdf, font = list(_blocks(text)), pydyf.PDF(), load()
    drawn = pydyf.Stream(compress=True)
    _frame(drawn)
    down = float(HEIGHT - MARGIN)
    for number, block in enumerate(blocks):
        down -= block.above
        drawn.begin_marked_content(block.tag, pydyf.Dictionary({"MCID": number}).data)
        down = min(_written(drawn, piece, down, font) for piece in block.pieces)
        drawn.end_marked_content()
    _assembled(pdf, drawn, font, [block.tag for block in blocks])
    pdf.catalog.update({"Lang": pydyf.String(language), "ViewerPreferences": "<</DisplayDocTitle true>>"})
    pdf.info["Title"] = pydyf.String(title)
    output = BytesIO()
    pdf.write(output, identifier=True)
    return output.getvalue()


def _blocks(text: str) -> Iterator[Block]:
    for line in filter(None, map(str.strip, text.splitlines())):
        label, tab, value = line.partition("\t")
        if tab:
            name = Piece(label.strip(), 12, right=MARGIN + COLUMN - 15, colour=_PALE)
            yield Block("P", (name, Piece(value.strip(), 12, MARGIN + COLUMN)), 12)
        elif line.startswith("# "):
            yield Block("H1", (Piece(line[2:], 26),), 30)
        elif line.startswith("> "):
            yield Block("P", (Piece(line[2:], 10, colour=_PALE),), 14)
        else:
            yield Block("P", (Piece(line, 12),), 14)


def _frame(drawn: Any) -> None:
    """A line around the page and the mark of the site, which say nothing."""
    drawn.begin_marked_content("Artifact")
    drawn.set_color_rgb(*_ACCENT, stroke=True)
    drawn.set_line_width(1.5)
    drawn.rectangle(MARGIN / 2, MARGIN / 2, WIDTH - MARGIN, HEIGHT - MARGIN)
    drawn.stroke()
    drawn.set_line_width(4)
    left, foot, high = MARGIN, HEIGHT - MARGIN - 4, 16.0
    drawn.move_to(left + 4, foot)
    drawn.curve_to(left + 4, foot + 1.33 * high, left + 28, foot + 1.33 * high, left + 28, foot)
    drawn.move_to(left, foot - 4)
    drawn.line_to(left + 32, foot - 4)
    drawn.stroke()
    drawn.end_marked_content()


def _written(drawn: Any, piece: Piece, down: float, font: Font) -> float:
    """Writes a piece in lines, and answers how far down the page is full then."""
    drawn.set_color_rgb(*piece.colour)
    drawn.begin_text()
    drawn.set_font_size("F", piece.size)
    for line in _lines(piece, font):
        down -= piece.size * LINE
        drawn.set_text_matrix(1, 0, 0, 1, piece.left, down)
        drawn.stream.append(font.shown(line) + b" Tj")
    drawn.end_text()
    return down


def _lines(piece: Piece, font: Font) -> Iterator[str]:
    """As many words as fit; one that is longer than a line is broken anywhere."""
    room, line = piece.right - piece.left, ""
    for word in piece.text.split(" "):
        if line and font.width(f"{line} {word}", piece.size) > room:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while font.width(line, piece.size) > room:
            fits = max(n for n in range(1, len(line)) if font.width(line[:n], piece.size) <= room)
            yield line[:fits]
            line = line[fits:]
    yield line


def _assembled(pdf: Any, drawn: Any, font: Font, tags: Iterable[str]) -> None:
    """Adds the page with its font and the tree of what stands on it, in the order of reading."""
    import pydyf  # noqa: PLC0415 - as above

    pdf.add_object(drawn)
    page = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array([0, 0, WIDTH, HEIGHT]),
            "Contents": drawn.reference,
            "Resources": pydyf.Dictionary({"Font": pydyf.Dictionary({"F": _font(pdf, font)})}),
            "StructParents": 0,
            "Tabs": "/S",
        }
    )
    pdf.add_page(page)
    root, document = pydyf.Dictionary({"Type": "/StructTreeRoot"}), pydyf.Dictionary({"S": "/Document"})
    pdf.add_object(root)
    pdf.add_object(document)
    parts = [
        pydyf.Dictionary({"S": f"/{tag}", "P": document.reference, "Pg": page.reference, "K": number})
        for number, tag in enumerate(tags)
    ]
    for part in parts:
        pdf.add_object(part)
    in_order = pydyf.Array([part.reference for part in parts])
    document.update({"P": root.reference, "K": in_order})
    root.update({"K": document.reference, "ParentTree": pydyf.Dictionary({"Nums": pydyf.Array([0, in_order])})})
    pdf.catalog.update({"StructTreeRoot": root.reference, "MarkInfo": "<</Marked true>>"})


def _font(pdf: Any, font: Font) -> bytes:
    """The reference of the font, whole, with what leads from its glyphs back to signs, so that text can be copied."""
    import pydyf  # noqa: PLC0415 - as above

    file = pydyf.Stream([font.data], {"Length1": len(font.data)}, compress=True)
    signs = pydyf.Stream([_signs(font)], compress=True)
    look = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": "/NotoSans",
            "Flags": 32,
            "FontBBox": pydyf.Array([-621, -389, 2800, 1067]),
            "ItalicAngle": 0,
            "Ascent": 1069,
            "Descent": -293,
            "CapHeight": 714,
            "StemV": 80,
        }
    )
    for part in (file, signs, look):
        pdf.add_object(part)
    look["FontFile2"] = file.reference
    inside = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": "/NotoSans",
            "CIDSystemInfo": "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            "CIDToGIDMap": "/Identity",
            "FontDescriptor": look.reference,
            "W": pydyf.Array([0, pydyf.Array(font.widths)]),
        }
    )
    pdf.add_object(inside)
    outside = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": "/NotoSans",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([inside.reference]),
            "ToUnicode": signs.reference,
        }
    )
    pdf.add_object(outside)
    return bytes(outside.reference)


def _signs(font: Font) -> bytes:
    pairs = [f"<{glyph:04x}> <{ord(sign):04x}>" for sign, glyph in font.glyphs.items()]
    chunks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    listed = "\n".join(f"{len(each)} beginbfchar\n" + "\n".join(each) + "\nendbfchar" for each in chunks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /Signs def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{listed}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
