"""A session from its first form to who came: staff plan and publish it, a resident signs up, the deletion day moves."""

import io
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from chalicelib.domain.days import years_after
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write_day
from tests.browser import follow
from tests.browser import page as opened
from tests.examples import body
from tests.journeys.form import Resident, letters_about, reference
from tests.journeys.looking import assert_accessible
from tests.journeys.test_desk import sign_in
from tests.journeys.test_sign_up import sign_up
from tests.service import start_service
from tests.staff import FORM

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.in_turn]

A4 = (595, 842)  # in points


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with start_service(tmp_path_factory.mktemp("sessions") / "data") as service:
        yield service


def today(service):
    return date.fromisoformat(service.get("/_local/clock").json()["now"][:10])


def says(language, sentence):
    return words(language).gettext(sentence)


def press(page, language, name):
    follow(page.get_by_role("button", name=says(language, name), exact=True))


def plan(service, page, language, day):
    """A session that two languages share, as a draft; gives its address."""
    page.goto(f"{service.url}/api/desk/{language}/sessions")
    follow(page.get_by_role("link", name=says(language, "New session")))
    page.check("input[value=information]")
    page.check("input[value=fr]")
    page.check("input[value=lb]")
    page.fill("#capacity", "12")
    page.fill("#waiting", "0")
    page.fill("#meeting_1", day.isoformat())
    page.fill("#meeting_1-start", "10:00")
    page.fill("#meeting_1-end", "12:00")
    page.fill("#meeting_1-place", "Hall of a test")
    press(page, language, "Store this session")
    return page.url


def test_a_session_is_published_a_resident_comes_and_the_deletion_day_moves(office, browser):
    resident = Resident("Praesentia", "lb", email="praesentia@example.org")
    claimed = body(first_name=resident.name, email=resident.email, phone="", matricule=None)
    office.post("/api/lb/appointments", claimed, headers=FORM).raise_for_status()
    day = today(office) + timedelta(days=10)

    with opened(browser, java_script_enabled=False) as page:
        sign_in(office, page, "fr")
        address = plan(office, page, "fr", day)
        expect(page.locator("main")).to_contain_text(says("fr", "Draft"))
        press(page, "fr", "Publish")
        expect(page.locator("main")).to_contain_text(says("fr", "Published"))

    with opened(browser, java_script_enabled=False) as page:
        sign_up(office, page, resident, "information", address.rpartition("/")[2])
        given = reference(page)

    office.advance("P11D")
    with opened(browser, java_script_enabled=False) as page:
        sign_in(office, page, "fr")
        page.goto(address)
        page.get_by_role("group", name=given).get_by_role("checkbox").check()
        press(page, "fr", "Store who came")
        expect(page.get_by_role("status")).to_contain_text(f"{says('fr', 'Took part:')} 1")
        expect(page.get_by_role("group", name=given).get_by_role("checkbox")).to_be_checked()

    (told,) = [each for each in letters_about(office, given) if each["kind"] == "deletion_day_changed"]
    assert (told["to"], told["lang"]) == (resident.email, "lb")
    assert write_day(years_after(day, 1), "lb") in told["text"]


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_and_state_is_accessible(office, browser, width):
    with opened(browser, viewport={"width": width, "height": 740}) as page:
        sign_in(office, page, "fr")
        address = plan(office, page, "fr", today(office) + timedelta(days=10))
        for part in ("", "/change", "/cancel", "/sheet"):
            page.goto(address + part)
            assert_accessible(page)
        page.goto(f"{address}/change")
        with opened(browser) as other:
            other.context.add_cookies(page.context.cookies())
            other.goto(f"{address}/change")
            other.fill("#capacity", "20")
            press(other, "fr", "Store this session")
        page.fill("#capacity", "30")
        press(page, "fr", "Store this session")
        expect(page.locator(".summary")).to_be_focused()
        expect(page.locator(".summary")).to_contain_text("20")
        assert_accessible(page)
        page.goto(f"{office.url}/api/desk/fr/sessions/new")
        press(page, "fr", "Store this session")
        expect(page.locator(".summary")).to_be_focused()
        assert_accessible(page)
        page.locator(".summary a").last.click()
        expect(page.locator("#meeting_1")).to_be_focused()
        page.goto(f"{office.url}/api/desk/fr/sessions")
        assert_accessible(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_boxes_for_who_came_are_accessible(office, browser, width):
    with opened(browser, viewport={"width": width, "height": 740}) as page:
        sign_in(office, page, "en")
        address = plan(office, page, "en", today(office) + timedelta(days=10))
        press(page, "en", "Publish")
        with opened(browser) as other:
            guest = Resident(f"Latitudo{width}", "fr", email=f"latitudo{width}@example.org")
            sign_up(office, other, guest, "information", address.rpartition("/")[2])
        office.advance("P11D")
        sign_in(office, page, "en")
        page.goto(f"{address}?tick=all")
        assert_accessible(page)
        press(page, "en", "Store who came")
        assert_accessible(page)


def test_the_attendance_sheet_is_a_page_of_a4_with_names_and_nothing_else_of_people(office, browser):
    with opened(browser) as page:
        sign_in(office, page, "fr")
        address = plan(office, page, "fr", today(office) + timedelta(days=10))
        press(page, "fr", "Publish")
        with opened(browser) as other:
            guest = Resident("Signatura", "fr", email="signatura@example.org", phone="621 000 300")
            sign_up(office, other, guest, "information", address.rpartition("/")[2])
            given = reference(other)
        page.goto(address)
        follow(page.get_by_role("link", name=says("fr", "Attendance sheet to print (in French)")))
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    (sheet,) = printed.pages
    assert tuple(round(float(side)) for side in sheet.mediabox[2:]) == A4
    text = " ".join(sheet.extract_text().split())
    assert "Fictiva, Signatura" in text
    for private in ("621", "signatura@", given, "Se déconnecter"):
        assert private not in text
