"""The facts of the programme: loaded once from facts.toml, said in the reader's language."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.language import LANGUAGES
from chalicelib.programme.spelled import Translate, in_words

Value = str | int | bool | date


@dataclass(frozen=True)
class Fact:
    """One fact with its source and the day on which it was last checked; one in words has at least the English ones.

    `number` is the one that the words of a fact say, for what counts with it.
    """

    key: str
    value: Value | Mapping[str, str]
    source: str
    checked: date
    translate: bool = True
    number: int | None = None

    def in_language(self, language: str, translate: Translate) -> Value:
        return in_words(self.value, language, translate) if isinstance(self.value, Mapping) else self.value


@dataclass(frozen=True)
class Facts:
    """All facts by key, such as `contact.phone`.

    Raises ConfigurationError, naming file and key, for a fact that is not there.
    """

    by_key: Mapping[str, Fact]
    settings: Mapping[str, Mapping[str, Any]]

    def get(self, key: str, language: str = "en", translate: Translate = str) -> Value:
        if key not in self.by_key:
            raise ConfigurationError(f"facts.toml has no fact named {key}")
        return self.by_key[key].in_language(language, translate)

    def text(self, key: str, language: str = "en") -> str:
        return str(self.get(key, language))

    def names(self) -> list[str]:
        """Names, numbers and addresses, which are the same in every language, the longest first."""
        return sorted((str(fact.value) for fact in self.by_key.values() if not fact.translate), key=len, reverse=True)

    def number(self, key: str) -> int:
        """The number that a fact is, or that its words say."""
        value = self.get(key)
        said = self.by_key[key].number if isinstance(value, str) else value
        if not isinstance(said, int):
            raise ConfigurationError(f"facts.toml: {key} lacks number")
        return said

    def said(self, language: str, write: Callable[[Value], str], translate: Translate) -> "Said":
        """The facts as a template reads them, `facts.contact.phone`, each written by `write`.

        `translate` turns English words into those of a language for which facts.toml has none.
        """
        return Said(self, language, write, translate, "")


@dataclass(frozen=True)
class Said:
    _facts: Facts
    _language: str
    _write: Callable[[Value], str]
    _translate: Translate
    _path: str

    def __getattr__(self, name: str) -> Any:  # words, or a group of facts
        path = f"{self._path}.{name}" if self._path else name
        if path in self._facts.by_key:
            return self._write(self._facts.get(path, self._language, self._translate))
        if any(key.startswith(f"{path}.") for key in self._facts.by_key):
            return replace(self, _path=path)
        raise ConfigurationError(f"facts.toml has no fact named {path}")


@cache
def load() -> Facts:
    """The facts of this build. Raises ConfigurationError for a fact without source, day or value."""
    tables = tomllib.loads(files("chalicelib.programme").joinpath("facts.toml").read_text("utf-8"))
    settings = {name: tables.pop(name) for name in ("intake", "operator")}
    facts = [_fact(f"{group}.{name}", entry) for group, entries in tables.items() for name, entry in entries.items()]
    return Facts({fact.key: fact for fact in facts}, settings)


def _fact(key: str, entry: Any) -> Fact:
    missing = {"source", "checked"} - set(entry)
    if "value" not in entry:
        missing |= {"en"} - set(entry)
    if missing:
        raise ConfigurationError(f"facts.toml: {key} lacks {', '.join(sorted(missing))}")
    value = (
        entry["value"]
        if "value" in entry
        else {language: entry[language] for language in LANGUAGES if language in entry}
    )
    return Fact(key, value, entry["source"], entry["checked"], entry.get("translate", True), entry.get("number"))
