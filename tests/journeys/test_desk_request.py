"""A request at the desk: taken from a caller, given a date, moved, refused, answered; found again, and counted."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import follow
from tests.browser import page as opened
from tests.examples import body
from tests.journeys.form import letters_about
from tests.journeys.looking import assert_accessible
from tests.journeys.test_desk import reads, sign_in
from tests.journeys.test_desk_session import press, says
from tests.service import start_service
from tests.staff import FORM

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.in_turn]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with start_service(tmp_path_factory.mktemp("requests") / "data") as service:
        yield service


def day(service, after):
    return date.fromisoformat(service.get("/_local/clock").json()["now"][:10]) + timedelta(days=after)


def take(service, page, language, name):
    """The reference of a request that staff take from somebody who speaks Luxembourgish on the phone."""
    page.goto(f"{service.url}/api/desk/{language}/today")
    follow(page.get_by_role("link", name=says(language, "New request"), exact=True))
    page.check("input[name=letters_in][value=lb]")
    page.fill("#first_name", name)
    page.fill("#surname", "Fictiva")
    page.fill("#email", f"{name.casefold()}@example.org")
    page.check("#attended_on-unsure")
    page.check("input[name=meeting_language][value=lb]")
    press(page, language, "Store this request")
    return page.url.rpartition("/")[2]


def set_own_date(service, page, language, after):
    page.fill("#day", day(service, after).isoformat())
    page.fill("#from", "10:00")
    page.fill("#until", "10:45")
    page.fill("#place", "Room of a test")
    press(page, language, "Set this date")


def kinds(service, reference, to):
    return [each["kind"] for each in letters_about(service, reference) if each["to"] == to]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_staff_take_a_request_set_a_date_move_it_and_refuse(office, browser, language):
    name = f"Vocata{language}"
    mail = f"{name.casefold()}@example.org"
    with opened(browser, java_script_enabled=False) as page:
        sign_in(office, page, language)
        reference = take(office, page, language, name)
        assert kinds(office, reference, mail) == ["received"]
        reads_request(page, reference)

        press(page, language, "I see to it")
        set_own_date(office, page, language, 10)
        expect(page.locator("main")).to_contain_text("Room of a test")
        set_own_date(office, page, language, 12)
        told = [each for each in letters_about(office, reference) if each["kind"] == "appointment"]
        assert [each["lang"] for each in told] == ["lb", "lb"]
        assert "moved" in kinds(office, reference, mail)

        page.check("#why-conditions")
        press(page, language, "Refuse")
        expect(page.locator("main")).to_contain_text(says(language, "was cancelled"))
        assert kinds(office, reference, mail).count("refused") == 1
        page.select_option("#text", "not_ours")
        press(page, language, "Send this answer")
        assert "answer" in kinds(office, reference, mail)

        follow(page.locator(f'.desk-menu a[href="/api/desk/{language}/find"]'))
        page.fill("#sought", mail)
        press(page, language, "Find")
        assert mail not in page.url
        follow(page.get_by_role("link", name=f"Fictiva {name}"))
        reads_request(page, reference)

        follow(page.locator(".desk-menu").get_by_role("link", name=says(language, "Month"), exact=True))
        reads(page, language, "Numbers of the month")
        expect(page.locator("main")).to_contain_text(says(language, "fewer than five"))


def reads_request(page, reference):
    expect(page.locator("h1")).to_contain_text(reference)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_and_state_of_a_request_is_accessible(office, browser, width):
    with opened(browser, viewport={"width": width, "height": 740}) as page:
        sign_in(office, page, "fr")
        page.goto(f"{office.url}/api/desk/fr/requests/new")
        assert_accessible(page)
        press(page, "fr", "Store this request")
        expect(page.locator(".summary")).to_be_focused()
        assert_accessible(page)
        reference = take(office, page, "fr", f"Latitudo{width}")
        assert_accessible(page)
        correct(office, f"Latitudo{width}")
        page.reload()
        with opened(browser) as other:
            other.context.add_cookies(page.context.cookies())
            other.goto(page.url)
            set_own_date(office, other, "fr", 20)
        press(page, "fr", "The person confirms this")
        expect(page.locator(".summary")).to_be_focused()
        assert_accessible(page)
        press(page, "fr", "The person confirms this")
        page.select_option("#text", "documents")
        press(page, "fr", "Send this answer")
        assert_accessible(page)
        page.check("#why-not_reached")
        press(page, "fr", "Refuse")
        assert_accessible(page)
        for way in ("find", "months/2026-11", "sessions/example-1/sign-up"):
            page.goto(f"{office.url}/api/desk/fr/{way}")
            assert_accessible(page)
        press(page, "fr", "Sign the person up")
        expect(page.locator(".summary")).to_be_focused()
        assert_accessible(page)
        page.goto(f"{office.url}/api/desk/fr/find")
        press(page, "fr", "Find")
        expect(page.locator(".summary")).to_be_focused()
        assert_accessible(page)
        for sought in (reference, "nobody@example.org", "fict"):
            page.fill("#sought", sought)
            press(page, "fr", "Find")
            assert_accessible(page)


def correct(service, name):
    """The same person sends a form that says something else."""
    said = {"first_name": name, "surname": "Fictiva", "email": f"{name.casefold()}@example.org", "phone": "621 000 700"}
    service.post("/api/fr/appointments", body(**said, matricule=None), headers=FORM).raise_for_status()
