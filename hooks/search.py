"""The index of the search: one for each language, over a copy of the finished pages that is easier to search."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from chalicelib.domain.language import LANGUAGES

SYNONYMS = Path("hooks/synonyms.toml")
_NONE = {"stop": "", "same": []}  # a language may do without

# What the page of the search loads; Pagefind also writes interfaces of its own.
_USED = ("pagefind.js", "pagefind-entry.json", "wasm.*.pagefind", "pagefind.*.pf_meta")

# Pagefind takes an article without its vowel and the noun after it for one word.
_ELIDED = re.compile(r"\b([cdjlmnst]|qu)’(?=\w)", re.IGNORECASE)


def write_index(site: Path) -> None:
    with TemporaryDirectory() as folder:
        for page in site.rglob("index.html"):
            copy = Path(folder, page.relative_to(site))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(searchable(page.read_text("utf-8")), "utf-8")
        _run_pagefind(Path(folder), site / "pagefind")
    _drop_unused(site / "pagefind")
    for language in LANGUAGES:
        words = json.dumps(query_words(language), ensure_ascii=False, separators=(",", ":"))
        (site / "pagefind" / f"words.{language}.json").write_text(words, "utf-8")


def searchable(html: str) -> str:
    """A page with its words whole and apart; Pagefind leaves out a page whose main part is not marked for it."""
    html = _ELIDED.sub(r"\1’ ", html.replace("&shy;", ""))
    html = html.replace('<p class="today"', '<p data-pagefind-ignore class="today"')
    return html if 'id="search-form"' in html else html.replace("<main ", "<main data-pagefind-body ", 1)


def query_words(language: str) -> dict[str, object]:
    """What the script does to a question: words it leaves out, and words that mean the same."""
    words = tomllib.loads(SYNONYMS.read_text("utf-8")).get(language, _NONE)
    same = {word: group for line in words["same"] for group in [line.split()] for word in group}
    return {"stop": words["stop"].split(), "same": same}


def _run_pagefind(pages: Path, index: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--silent", "--site", str(pages), "--output-path", str(index)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words


def _drop_unused(index: Path) -> None:
    used = {file for pattern in _USED for file in index.glob(pattern)}
    for file in index.iterdir():
        if file.is_file() and file not in used:
            file.unlink()
