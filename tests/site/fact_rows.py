"""The facts of the two sources as rows: what each says, where the site states it, and what to look for there."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import facts, links
from chalicelib.words.formats import write
from tests.site.stated import Statement, plain

SOURCES = ("fact_sheet", "office_page")
WITH_THE_TABLE = ("contract/", "fact-sheet/")
MODES = ("demonstration", "closed")


@dataclass(frozen=True)
class Row:
    """One fact. `places` by mode; `keys` of facts.toml, `addresses` of links.toml, `words` by language."""

    says: str
    places: dict[str, list[str]]
    keys: list[str]
    addresses: list[str]
    words: dict[str, list[str]]

    def patterns(self, language: str) -> list[re.Pattern[str]]:
        """All of them stand in one statement: words from their beginning, values of facts.toml whole."""
        values = [write(facts.load().get(key, language), language) for key in self.keys]
        whole = [rf"{re.escape(plain(value))}(?!\w)" for value in values]
        return [re.compile(rf"(?<!\w)(?:{sought})", re.IGNORECASE) for sought in [*whole, *self.words[language]]]

    def links(self, language: str) -> set[str]:
        return {links.load()[key].address_for(language) for key in self.addresses}

    def is_in(self, statement: Statement, language: str) -> bool:
        return self.links(language) <= statement.links and all(
            pattern.search(statement.words) for pattern in self.patterns(language)
        )


@cache
def rows(source: str) -> list[Row]:
    tables = tomllib.loads(Path(__file__).with_name(f"{source}.toml").read_text("utf-8"))
    return [_row(entry) for entries in tables.values() for entry in entries]


def _row(entry: dict[str, Any]) -> Row:
    everywhere = [*_cells(entry.pop("cell", None)), *entry.pop("on", [])]
    return Row(
        says=entry.pop("says"),
        places={mode: [*everywhere, *entry.pop(mode, [])] for mode in MODES},
        keys=entry.pop("facts", []),
        addresses=entry.pop("links", []),
        words={language: entry.pop(language, []) for language in LANGUAGES},
        **entry,  # what is left is misspelt
    )


def _cells(cell: str | None) -> list[str]:
    return [f"{page}#nutshell {cell}" for page in WITH_THE_TABLE] if cell else []
