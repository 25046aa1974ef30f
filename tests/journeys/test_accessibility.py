"""axe finds nothing on any page or state; in `make full` at each width and in both themes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from tests.browser import page as opened
from tests.journeys.form import Resident, fill_form, send

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PAGES = ["", "contract/", "appointment/", "contact/", "data-protection/", "404.html"]
PHONE = {"viewport": {"width": 360, "height": 740}}
EVERY_LOOK = [
    ({"viewport": {"width": width, "height": 740}, "color_scheme": theme}, f"{width} {theme}")
    for width in (320, 360, 1280)
    for theme in ("light", "dark")
]
LOOKS = [
    pytest.param(PHONE, id="phone"),
    *(pytest.param(look, id=name, marks=pytest.mark.full) for look, name in EVERY_LOOK),
]


@pytest.fixture(params=LOOKS)
def page(browser, request):
    with opened(browser, **request.param) as page:
        yield page


def assert_accessible(page):
    """No violation of axe, and no sideways scroll."""
    page.wait_for_load_state("load")  # a click does not wait for the stylesheet
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} pixels"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_accessible(service, page, language, name):
    page.goto(service.url + site_path(language, name))

    assert_accessible(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_receipt_and_problem_pages_are_accessible(service, page, language):
    page.goto(service.url + site_path(language, "appointment/"))
    page.fill("#matricule", "1")
    page.fill("#email", "x")
    page.fill("#attended_on-year", "2020")
    page.fill("#attended_on-month", "1")
    send(page)
    assert page.locator(".error").count() == 5
    assert_accessible(page)

    fill_form(page, Resident(f"Accessa {page.viewport_size['width']}", language, email="accessa@example.org"))
    page.fill("#matricule", "")
    send(page)
    assert page.locator(".reference").count() == 1
    assert_accessible(page)

    page.goto(f"{service.url}/api/{language}/receipts/none")
    assert_accessible(page)
