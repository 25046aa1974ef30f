"""A first view fits into the first answer of a server: 14,000 bytes for all its files."""

import gzip
from pathlib import Path

import pytest

from chalicelib.domain.language import LANGUAGES
from tests.site.built import SITES, Page, in_each_language, pages

BUDGET = 14_000


def first_view(page: Page) -> int:
    """The bytes of the page and of every file it asks for, each as gzip -9 packs it."""
    asked = {link.get("href") for link in page.all("link") if link.get("rel") in ("stylesheet", "icon", "manifest")}
    asked |= {script.get("src") for script in page.all("script")}
    asked = {path for path in asked if not path.startswith("data:")}
    return sum(packed(page.site / path[1:]) for path in asked) + packed(page.site / page.path[1:] / "index.html")


def packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


@pytest.mark.parametrize("mode", SITES)
def test_a_first_view_stays_within_its_budget(mode):
    for page in pages(mode):
        assert first_view(page) <= BUDGET, page.path


if __name__ == "__main__":
    for language in LANGUAGES:
        found = in_each_language("demonstration")[language]
        print(language, *(f"{slug or 'home'} {first_view(page)}" for slug, page in found.items()))  # noqa: T201 - figures
