"""The fact sheet on paper: one tagged sheet of A4 in each language, whose square leads a phone to the site."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from hooks.pages import said
from hooks.sheets import served, write_sheets
from tests.browser import page as opened
from tests.site.built import SITES, in_each_language, main_of, text

pytestmark = pytest.mark.browser

A4 = (595, 842)  # points
SMALLEST = 8.5  # points
KEY_FACTS = (
    *("contact.phone", "contact.email", "contact.hours", "contact.website", "contract.minimum_age"),
    *("contract.duration", "contract.contact_kept", "language_course.fee", "language_course.attendance"),
    *("citizenship_course.duration", "orientation_day.length", "programme.replaced_by", "programme.sources_checked"),
)
SHEETS = pytest.mark.parametrize(("mode", "language"), [(mode, language) for mode in SITES for language in LANGUAGES])


@pytest.fixture(scope="module")
def sheets(browser, tmp_path_factory):
    """Each mode's PDFs by language."""
    folder = tmp_path_factory.mktemp("sheets")
    return {
        mode: dict(zip(LANGUAGES, map(PdfReader, write_sheets(browser, site, folder / mode)), strict=True))
        for mode, site in SITES.items()
    }


@SHEETS
def test_a_sheet_is_one_page_of_a4(sheets, mode, language):
    pages = sheets[mode][language].pages

    assert len(pages) == 1
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == A4


@SHEETS
def test_a_sheet_is_tagged_and_says_its_language_and_title(sheets, mode, language):
    sheet = sheets[mode][language]
    root = sheet.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"].value
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == language
    assert " ".join(sheet.metadata.title.split()) == text(
        in_each_language(mode)[language]["fact-sheet/"].first("title")
    )
    assert len(sheet.outline) > 0


@SHEETS
def test_the_facts_of_a_sheet_can_be_copied(sheets, mode, language):
    words = "".join(sheets[mode][language].pages[0].extract_text().split())

    facts = {name: fact(name, language) for name in KEY_FACTS}
    missing = {name: words_of for name, words_of in facts.items() if "".join(words_of.split()) not in words}
    assert missing == {}


@SHEETS
def test_a_sheet_holds_every_sentence_of_its_page_that_is_for_paper(sheets, mode, language):
    copied = bare(sheets[mode][language].pages[0].extract_text())
    main = main_of(in_each_language(mode)[language]["fact-sheet/"])
    for_the_screen = {id(part) for box in main.iter("div") if box.get("class") == "screen" for part in box.iter()}

    cells = [part for part in main.iter() if part.tag in ("h1", "h2", "td") and id(part) not in for_the_screen]

    first_words = [text(cell).split()[:4] for cell in cells]
    assert [words for words in first_words if bare(" ".join(words)) not in copied] == []


@SHEETS
def test_no_letter_of_a_sheet_is_too_small_to_read(sheets, mode, language):
    sizes = set()

    def note(text, _matrix, place, _font, size):
        if text.strip():
            sizes.add(round(size * abs(place[3]), 1))

    sheets[mode][language].pages[0].extract_text(visitor_text=note)

    assert min(sizes) >= SMALLEST


@SHEETS
def test_the_square_leads_to_home_in_the_language_of_the_sheet(browser, mode, language):
    with served(SITES[mode]) as address, opened(browser, device_scale_factor=3) as page:
        page.emulate_media(media="print")
        page.goto(address + site_path(language, "fact-sheet/"))
        square = Image.open(BytesIO(page.locator(".qr").screenshot()))
        written = page.text_content(".imprint strong")

    (code,) = zxingcpp.read_barcodes(square)

    home = next(link for link in in_each_language(mode)[language][""].all("link") if link.get("rel") == "canonical")
    assert code.text == written == home.get("href")


def test_the_square_is_for_paper_only(browser):
    with served(SITES["demonstration"]) as address, opened(browser) as page:
        page.goto(address + "/fact-sheet/")

        assert page.locator(".qr").is_hidden()
        assert page.locator(".screen").is_visible()


def fact(name, language):
    value = said(language)
    for part in name.split("."):
        value = getattr(value, part)
    return str(value)


def bare(words):
    return "".join(sign for sign in words if sign.isalnum())
