"""Brings the gettext catalogues up to date with the sentences that code and templates hold."""

import subprocess
import sys
from pathlib import Path

from chalicelib.domain.language import LANGUAGES

LOCALE = Path("backend/chalicelib/words/locale")
SOURCES = ("backend/chalicelib", "overrides")
WORDS = ("--keywords=N_", "--add-comments=NOTE:", "--add-location=file", "--sort-by-file", "--no-wrap")
TRANSLATED = [code for code in LANGUAGES if code != "en"]


def extract(template: Path) -> None:
    """Writes each sentence with its context comment to `template`."""
    _pybabel("extract", "--mapping=pyproject.toml", *WORDS, "--omit-header", f"--output={template}", *SOURCES)


def update(template: Path) -> None:
    """Adds new sentences to each catalogue and drops those that are gone; a changed one is left for the translator."""
    for language in TRANSLATED:
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


def _pybabel(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments], check=True)  # noqa: S603 - our own words


def main() -> None:
    template = Path("build/cai.pot")
    template.parent.mkdir(exist_ok=True)
    extract(template)
    update(template)


if __name__ == "__main__":
    main()
