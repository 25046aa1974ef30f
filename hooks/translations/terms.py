"""The termbase: one choice for each term in each language, what to avoid, and where a text departs from it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hooks.translations.words import alike

_FILE = Path(__file__).with_name("terms.toml")
# Names of facts and ids of headings are English in all languages.
_NAMES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|%\(\w+\)s|\{[^{}]*\}|\]\([^)]*\)", re.DOTALL)


@dataclass(frozen=True)
class Choice:
    """What one language writes for a term; `source` is who else does, or `own`."""

    word: str
    source: str = "own"
    stem: str = ""
    avoid: list[str] = field(default_factory=list)

    def is_in(self, text: str) -> bool:
        return bool(re.search(self.stem or re.escape(alike(self.word)), alike(text), re.IGNORECASE))

    def avoided_in(self, text: str) -> Iterator[str]:
        return (found[0] for pattern in self.avoid for found in re.finditer(pattern, alike(text), re.IGNORECASE))


@dataclass(frozen=True)
class Term:
    """A term; a loose one may be said otherwise, so that only what to avoid is asked.

    A language may have no choice of its own yet, and is then asked nothing.
    """

    key: str
    loose: bool
    choices: dict[str, Choice]


@cache
def load() -> list[Term]:
    entries = tomllib.loads(_FILE.read_text("utf-8"))
    return [
        Term(key, entry.pop("loose", False), {language: Choice(**choice) for language, choice in entry.items()})
        for key, entry in entries.items()
    ]


def chosen(language: str) -> list[Term]:
    """The terms for which a language has a word."""
    return [term for term in load() if language in term.choices]


def avoided(text: str, language: str) -> list[str]:
    """What stands in the text and should not, with what to write instead."""
    choices, words = [term.choices[language] for term in chosen(language)], _NAMES.sub(" ", text)
    return [f"{found!r}: write {choice.word!r}" for choice in choices for found in choice.avoided_in(words)]


def not_followed(english: str, translated: str, language: str) -> list[str]:
    """The terms that the English uses and the translation does not say in the chosen word."""
    said = _NAMES.sub(" ", english)
    strict = [term for term in chosen(language) if not term.loose and term.choices["en"].is_in(said)]
    return [term.choices[language].word for term in strict if not term.choices[language].is_in(translated)]
