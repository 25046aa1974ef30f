"""A resident has everything deleted by the link of a letter: without JavaScript, and on pages without a barrier."""

import re

import pytest
from playwright.sync_api import expect

from chalicelib.words.templates import site_path
from tests.browser import follow
from tests.browser import page as opened
from tests.journeys.form import Resident, fill_form, letters_about, reference, send
from tests.journeys.looking import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.engine]


def ask(service, page, resident):
    """The link in the letter about a request that was sent just now."""
    page.goto(service.url + site_path(resident.language, "appointment/"))
    fill_form(page, resident)
    send(page)
    received = next(each for each in letters_about(service, reference(page)) if each["kind"] == "received")
    return re.search(r"^\S+/my/\S+$", received["text"], re.MULTILINE)[0]


def reads(page, resident, sentence):
    """That the heading of the page is `sentence`, whatever soft hyphens stand in it."""
    expect(page.locator("h1")).to_have_count(1)
    assert resident.reads(page.locator("h1")) == [resident.says(sentence)]


@pytest.mark.parametrize("language", ["fr", "lb"])
def test_one_press_deletes_everything_without_javascript(service, browser, language):
    resident = Resident(f"Oblita {language}", language, email="oblita@example.org")
    with opened(browser, java_script_enabled=False) as page:
        link = ask(service, page, resident)

        page.goto(link)
        reads(page, resident, "Your page")
        expect(page.locator("main button[value=erase]")).to_have_text(resident.says("Delete my data"))
        follow(page.locator("main button[value=erase]"))
        expect(page.locator("html")).to_have_attribute("lang", language)
        reads(page, resident, "Your data is being deleted")

        page.go_back()
        page.goto(link)
        reads(page, resident, "This page does not exist, or not any more")


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_reader_of_another_language_changes_it_and_presses_there(service, browser, language):
    resident = Resident(f"Polyglotta {language}", language, email="polyglotta@example.org")
    with opened(browser, java_script_enabled=False) as page:
        page.goto(ask(service, page, resident))
        follow(page.locator('nav.languages a[lang="fr"]'))
        follow(page.locator("main button[value=erase]"))

        expect(page.locator("html")).to_have_attribute("lang", "fr")
        reads(page, Resident(resident.name, "fr"), "Your data is being deleted")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["de", "lb"])
def test_both_pages_are_accessible(service, browser, language, width):
    resident = Resident(f"Accessa {language} {width}", language, email="accessa-own@example.org")
    with opened(browser, viewport={"width": width, "height": 740}) as page:
        page.goto(ask(service, page, resident))
        assert_accessible(page)

        follow(page.locator("main button[value=erase]"))
        reads(page, resident, "Your data is being deleted")
        assert_accessible(page)
