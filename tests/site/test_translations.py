"""Each translated page says what it was made from, and no reader is left with an old one in silence."""

import warnings

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.formats import write_day
from hooks.translations.state import DOCS, TRANSLATED, Translation, all_pages
from tests.site.built import SITES, Page, every_file, main_of, pages, text

# Who reads these decides something by them: an old one does harm.
NEVER_OLDER = {"contract", "eligibility", "data-protection"}
TRANSLATIONS = [page for language in TRANSLATED for page in all_pages(DOCS, language)]
EXISTING = [page for page in TRANSLATIONS if page.state != "missing"]

in_both_modes = pytest.mark.parametrize("mode", SITES)


def translation_of(page: Page) -> Translation | None:
    found = Translation(DOCS, page.language, page.slug.strip("/") or "index")
    return found if page.language != "en" and found.stamp else None


def line_about(page: Page) -> str:
    return text(page.first("footer"))


def links_to_english(page: Page) -> list[str]:
    return [link.get("href") for link in main_of(page).iter("a") if link.get("hreflang") == "en"]


@pytest.mark.parametrize("page", TRANSLATIONS, ids=lambda page: f"{page.language}/{page.name}")
def test_a_page_is_translated_and_stamped(page):
    assert page.state != "missing", f"translate {page.file}, then: make translations STAMP={page.language}/{page.name}"


@pytest.mark.parametrize("page", EXISTING, ids=lambda page: f"{page.language}/{page.name}")
def test_a_translation_follows_the_english(page):
    if page.state == "older" and page.name not in NEVER_OLDER:
        warnings.warn(f"A translation is older than the English: {page.file}", stacklevel=1)
        return

    assert page.state == "current", f"the English of {page.file} has changed; see make translations"


@in_both_modes
def test_a_translated_page_says_when_and_whether_it_was_checked(mode):
    for page in pages(mode):
        found = translation_of(page)
        if found:
            assert write_day(found.stamp.translated, page.language) in line_about(page), page.path
            if found.stamp.checked:
                assert write_day(found.stamp.checked, page.language) in line_about(page), page.path


@in_both_modes
@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translated_page_leads_to_where_one_reports_a_mistake(mode, language):
    contact = next(page for page in pages(mode) if page.path == f"/{language}/contact/")

    assert f"/{language}/contact/#mistakes" in [link.get("href") for link in contact.first("footer").iter("a")]
    assert "mistakes" in contact.ids()


@in_both_modes
def test_nothing_else_says_that_it_was_translated(mode):
    others = [page for page in every_file(mode) if page.path.endswith("404.html") or not translation_of(page)]

    assert {page.language for page in others} == set(LANGUAGES)
    assert not any("#mistakes" in link for page in others for link in page.links() if "/contact/#" in link)


@in_both_modes
def test_only_an_older_page_leads_its_reader_to_the_english_one(mode):
    for page in pages(mode):
        found = translation_of(page)
        older = found is not None and found.state == "older"

        assert (f"/{page.slug}" in links_to_english(page)) == older, page.path
