"""The page for a translator opens from a disk, in any browser, for anybody."""

from datetime import date

import pytest

from hooks.translations.report import Work, html
from hooks.translations.sentences import Sentence
from hooks.translations.stamps import stamp
from hooks.translations.state import all_pages
from hooks.translations.terms import load
from tests.browser import page as opened
from tests.journeys.looking import assert_accessible

pytestmark = pytest.mark.browser

PAGE = '---\ntitle: "{0}"\ndescription: "{0}"\n---\n\n# {0}\n\n## {0} {{ #hours }}\n\n{0}\n'


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """One page missing, one older than the English, and a sentence of each kind."""
    place = tmp_path_factory.mktemp("translator")
    for file, word in {"en/contact": "Contact", "en/steps": "Steps", "lb/contact": "Kontakt"}.items():
        (place / file).parent.mkdir(exist_ok=True)
        (place / f"{file}.md").write_text(PAGE.format(word), "utf-8")
    stamp(place, "lb", date(2026, 11, 22))
    (place / "en" / "contact.md").write_text(PAGE.format("How to reach us"), "utf-8")
    sentences = [Sentence("Send", "a button", ""), Sentence("Yes", "an answer", "Jo")]
    page = place / "translations.html"
    page.write_text(html([Work("lb", all_pages(place, "lb"), sentences, load())]), "utf-8")
    return page.as_uri()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_for_a_translator(browser, address, theme):
    with opened(browser, viewport={"width": 1280, "height": 900}, color_scheme=theme) as page:
        page.goto(address)

        assert_accessible(page)
