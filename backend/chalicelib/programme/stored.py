"""What the table keeps, attribute by attribute: what each is for, and what removes it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from chalicelib.domain.errors import ConfigurationError

NOBODY = "nobody"
REMOVALS = ("with the contact", "after a day", "after a year", "never")


@dataclass(frozen=True)
class Kind:
    """One kind of item: `at` is how its pk and sk begin, `attributes` says what each is for or that it is nobody's."""

    name: str
    at: tuple[str, str]
    removed: str
    attributes: Mapping[str, str]

    @property
    def personal(self) -> dict[str, str]:
        """The attributes that say something of a person, each with its purpose."""
        return {name: purpose for name, purpose in self.attributes.items() if purpose != NOBODY}


@dataclass(frozen=True)
class Stored:
    """Every kind of item, and `answers`: the attribute, or kind.attribute, that keeps the answer to a form's field."""

    kinds: Mapping[str, Kind]
    answers: Mapping[str, str]

    def kind_at(self, pk: str, sk: str) -> Kind:
        """The kind whose place an item has. Raises ConfigurationError where none has it."""
        for kind in self.kinds.values():
            if pk.startswith(kind.at[0]) and sk.startswith(kind.at[1]):
                return kind
        raise ConfigurationError(f"stored.toml: no kind stands at {pk.partition('#')[0]} / {sk.partition('#')[0]}")

    def purpose_of_answer(self, field: str) -> str:
        """What a field of the form is asked for. Raises ConfigurationError where nobody says so."""
        attribute = self.answers.get(field)
        if attribute is None:
            raise ConfigurationError(f"stored.toml: answers lacks the field {field}")
        kind_name, _, name = attribute.rpartition(".")
        kinds = [self.kinds[kind_name]] if kind_name else self.kinds.values()
        purposes = {kind.attributes[name] for kind in kinds if name in kind.attributes}
        if len(purposes) != 1:
            raise ConfigurationError(f"stored.toml: {attribute}, the answer to {field}, needs one purpose")
        return purposes.pop()


@cache
def load() -> Stored:
    """What this build stores. Raises ConfigurationError, naming the entry, where a purpose or a removal is missing."""
    return read(tomllib.loads(files("chalicelib.programme").joinpath("stored.toml").read_text("utf-8")))


def read(tables: Mapping[str, Any]) -> Stored:
    kinds = {name: _kind(name, entry) for name, entry in tables.items() if name != "answers"}
    return Stored(kinds, tables.get("answers", {}))


def _kind(name: str, entry: Mapping[str, Any]) -> Kind:
    needed = ("at", "removed", "reason", "attributes")
    if blank := [field for field in needed if not entry.get(field)]:
        raise ConfigurationError(f"stored.toml: {name} lacks {', '.join(blank)}")
    if nameless := [attribute for attribute, purpose in entry["attributes"].items() if not purpose]:
        raise ConfigurationError(f"stored.toml: {name}.{nameless[0]} lacks a purpose")
    kind = Kind(name, tuple(entry["at"]), entry["removed"], entry["attributes"])
    if kind.removed not in REMOVALS:
        raise ConfigurationError(f"stored.toml: {name} is removed {kind.removed}, not {' or '.join(REMOVALS)}")
    if kind.personal and kind.removed == "never":
        raise ConfigurationError(f"stored.toml: {name}.{next(iter(kind.personal))} is personal and never removed")
    return kind
