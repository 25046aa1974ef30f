"""What a page says where it is shared, and what a phone needs to keep it."""

import json
from math import hypot
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageChops

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from hooks.skeleton import language_of_picture
from tests.site.built import SITES, Page, every_file, pages, text

SIZE = (1200, 630)
MOST_BYTES = 40_000

pytestmark = pytest.mark.parametrize("mode", SITES)


def said(page: Page) -> dict[str, list[str]]:
    """The values of each property for those who show a page elsewhere."""
    found: dict[str, list[str]] = {}
    for meta in page.all("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name.startswith(("og:", "twitter:")):
            found.setdefault(name, []).append(meta.get("content"))
    return found


def file_of(page: Page, address: str):
    return page.site / urlsplit(address).path[1:]


def test_a_shared_page_shows_its_own_title_sentence_and_address(mode):
    for page in pages(mode):
        meta = said(page)
        canonical = next(link.get("href") for link in page.all("link") if link.get("rel") == "canonical")

        assert text(page.first("title")) == " ".join(f"{meta['og:title'][0]} – Forum CAI".split()), page.path
        assert meta["og:description"] == [page.description()]
        assert meta["og:url"] == [canonical]
        assert (meta["og:type"], meta["og:site_name"]) == (["website"], ["Forum CAI"])


def test_a_shared_page_names_its_language_and_the_others(mode):
    for page in pages(mode):
        meta = said(page)

        assert meta["og:locale"] == [f"{page.language}_LU"]
        assert sorted(meta["og:locale:alternate"]) == sorted(
            f"{each}_LU" for each in LANGUAGES if each != page.language
        )


def test_a_shared_page_has_a_picture_in_its_language_that_says_what_its_words_say(mode):
    for page in pages(mode):
        meta = said(page)
        (address,) = meta["og:image"]

        assert address.startswith("http")
        assert urlsplit(address).path == site_path(page.language, "share.png")
        assert (meta["og:image:width"], meta["og:image:height"]) == ([str(SIZE[0])], [str(SIZE[1])])
        assert meta["twitter:card"] == ["summary_large_image"]
        with Image.open(file_of(page, address)) as picture:
            assert picture.size == SIZE
            assert meta["og:image:alt"] == [picture.info["Description"]], "run `make images`"
        assert file_of(page, address).stat().st_size <= MOST_BYTES


def test_every_page_leads_to_a_manifest_in_its_language(mode):
    for page in every_file(mode):
        (address,) = [link.get("href") for link in page.all("link") if link.get("rel") == "manifest"]
        manifest = json.loads((page.site / address[1:]).read_text("utf-8"))

        assert manifest["lang"] == page.language
        assert manifest["start_url"] == site_path(page.language)
        assert manifest["name"].startswith("Forum CAI")
        assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
        for icon in manifest["icons"]:
            assert "maskable" in icon["purpose"]
            assert icon["src"] == f"/assets/icon-{icon['sizes'].split('x')[0]}.png"


def test_a_phone_finds_an_icon_and_the_colour_of_the_ground(mode):
    for page in every_file(mode):
        (icon,) = [link.get("href") for link in page.all("link") if link.get("rel") == "apple-touch-icon"]
        grounds = {
            meta.get("media"): meta.get("content") for meta in page.all("meta") if meta.get("name") == "theme-color"
        }

        assert icon == "/assets/icon-180.png"
        assert len(grounds) == len(set(grounds.values())) == 2
    (stylesheet,) = (SITES[mode] / "assets").glob("forum.*.css")
    assert all(f"--md-default-bg-color:{colour}" in stylesheet.read_text("utf-8") for colour in grounds.values())


def test_a_browser_that_draws_no_svg_finds_an_icon_where_it_looks(mode):
    with Image.open(SITES[mode] / "favicon.ico") as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32)}


@pytest.mark.parametrize("side", [180, 192, 512])
def test_an_icon_is_a_square_whose_mark_no_launcher_cuts_off(mode, side):
    with Image.open(SITES[mode] / "assets" / f"icon-{side}.png") as file:
        icon = file.convert("RGB")
    (ground,) = {icon.getpixel((at, 0)) for at in range(side)}
    mark = ImageChops.difference(icon, Image.new("RGB", icon.size, ground)).getbbox()

    assert icon.size == (side, side)
    assert all(hypot(x - side / 2, y - side / 2) <= 0.4 * side for x in mark[::2] for y in mark[1::2])


def test_a_new_language_shows_the_english_picture(mode):
    assert [language_of_picture(code) for code in ("ka", "fr")] == ["en", "fr"]
