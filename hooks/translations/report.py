"""What is missing and what is older than the English: as lines for the terminal, and as one page for a translator."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib.domain.language import LANGUAGES
from hooks.translations.history import english_with
from hooks.translations.sections import Row, rows
from hooks.translations.sentences import Sentence, sentences
from hooks.translations.state import Translation, all_pages
from hooks.translations.terms import Term, chosen


@dataclass(frozen=True)
class Work:
    """What there is to do in one language."""

    language: str
    pages: list[Translation]
    sentences: list[Sentence]
    terms: list[Term]

    @property
    def name(self) -> str:
        return LANGUAGES[self.language]

    @property
    def missing(self) -> list[Translation]:
        return [page for page in self.pages if page.state == "missing"]

    @property
    def older(self) -> list[Translation]:
        return [page for page in self.pages if page.state == "older"]

    @property
    def unchecked(self) -> list[Translation]:
        return [page for page in self.pages if page.state == "current" and page.stamp and not page.stamp.checked]

    @property
    def unsaid(self) -> list[Sentence]:
        return [sentence for sentence in self.sentences if not sentence.translation]

    @property
    def said(self) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.translation]


def work_in(docs: Path, language: str, template: Path) -> Work:
    return Work(language, all_pages(docs, language), sentences(language, template), chosen(language))


def lines(work: Work) -> list[str]:
    """For the terminal."""
    counts = {
        "missing": work.missing,
        "older than the English": work.older,
        "not checked by a native reader": work.unchecked,
    }
    pages = [f"  {kind}: {_names(found)}" for kind, found in counts.items() if found]
    return [f"{work.name}:", *pages, f"  sentences missing: {len(work.unsaid)} of {len(work.sentences)}"]


def html(works: list[Work]) -> str:
    """One page that needs nothing but a browser."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("translator.html").render(works=works, rows_of=rows_of, has_before=has_before)


def rows_of(page: Translation) -> list[Row]:
    return rows(_before(page) or page.english, page.english, page.text)


def has_before(page: Translation) -> bool:
    """Whether git still has the English that the translation was made from."""
    return _before(page) is not None


def _before(page: Translation) -> str | None:
    return english_with(page.docs, page.name, page.stamp.english) if page.stamp else None


def _names(pages: list[Translation]) -> str:
    return " ".join(page.name for page in pages)
