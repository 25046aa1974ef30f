"""Every page by keyboard alone, and a request sent by it in each language."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from tests.browser import page as opened
from tests.journeys.form import reference
from tests.journeys.matrix import views

pytestmark = [pytest.mark.browser, pytest.mark.engine]

STOPS = Path(__file__).with_name("stops.js").read_text("utf-8")
MISTAKEN = """<!doctype html><main style="display: flex">
<a href="#" style="outline: none">No focus is shown</a><a href="#" tabindex="1">Out of order</a>
<a href="#">Covered</a><div style="position: fixed; inset: 0 0 0 200px; order: 1"></div></main>"""


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


def press_tab(page, times):
    """As often as that, without letting go."""
    for _ in range(times):
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")


@pytest.mark.parametrize("view", views((360,), (1280,)))
def test_tab_stops_at_each_link_and_field_once_in_the_order_of_reading_and_shows_where(service, seen, view):
    seen.goto(service.url + view.path)
    stops = seen.evaluate(STOPS)
    names, content = stops["names"], stops["afterSkipping"]
    press_tab(seen, 1)
    seen.keyboard.press("Enter")  # the link that skips to the content, from where Tab goes on
    press_tab(seen, 1)
    seen.evaluate("document.querySelector('.skip').focus()")  # and now all, with one press more than there are stops
    press_tab(seen, len(names))
    walked = seen.evaluate("walked")

    assert seen.evaluate("location.hash") == "#main"
    assert stops["reordered"] == []
    assert [wrong for _, wrong in walked if wrong] == []
    assert [names[place] for place, _ in walked][: len(names) + 2] == [names[0], names[content], *names]
    assert {place for place, _ in walked[len(names) + 2 :]} <= {0}  # it leaves the page, or begins anew


def test_a_mistake_is_seen(browser):
    with opened(browser) as page:
        page.set_content(MISTAKEN)
        stops = page.evaluate(STOPS)
        press_tab(page, 3)

        assert [(place, wrong.rpartition("> ")[2]) for place, wrong in page.evaluate("walked")] == [
            (1, ""),
            (0, "shows no focus"),
            (2, "is covered"),
        ]
    assert len(stops["reordered"]) == 1
