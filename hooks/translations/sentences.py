"""The sentences of forms, letters and errors as a translator sees them: English, note, translation or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from hooks.messages import LOCALE, extract, template_for


@dataclass(frozen=True)
class Sentence:
    english: str
    note: str
    translation: str


def sentences(language: str, template: Path) -> list[Sentence]:
    """Every sentence that the code says now, the missing ones first."""
    with (
        template_for(language, template).open("rb") as said,
        (LOCALE / language / "LC_MESSAGES" / "cai.po").open("rb") as translated,
    ):
        wanted, found = read_po(said), read_po(translated)
    rows = [
        Sentence(_forms(one.id), _note(one.auto_comments), _translation(found.get(one.id))) for one in wanted if one.id
    ]
    return sorted(rows, key=lambda row: bool(row.translation))


def written(template: Path) -> Path:
    """The template of all catalogues, made anew from the code."""
    template.parent.mkdir(parents=True, exist_ok=True)
    extract(template)
    return template


def _note(comments: list[str]) -> str:
    return " ".join(comments).removeprefix("NOTE:").strip()


def _translation(message: object) -> str:
    """Nothing for a doubtful one: gettext would not show it either."""
    return "" if message is None or message.fuzzy else _forms(message.string)  # type: ignore[attr-defined]


def _forms(said: str | Sequence[str]) -> str:
    """A sentence; of one with a number that for one thing and that for several, or nothing where either is missing."""
    forms = [said] if isinstance(said, str) else said
    return " / ".join(forms) if all(forms) else ""
