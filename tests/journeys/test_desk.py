"""Staff at their desk: in by a link from the inbox, through the day, out again; by keyboard, on a phone, on paper."""

import re

import pytest
from playwright.sync_api import expect

from chalicelib.words.catalogues import words
from tests.browser import follow
from tests.browser import page as opened
from tests.examples import body
from tests.journeys.looking import assert_accessible
from tests.service import start_service
from tests.staff import FORM, USER

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.in_turn]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A service where somebody waits for long, somebody is to be called, and somebody has sent another form."""
    with start_service(tmp_path_factory.mktemp("office") / "data") as service:
        ask(service, first_name="Diu", email="diu@example.org")
        service.advance("P6D")
        ask(service, first_name="Vocanda", email=None, phone="621 000 201")
        for phone in ("621 000 202", "621 000 203"):
            ask(service, first_name="Mutans", email="mutans@example.org", phone=phone, message="Ein Satz")
        yield service


def ask(service, **changes):
    service.post("/api/fr/appointments", body(matricule=None, **changes), headers=FORM).raise_for_status()


def mailed_link(service):
    mail = [each for each in service.inbox() if each["kind"] == "desk_link"][-1]
    return re.search(r"^\S+/api/desk/\S+$", mail["text"], re.MULTILINE)[0]


def sign_in(service, page, language):
    page.goto(f"{service.url}/api/desk/{language}/today")
    page.fill("#address", USER)
    follow(page.locator("main button"))
    page.goto(mailed_link(service))
    follow(page.locator("main button"))


def reads(page, language, sentence):
    expect(page.locator("h1")).to_have_text(words(language).gettext(sentence))


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_a_day_at_the_desk_without_javascript(office, browser, language, other):
    ask(office, first_name=f"Dies {language}", email=None, phone="621 000 204")
    with opened(browser, java_script_enabled=False) as page:
        page.goto(f"{office.url}/_local/")
        follow(page.locator(f'a[href="/api/desk/{language}/today"]'))
        reads(page, language, "Sign in at the desk")
        sign_in(office, page, language)
        reads(page, language, "Today")

        call = page.locator(".item", has=page.locator("form"), has_text=f"Dies {language}")
        follow(call.get_by_role("button", name=words(language).gettext("Told"), exact=True))
        expect(call).to_have_count(0)

        follow(page.locator(".item", has_text=f"Dies {language}").locator("h3 a"))
        expect(page.locator("main")).to_contain_text(words(language).gettext("has been told"))
        follow(page.locator(f'nav.languages a[lang="{other}"]'))
        expect(page.locator("html")).to_have_attribute("lang", other)

        follow(page.locator(f'.desk-menu a[href="/api/desk/{other}/audit"]'))
        expect(page.locator("tbody tr").first).to_contain_text(words(other).gettext("told by phone"))
        follow(page.locator(".desk-menu button"))
        reads(page, other, "Sign in at the desk")
        page.goto(f"{office.url}/api/desk/{other}/audit")
        reads(page, other, "Sign in at the desk")


def test_the_desk_is_used_by_keyboard_alone(office, browser):
    ask(office, first_name="Clavis", email=None, phone="621 000 205")
    with opened(browser) as page:
        page.goto(f"{office.url}/api/desk/en/sign-in")
        tab_to(page, "#address")
        page.keyboard.type(USER)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto(mailed_link(office))
        tab_to(page, "main button")
        with page.expect_navigation():
            page.keyboard.press("Enter")

        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_attribute("href", "#main")
        page.keyboard.press("Enter")
        call = page.locator(".item", has=page.locator("form"), has_text="Clavis")
        pressed = call.get_by_role("button", name="Not reached")
        for _ in range(60):
            page.keyboard.press("Tab")
            if pressed.evaluate("each => each === document.activeElement"):
                break
        with page.expect_navigation():
            page.keyboard.press("Space")
        expect(call).to_contain_text("not reached so far: 1")


def tab_to(page, selector):
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(selector).first.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"{selector} cannot be reached by the key Tab")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_page_of_the_desk_is_accessible(office, browser, language, width, theme):
    with opened(browser, viewport={"width": width, "height": 740}, color_scheme=theme) as page:
        base = f"{office.url}/api/desk/{language}"
        page.goto(f"{base}/sign-in?next=audit")
        assert_accessible(page)
        page.fill("#address", USER)
        follow(page.locator("main button"))
        assert_accessible(page)
        page.goto(mailed_link(office))
        assert_accessible(page)
        follow(page.locator("main button"))
        assert page.url.endswith("/audit")
        assert_accessible(page)
        page.goto(f"{base}/today")
        assert_accessible(page)
        follow(page.locator("main form").first.locator('button[value="later"]'))
        expect(page.locator(".summary")).to_have_count(1)
        assert_accessible(page)
        page.goto(f"{base}/today")
        follow(page.locator(".item", has_text="Mutans").last.locator("h3 a"))
        assert_accessible(page)
        for nowhere in ("contacts/none", "requests/none", "sign-in/none"):
            page.goto(f"{base}/{nowhere}")
            assert_accessible(page)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_state_of_a_contact_is_accessible(office, browser, language, width, theme):
    ask(office, first_name=f"Contractus {language} {width} {theme}", email="contractus@example.org")
    with opened(browser, viewport={"width": width, "height": 740}, color_scheme=theme) as page:
        sign_in(office, page, language)
        follow(page.locator(".item", has_text=f"Contractus {language} {width} {theme}").locator("h3 a"))
        follow(page.locator('main a[href*="/contacts/"]').first)
        assert_accessible(page)
        follow(page.locator('button[value="took-part"]'))
        assert_accessible(page)
        follow(page.locator('button[value="signed"]'))
        assert_accessible(page)
        follow(page.locator('button[value="issue"]'))
        assert_accessible(page)
        page.get_by_text(words(language).gettext("Correct name, address, number or language")).click()
        page.fill("#phone", "1")
        follow(page.locator('button[value="correct"]'))
        expect(page.locator(".summary")).to_have_count(1)
        assert_accessible(page)
        page.fill('[name="registered"]', "2020-01-01")
        page.fill('[name="begins"]', "2030-01-01")
        follow(page.locator('button[value="use"]'))
        expect(page.locator(".summary")).to_have_count(1)
        assert_accessible(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_whatever_one_presses_is_large_enough_for_a_thumb(office, browser, width):
    with opened(browser, viewport={"width": width, "height": 740}) as page:
        sign_in(office, page, "en")
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, input:not([type=hidden]), nav a")]
                .filter((each) => each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)"""
        )

        assert small == []


def test_on_paper_there_are_boxes_to_tick_and_no_buttons(office, browser):
    with opened(browser) as page:
        sign_in(office, page, "en")
        page.emulate_media(media="print")

        expect(page.locator(".desk-menu")).to_be_hidden()
        assert page.locator("main form:visible").count() == 0
        box = page.locator(".item h3").first.evaluate("each => getComputedStyle(each, '::before').content")
        assert "☐" in box
        expect(page.locator("main")).to_contain_text("Has waited for more than 5 days")
