"""All languages, one site."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

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
    if link.startswith("/api/"):
        return link.replace(f"/api/{language}/", "/api/")
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


def test_the_sitemap_lists_every_page_once_and_leaves_out_the_search(mode):
    names = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
    entries = ElementTree.parse(SITES[mode] / "sitemap.xml").findall("url", names)
    addresses = [entry.findtext("loc", None, names) for entry in entries]
    expected = [page for page in pages(mode) if page.slug != "search/"]

    assert sorted(urlsplit(address).path for address in addresses) == sorted(page.path for page in expected)
    for entry, address in zip(entries, addresses, strict=True):
        others = {link.get("hreflang"): link.get("href") for link in entry.findall("xhtml:link", names)}
        assert set(others) == {*LANGUAGES, "x-default"}
        assert others["x-default"] == others["en"]
        assert address in others.values()


def test_who_finds_a_weakness_is_told_in_each_language_where_to_say_so(mode):
    lines = (SITES[mode] / ".well-known" / "security.txt").read_text("utf-8").splitlines()
    fields = [line.split(": ", 1) for line in lines]
    said = {name: [value for each, value in fields if each == name] for name, _ in fields}

    assert [urlsplit(address).path for address in said["Contact"]] == [
        site_path(code, "contact/") for code in LANGUAGES
    ]
    assert all((SITES[mode] / urlsplit(address).path[1:] / "index.html").is_file() for address in said["Contact"])
    assert said["Preferred-Languages"] == [", ".join(LANGUAGES)]
    (expires,), (canonical,) = said["Expires"], said["Canonical"]
    assert timedelta() < datetime.fromisoformat(expires) - datetime.now(UTC) < timedelta(days=365)
    assert canonical.endswith("/.well-known/security.txt")


def test_every_language_has_its_own_page_not_found(mode):
    found = {page.language for page in every_file(mode) if page.path.endswith("404.html")}

    assert found == set(LANGUAGES)
