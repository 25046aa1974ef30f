"""A first view fits into the first answer of a server: 14,000 bytes for all its files."""

import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.usecases.list_sessions import as_json
from tests.examples import NOW
from tests.site.built import SITES, Page, in_each_language, pages

BUDGET = 14_000
WITH_DATES = ("information-session/", "citizenship-course/")
WEEK = timedelta(days=7)


def first_view(page: Page) -> int:
    """The bytes of the page and of every file it asks of its own site, each as gzip -9 packs it."""
    asked = {link.get("href") for link in page.all("link") if link.get("rel") in ("stylesheet", "icon", "manifest")}
    asked |= {script.get("src") for script in page.all("script")}
    asked = {urljoin(page.path, path) for path in asked if path and ":" not in path}
    return sum(packed(page.site / path[1:]) for path in asked) + packed(page.site / page.path[1:] / "index.html")


def packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


@pytest.mark.parametrize("mode", SITES)
def test_a_first_view_stays_within_its_budget(mode):
    for page in pages(mode):
        assert first_view(page) <= BUDGET, page.path


def test_a_page_with_dates_stays_within_its_budget_with_ten_of_them():
    meetings = tuple(
        Meeting(NOW + timedelta(days=7 * week), NOW, "A hall, 12, a street, L-1234 Town") for week in (1, 2)
    )
    course = Session("name-of-one", SessionKind.CITIZENSHIP, ("fr", "lb"), meetings, 30, 10)
    listed = gzip.compress(as_json([replace(course, id=f"name-{number}") for number in range(10)]).encode(), 9)
    with_dates = [
        page for page in pages("demonstration") if page.slug in ("information-session/", "citizenship-course/")
    ]

    assert len(with_dates) == 2 * len(LANGUAGES)
    for page in with_dates:
        assert first_view(page) + len(listed) <= BUDGET, page.path


if __name__ == "__main__":
    for language in LANGUAGES:
        found = in_each_language("demonstration")[language]
        print(language, *(f"{slug or 'home'} {first_view(page)}" for slug, page in found.items()))  # noqa: T201 - figures
