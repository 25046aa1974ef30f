"""What every page is made of, whatever it says."""

import re
from collections import Counter
from urllib.parse import urldefrag, urlsplit

import html5lib
import pytest

from tests.site.built import SITES, every_file, in_each_language, main_of, pages, text
from tests.site.test_weight import packed

pytestmark = pytest.mark.parametrize("mode", SITES)

WITH_A_SCRIPT = {
    "demonstration": ("eligibility/", "search/", "information-session/", "citizenship-course/"),
    "closed": ("eligibility/", "search/"),
}
SCRIPT = re.compile(r"/assets/[a-z]+\.[0-9a-f]{8}\.js")


def test_every_page_is_html_without_a_parse_error(mode):
    for file in sorted(SITES[mode].rglob("*.html")):
        html5lib.HTMLParser(strict=True).parse(file.read_text("utf-8"))


def test_every_internal_link_leads_to_a_page_and_its_anchor_exists(mode):
    ids = {page.path: set(page.ids()) for page in every_file(mode)}

    for page in every_file(mode):
        for link in page.links():
            path, anchor = urldefrag(link)
            if urlsplit(link).scheme or path.startswith("/api/"):
                continue
            target = path or page.path
            assert target in ids, f"{page.path} leads to {link}"
            assert not anchor or anchor in ids[target], f"{page.path} leads to {link}"


def test_no_page_asks_anything_of_another_site(mode):
    for page in every_file(mode):
        asked = [element.get("src") for element in page.tree.iter() if element.get("src")]
        asked += [link.get("href") for link in page.all("link") if link.get("rel") in ("stylesheet", "icon")]

        asked = [address for address in asked if not address.startswith("data:")]
        assert all(address.startswith("/") and not address.startswith("//") for address in asked), page.path
        assert all((SITES[mode] / address[1:]).is_file() for address in asked), page.path


def test_only_pages_that_work_without_have_a_script_and_it_is_a_module_of_ours(mode):
    for page in every_file(mode):
        scripts = [(script.get("type"), script.get("src")) for script in page.all("script")]

        assert len(scripts) == (page.slug in WITH_A_SCRIPT[mode]), page.path
        assert all(kind == "module" and SCRIPT.fullmatch(address) for kind, address in scripts), page.path


def test_all_scripts_together_are_small(mode):
    sizes = [packed(script) for script in (SITES[mode] / "assets").glob("*.js")]

    assert sizes
    assert max(sizes) < 1_500
    assert sum(sizes) < 3_000


def test_no_stylesheet_asks_anything_of_another_site(mode):
    stylesheets = [file.read_text("utf-8") for file in (SITES[mode] / "assets").glob("*.css")]

    assert stylesheets
    assert not any("url(http" in text.replace('"', "") for text in stylesheets)


def test_title_and_description_are_there_and_their_own(mode):
    for language, found in in_each_language(mode).items():
        for words in (
            [text(page.first("title")) for page in found.values()],
            [page.description() for page in found.values()],
        ):
            assert all(words)
            assert max(Counter(words).values()) == 1, language


def test_every_page_has_one_main_heading_inside_its_main_part(mode):
    for page in every_file(mode):
        assert len(page.all("h1")) == 1, page.path
        assert len(list(main_of(page).iter("h1"))) == 1, page.path


def test_no_id_stands_twice_on_a_page(mode):
    for page in every_file(mode):
        assert max(Counter(page.ids()).values()) == 1, page.path


def test_the_notice_follows_the_link_that_skips_to_the_content(mode):
    for page in every_file(mode):
        skip, notice = list(page.first("body"))[:2]

        assert skip.get("href") == "#main"
        assert notice.get("class") == "notice"
        assert notice.find(".//a").get("href").startswith("https://")


def test_header_menu_and_foot_show_each_page_once_under_its_own_title(mode):
    for language, found in in_each_language(mode).items():
        page = found[""]
        around = [next(page.tree.iter("header")), named(page, "nav", "pages"), next(page.tree.iter("footer"))]
        links = [link for part in around for link in part.iter("a") if not link.get("hreflang")]
        titles = {
            link.get("href"): text(link)
            for link in links
            if link.get("href").startswith("/") and "#" not in link.get("href")
        }

        assert sorted(link.get("href") for link in links if link.get("href") in titles) == sorted(
            each.path for each in found.values()
        )
        assert all(text(each.first("title")).startswith(titles[each.path]) for each in found.values() if each.slug)
        assert language == page.language


def test_the_menu_is_no_wall(mode):
    for page in every_file(mode):
        groups = [len(list(group.iter("a"))) for group in named(page, "nav", "pages").iter("ul")]

        assert len(groups) >= 3, page.path
        assert max(groups) <= 5, page.path


def test_the_page_one_is_on_is_marked(mode):
    for page in pages(mode):
        current = [link.get("href") for link in page.all("a") if link.get("aria-current") == "page"]

        assert current == [page.path]


def test_every_cell_of_a_table_stands_under_a_heading(mode):
    for page in pages(mode):
        assert all(cell.get("data-label") for cell in page.all("td")), page.path


def named(page, tag, name):
    return next(element for element in page.all(tag) if element.get("id") == name)
