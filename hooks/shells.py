"""Shells: pages with places left open, which the API fills in the reader's language."""

import re
from datetime import UTC, datetime
from pathlib import Path
from string import Template

from chalicelib.domain.days import day_in_luxembourg

SHELLS = Path("backend/chalicelib/web/shell")

_PLACE = re.compile(r"@@(\w+)@@")


def place(name: str) -> str:
    """What a template writes where a shell has `${name}`."""
    return f"@@{name}@@"


def as_shell(html: str) -> str:
    """The text of a string.Template: each place is a placeholder, each other `$` stands for itself."""
    return _PLACE.sub(r"${\1}", html.replace("$", "$$"))


def write_shell(shell: str, mode: str, language: str, name: str) -> None:
    target = SHELLS / mode / language / f"{name}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(shell, "utf-8")


def with_blank_form(shell: str, name: str, language: str, mode: str) -> str:
    """The static page of a form: its shell with nothing to report and nothing filled in."""
    from chalicelib.web.pages import blank_form  # noqa: PLC0415 - forms are built only where a page has one

    content = blank_form(name, language, mode, day_in_luxembourg(datetime.now(UTC)))
    return Template(shell).substitute(prefix="", summary="", content=content)
