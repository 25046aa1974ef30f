"""The form by keyboard alone, in each language."""

import pytest
from playwright.sync_api import expect

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from tests.browser import page as opened
from tests.journeys.form import reference

pytestmark = [pytest.mark.browser, pytest.mark.engine]


@pytest.fixture
def page(browser):
    with opened(browser) as page:
        yield page


def tab_to(page, selector):
    """Presses Tab until the element has the focus, and sees that the focus can be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{selector} shows no focus"
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_can_be_sent_by_keyboard_alone(service, page, language):
    page.goto(service.url + site_path(language, "appointment/"))

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    page.keyboard.press("Enter")
    for field, typed in {
        "#first_name": f"Clavia {language}",
        "#surname": "Fictiva",
        "#email": "clavia@example.org",
        "#attended_on-month": "10",
        "#attended_on-year": "2026",
    }.items():
        tab_to(page, field)
        page.keyboard.type(typed)
    tab_to(page, "#half_days-wed-am")
    page.keyboard.press("Space")
    tab_to(page, "form button")
    page.keyboard.press("Enter")

    expect(page.locator(".reference")).to_be_visible()
    assert reference(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_a_page_can_be_reached_and_seen(service, page, language):
    page.goto(service.url + site_path(language, "contract/"))
    links = page.locator("a[href]").count()

    seen = set()
    for _ in range(links + 20):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                const at = document.activeElement, box = at.getBoundingClientRect();
                return at.matches('a[href]') && box.width > 0 && box.height > 0
                    ? [...document.querySelectorAll('a[href]')].indexOf(at) : -1 }"""
        )
        seen.add(place)

    assert seen - {-1} == set(range(links))
