"""The whole circle: from a session that staff publish to a contract signed, or to the day on which all is deleted."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.domain.days import years_after
from chalicelib.domain.language import LANGUAGES
from chalicelib.words.formats import write_day
from tests.browser import follow
from tests.browser import page as opened
from tests.journeys.form import Resident, fill_form, letters_about, reference, send
from tests.journeys.test_desk import sign_in
from tests.journeys.test_desk_session import plan, press, says, today
from tests.journeys.test_own_page import link_in
from tests.journeys.test_sign_up import sign_up
from tests.service import start_service

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PEOPLE = {code: Resident(f"Orbis {code}", code, email=f"orbis-{code}@example.org") for code in LANGUAGES}
CALLER = Resident("Orbis Vocans", "fr", phone="621 000 400")
STAFF = "fr"


@pytest.fixture
def office(tmp_path):
    with start_service(tmp_path / "data") as service:
        yield service


@pytest.fixture
def page(browser):
    with opened(browser, java_script_enabled=False) as page:
        yield page


def letters(service, given, kind):
    return [each for each in letters_about(service, given) if each["kind"] == kind]


def publish(service, page, day):
    sign_in(service, page, STAFF)
    address = plan(service, page, STAFF, day)
    press(page, STAFF, "Publish")
    return address


def sign_up_caller(page, address):
    page.goto(f"{address}/sign-up")
    page.check(f"input[name=letters_in][value={CALLER.language}]")
    page.fill("#first_name", CALLER.name)
    page.fill("#surname", "Fictiva")
    page.fill("#phone", CALLER.phone)
    press(page, STAFF, "Sign the person up")
    given = page.url.rpartition("/")[2]
    follow(page.locator(f'.desk-menu a[href$="/{STAFF}/today"]'))
    expect(page.locator(".item", has_text=given).first).to_contain_text("+352 621 000 400")


def mark_all_as_come(service, page, address):
    sign_in(service, page, STAFF)
    page.goto(f"{address}?tick=all")
    press(page, STAFF, "Store who came")
    expect(page.get_by_role("status")).to_contain_text(f"{says(STAFF, 'Took part:')} {len(PEOPLE) + 1}")


def ask_for_appointment(service, page, resident):
    page.goto(f"{service.url}/{resident.language}/appointment/")
    fill_form(page, resident)
    send(page)
    return reference(page)


def set_date(service, page, given, day):
    page.goto(f"{service.url}/api/desk/{STAFF}/requests/{given}")
    page.fill("#day", day.isoformat())
    page.fill("#from", "10:00")
    page.fill("#until", "10:45")
    page.fill("#place", "Room of a test")
    press(page, STAFF, "Set this date")


def record_signature(service, page, given):
    sign_in(service, page, STAFF)
    page.goto(f"{service.url}/api/desk/{STAFF}/requests/{given}")
    follow(page.locator('button[value="attended"]'))
    follow(page.locator('main a[href*="/contacts/"]').first)
    follow(page.locator('button[value="signed"]'))


def test_who_signs_is_kept_and_told_and_who_does_not_is_warned_and_deleted_on_the_day(office, page):
    held = today(office) + timedelta(days=10)
    address = publish(office, page, held)
    sign_up_caller(page, address)
    given = {}
    for code, resident in PEOPLE.items():
        sign_up(office, page, resident, "information", address.rpartition("/")[2])
        given[code] = reference(page)
    own = {code: link_in(letters(office, its, "reserved")[0]) for code, its in given.items()}

    office.advance("P11D")
    mark_all_as_come(office, page, address)
    for code in PEOPLE:
        page.goto(own[code])
        expect(page.locator("main")).to_contain_text(write_day(years_after(held, 1), code))

    asked = ask_for_appointment(office, page, PEOPLE["lb"])
    met = today(office) + timedelta(days=5)
    set_date(office, page, asked, met)
    (set_for,) = letters(office, asked, "appointment")
    assert (set_for["lang"], [each["name"] for each in set_for["attachments"]]) == ("lb", [f"CAI-{asked}.ics"])
    assert "Room of a test" in set_for["text"]

    office.advance("P6D")
    signed_on = today(office)
    record_signature(office, page, asked)
    told = letters(office, asked, "deletion_day_changed")[-1]
    assert write_day(years_after(signed_on, 3), "lb") in told["text"]

    gone_on = years_after(held, 1)
    page.goto(own["de"])
    assert write_day(gone_on, "de") in page.locator("main").inner_text()
    office.advance(f"P{(gone_on - timedelta(days=29) - today(office)).days}D")
    office.run("remind")
    assert len(letters(office, given["de"], "deletion_warning")) == 1
    assert letters(office, asked, "deletion_warning") == []
    page.reload()
    assert given["de"] in page.locator("main").inner_text()

    office.advance(f"P{(gone_on - today(office)).days}D")
    office.run("delete")
    assert page.reload().status == 404
    page.goto(link_in(letters(office, asked, "appointment")[0]))
    assert asked in page.locator("main").inner_text()
