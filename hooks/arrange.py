"""How the parts of a page are put in order: its heading first, the sections of home as doors."""

import re


def heading_and_rest(html: str) -> tuple[str, str]:
    """The words of a page's first-level heading, which something may follow, and the rest of the page."""
    heading, _, rest = html.partition("</h1>")
    return re.sub(r"^\s*<h1[^>]*>", "", heading), rest


def with_doors(html: str) -> str:
    """Home with each section that ends in a door as a part of its own, side by side where there is room."""
    start, *sections = re.split(r"(?=<h2)", html)
    doors = [section for section in sections if 'class="door"' in section]
    others = [section for section in sections if section not in doors]
    doorway = "".join(f"<section>{section}</section>" for section in doors)
    return f'{start}<div class="doors">{doorway}</div>{"".join(others)}'
