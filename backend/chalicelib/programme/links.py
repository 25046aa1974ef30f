"""The addresses outside this site, from links.toml: each with the languages in which it can be read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme.spelled import Translate, in_words


@dataclass(frozen=True)
class Link:
    """A page elsewhere. `addresses` by language; a course provider also has a name and says what is found there."""

    key: str
    addresses: Mapping[str, str]
    source: str
    checked: date
    name: str
    found: Mapping[str, str]

    def language_for(self, reader: str) -> str:
        """The language in which the page opens for this reader: their own, or else the first there is."""
        return reader if reader in self.addresses else next(iter(self.addresses))

    def found_for(self, reader: str, translate: Translate) -> str:
        return in_words(self.found, reader, translate)

    def address_for(self, reader: str) -> str:
        return self.addresses[self.language_for(reader)]


@cache
def load() -> Mapping[str, Link]:
    """All links by key. Raises ConfigurationError, naming the link, where something is missing."""
    tables = tomllib.loads(files("chalicelib.programme").joinpath("links.toml").read_text("utf-8"))
    return {key: _link(key, entry) for key, entry in tables.items()}


def providers() -> list[Link]:
    """The course providers, in the order of the file."""
    return [link for link in load().values() if link.found]


def language_behind(address: str) -> str:
    """The language of the page at `address`. Raises ConfigurationError for an address that links.toml does not have."""
    for link in load().values():
        for language, known in link.addresses.items():
            if known == address:
                return language
    raise ConfigurationError(f"links.toml does not have the address {address}")


def _link(key: str, entry: Mapping[str, Any]) -> Link:
    needed = {"address", "source", "checked"} | ({"name"} if "found" in entry else set())
    if missing := sorted(field for field in needed if not entry.get(field)):
        raise ConfigurationError(f"links.toml: {key} lacks {', '.join(missing)}")
    return Link(key, entry["address"], entry["source"], entry["checked"], entry.get("name", ""), entry.get("found", {}))
