"""A resident asks for an appointment: in each language, with and without JavaScript, by mail and by phone only."""

from secrets import token_hex

import pytest
from playwright.sync_api import expect

from chalicelib.domain.language import LANGUAGES
from tests.browser import page as opened
from tests.journeys.form import Resident, fill_form, letters_about, open_form, reference, send

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.in_turn]

PHONE = "621 000 000"


@pytest.fixture(params=[True, False], ids=["JavaScript", "no JavaScript"])
def page(browser, request):
    with opened(browser, java_script_enabled=request.param) as page:
        yield page


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(params=["mail", "phone"])
def resident(request, language, page):
    """Somebody of their own for each test: one address is written to for so many people a day only."""
    if request.param == "phone":
        return Resident(f"Exempla {request.node.name}", language, phone=PHONE)
    return Resident(f"Exempla {request.node.name}", language, email=f"exempla-{token_hex(4)}@example.org")


def test_the_whole_way_from_page_to_letter(service, page, resident):
    open_form(page, service.url, resident)
    send(page)
    expect(page.locator("html")).to_have_attribute("lang", resident.language)
    assert page.title().startswith(resident.says("Error:"))
    expect(page.locator(".summary")).to_be_focused()
    assert resident.reads(page.locator(".summary a")) == [
        resident.says("Enter your first name"),
        resident.says("Enter your surname"),
        resident.says("Enter a phone number or an e-mail address"),
        resident.says("Enter when you took part in an information session, or tick “I am not sure”"),
    ]

    page.locator(".summary a").first.click()
    expect(page.locator("#first_name")).to_be_focused()
    fill_form(page, resident)
    page.fill("#matricule", "1990 0930 12357")
    send(page)
    expect(page.locator(".summary a")).to_have_count(1)
    expect(page.locator("#matricule-error")).to_contain_text(page.locator(".summary a").inner_text())
    expect(page.locator("#first_name")).to_have_value(resident.name)
    expect(page.locator("#half_days-tue-pm")).to_be_checked()

    page.fill("#matricule", "1990 0930 12358")
    send(page)
    expect(page.locator("html")).to_have_attribute("lang", resident.language)
    expect(page.locator("h1")).to_have_text(resident.says("We have received your request"))
    expect(page.locator("main")).to_contain_text("2027")
    expect(page.locator("main")).to_contain_text(resident.says("Demonstration: nothing you send reaches an office."))

    letters = letters_about(service, reference(page))
    assert sorted(letter["kind"] for letter in letters) == (
        ["received", "staff_request"] if resident.email else ["staff_request"]
    )
    for letter in letters:
        assert resident.name not in letter["subject"]
    if resident.email:
        received = next(letter for letter in letters if letter["kind"] == "received")
        assert (received["lang"], received["to"]) == (resident.language, resident.email)
        assert resident.name not in received["text"] + received["html"]


def test_a_form_sent_twice_gives_the_same_receipt_and_no_more_letters(service, page, resident):
    open_form(page, service.url, resident)
    fill_form(page, resident)
    send(page)
    first = page.locator("main").text_content()
    before = len(letters_about(service, reference(page)))

    page.go_back()
    fill_form(page, resident)
    send(page)

    assert page.locator("main").text_content() == first
    assert len(letters_about(service, reference(page))) == before
