"""All languages, one site."""

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import links
from chalicelib.words.templates import site_path
from hooks.translations.state import DOCS, TRANSLATED, Translation
from tests.site.built import SITES, Page, every_file, in_each_language, main_of, pages, text

pytestmark = pytest.mark.parametrize("mode", SITES)


def forms(page: Page) -> list[list[str]]:
    """Where the forms of a page go and what they ask for."""
    return [
        [form.get("action", "").replace(f"/api/{page.language}/", "/api/") for form in page.all("form")],
        [field.get("name") for tag in ("input", "select", "textarea") for field in page.all(tag)],
    ]


def parts(page: Page) -> dict[str, object]:
    """What a translation must not change: how it builds its sentences, lists and tables is up to the language."""
    main = main_of(page)
    return {
        "headings": [heading.get("id") for heading in main.iter() if heading.tag in ("h2", "h3", "h4")],
        "links": {without_language(link.get("href"), page.language) for link in main.iter("a")},
    }


def follows_the_english(page: Page) -> bool:
    """An older page has the parts of the English as it was; `test_translations.py` speaks of those."""
    return Translation(DOCS, page.language, page.slug.strip("/") or "index").state == "current"


def without_language(link: str, language: str) -> str:
    if link.startswith("http"):
        return next(known.key for known in links.load().values() if link in known.addresses.values())
    return f"/{link.removeprefix(site_path(language, ''))}" if link.startswith("/") else link


def test_every_language_has_the_same_pages(mode):
    slugs = {language: set(found) for language, found in in_each_language(mode).items()}

    assert all(found == slugs["en"] for found in slugs.values()), slugs


def test_a_form_asks_the_same_in_every_language(mode):
    found = in_each_language(mode)

    for language in LANGUAGES:
        for slug, page in found[language].items():
            assert forms(page) == forms(found["en"][slug]), page.path


def test_a_translated_page_has_the_parts_of_the_english_one(mode):
    found = in_each_language(mode)

    for language in TRANSLATED:
        for slug, page in found[language].items():
            if follows_the_english(page):
                assert parts(page) == parts(found["en"][slug]), page.path


def test_every_page_says_its_language(mode):
    for page in every_file(mode):
        assert page.tree.get("lang") == page.language, page.path


def test_every_page_leads_to_itself_in_each_language_by_name(mode):
    for page in pages(mode):
        languages = next(nav for nav in page.all("nav") if nav.get("class") == "languages")
        links = {link.get("lang"): link for link in languages.iter("a")}

        assert [text(link) for link in links.values()] == list(LANGUAGES.values())
        assert all(link.get("hreflang") == code for code, link in links.items())
        assert links["fr"].get("href") == f"/fr/{page.slug}"
        assert links["en"].get("href") == f"/{page.slug}"
        assert [code for code, link in links.items() if link.get("aria-current")] == [page.language]


def test_search_engines_find_every_language_of_a_page(mode):
    for page in pages(mode):
        found = {link.get("hreflang"): link.get("href") for link in page.all("link") if link.get("rel") == "alternate"}
        canonical = next(link.get("href") for link in page.all("link") if link.get("rel") == "canonical")

        assert set(found) == {*LANGUAGES, "x-default"}
        assert found["x-default"] == found["en"]
        assert canonical == found[page.language]
        assert canonical.startswith("http")
        assert canonical.endswith(page.path)


def test_the_sitemap_lists_every_page_once(mode):
    sitemap = (SITES[mode] / "sitemap.xml").read_text("utf-8")

    assert sitemap.count("<loc>") == len(pages(mode))
    assert all(f"{page.path}</loc>" in sitemap for page in pages(mode))


def test_every_language_has_its_own_page_not_found(mode):
    found = {page.language for page in every_file(mode) if page.path.endswith("404.html")}

    assert found == set(LANGUAGES)
