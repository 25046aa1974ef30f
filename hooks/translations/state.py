"""How each translated page stands to the English one: missing, older, or made from the English as it is now."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from mkdocs.utils.meta import get_data

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.language import LANGUAGES
from hooks.translations.words import fingerprint, normalised

DOCS = Path("docs")
TRANSLATED = [code for code in LANGUAGES if code != "en"]


@dataclass(frozen=True)
class Stamp:
    """What a translated page says about itself: the English it was made from, when, and when somebody checked it."""

    english: str
    translated: date
    checked: date | None


@dataclass(frozen=True)
class Translation:
    """A page in another language, or the place where it should be; `name` is such as `contact`."""

    docs: Path
    language: str
    name: str

    @property
    def file(self) -> Path:
        return self.docs / self.language / f"{self.name}.md"

    @cached_property
    def text(self) -> str:
        return self.file.read_text("utf-8") if self.file.exists() else ""

    @cached_property
    def english(self) -> str:
        """The English as it is now."""
        return (self.docs / "en" / f"{self.name}.md").read_text("utf-8")

    @cached_property
    def stamp(self) -> Stamp | None:
        return read_stamp(self.text, str(self.file))

    @property
    def is_a_copy(self) -> bool:
        return normalised(self.text) == normalised(self.english)

    @property
    def state(self) -> str:
        """One of `missing`, `older`, `current`."""
        if self.stamp is None or self.is_a_copy:
            return "missing"
        return "current" if self.stamp.english == fingerprint(self.english) else "older"


def all_pages(docs: Path, language: str) -> list[Translation]:
    """One for each English page, by name."""
    return [Translation(docs, language, page.stem) for page in sorted((docs / "en").glob("*.md"))]


def read_stamp(source: str, file: str) -> Stamp | None:
    """The stamp in a page's front matter, or None where it has none.

    Raises ConfigurationError, naming the file, for one that somebody has typed wrongly.
    """
    _, front = get_data(source)
    if "english" not in front:
        return None
    translated, status, checked = (front.get(key) for key in ("translated", "status", "checked"))
    good = status == "unchecked" or (status == "checked" and isinstance(checked, date))
    if not (good and isinstance(translated, date) and isinstance(front["english"], str)):
        raise ConfigurationError(
            f"{file}: english, translated, status or checked is not as `make translations` writes it"
        )
    return Stamp(front["english"], translated, checked if status == "checked" else None)
