"""Brings the gettext catalogues up to date with the sentences that code and templates hold."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import facts, links

LOCALE = Path("backend/chalicelib/words/locale")
SOURCES = ("backend/chalicelib", "overrides")
WORDS = ("--keywords=N_", "--add-comments=NOTE:", "--add-location=file", "--sort-by-file", "--no-wrap")
TRANSLATED = [code for code in LANGUAGES if code != "en"]


def extract(template: Path) -> None:
    """Writes each sentence of code and templates with its context comment to `template`."""
    _pybabel("extract", "--mapping=pyproject.toml", *WORDS, "--omit-header", f"--output={template}", *SOURCES)


def template_for(language: str, template: Path) -> Path:
    """A copy of `template` with the English words of each fact and link that has none in `language`."""
    with template.open("rb") as extracted:
        catalogue = read_po(extracted)
    for key, words in _spelled():
        if language not in words:
            catalogue.add(words["en"], auto_comments=[f"NOTE: {key} in facts.toml or links.toml; stands in sentences"])
    copy = template.with_suffix(f".{language}.pot")
    with copy.open("wb") as written:
        write_po(written, catalogue, omit_header=True, width=0)
    return copy


def update(template: Path, language: str) -> None:
    """Adds new sentences to a catalogue and drops those that are gone; a changed one is left for the translator."""
    catalogue = LOCALE / language / "LC_MESSAGES" / "cai.po"
    step = (
        ("update", "--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date")
        if catalogue.exists()
        else ("init",)
    )
    _pybabel(
        *step,
        "--no-wrap",
        "--domain=cai",
        f"--locale={language}",
        f"--input-file={template}",
        f"--output-dir={LOCALE}",
    )


def _spelled() -> Iterator[tuple[str, Mapping[str, str]]]:
    for fact in facts.load().by_key.values():
        if isinstance(fact.value, Mapping):
            yield fact.key, fact.value
    for link in links.providers():
        yield link.key, link.found


def _pybabel(*arguments: str) -> None:
    CommandLineInterface().run(["pybabel", "--quiet", *arguments])


def main() -> None:
    template = Path("build/cai.pot")
    template.parent.mkdir(exist_ok=True)
    extract(template)
    for language in TRANSLATED:
        update(template_for(language, template), language)


if __name__ == "__main__":
    main()
