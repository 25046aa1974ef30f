"""Who signs is kept longer, is told so and gets a voucher; who does not is warned and deleted on the day."""

import re
from base64 import b64decode
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from chalicelib.domain.days import LUXEMBOURG, day_in_luxembourg, years_after
from chalicelib.words.formats import write_weekday
from tests.browser import follow
from tests.browser import page as opened
from tests.examples import body
from tests.journeys.looking import assert_accessible
from tests.service import start_service
from tests.staff import FORM, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.engine]
DAY = timedelta(days=1)


class Office:
    def __init__(self, service):
        self.service, self.staff = service, sign_in(service)

    def ask(self, name, language):
        sent = body(first_name=name, email=f"{name.casefold()}@example.org")
        receipt = self.service.post(f"/api/{language}/appointments", sent, headers=FORM).text
        return re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1]

    def letters(self, name, kind):
        mails = self.service.inbox()
        return [each for each in mails if (each["kind"], each["to"]) == (kind, f"{name.casefold()}@example.org")]

    def cancel(self, reference):
        seen = re.search(r'name="seen" value="([^"]+)"', self.staff.get(f"en/requests/{reference}").text)[1]
        assert self.staff.post(f"en/requests/{reference}", {"act": "cancel", "seen": seen}).status_code == 303

    @property
    def today(self):
        return day_in_luxembourg(datetime.fromisoformat(self.service.get("/_local/clock").json()["now"]))

    def go_to(self, day):
        """Just after midnight in Luxembourg; the jobs have run then."""
        at = datetime(day.year, day.month, day.day, 0, 5, tzinfo=LUXEMBOURG)
        self.service.post("/_local/clock", {"now": at.isoformat()}).raise_for_status()
        for job in ("remind", "deliver", "delete"):
            self.service.run(job)


@pytest.fixture
def office(tmp_path):
    with start_service(tmp_path / "data") as service:
        yield Office(service)


@pytest.fixture
def page(office, browser):
    with opened(browser, java_script_enabled=False) as page:
        page.context.add_cookies([{"name": "desk", "value": office.staff.secret, "url": office.service.url}])
        yield page


def record(page, act, **fields):
    form = page.locator("form", has=page.locator(f'button[value="{act}"]'))
    for name, value in fields.items():
        form.locator(f'[name="{name}"]').fill(value)
    follow(form.locator(f'button[value="{act}"]'))


@pytest.mark.parametrize("width", [320, 1280])
def test_two_contacts_of_a_person_are_compared_and_put_together(office, browser, width):
    kept, gone = (office.ask(name, "de") for name in ("Gemina", "Geminata"))
    address = f"{office.service.url}/api/desk/en/contacts/{kept}"
    with opened(browser, viewport={"width": width, "height": 740}) as page:
        page.context.add_cookies([{"name": "desk", "value": office.staff.secret, "url": office.service.url}])
        page.goto(address)
        follow(page.locator('a[href$="/merge"]'))
        assert_accessible(page)
        for sought in ("", "nobody@example.org", "fict"):
            look_for(page, sought)
            assert_accessible(page)
        look_for(page, gone)
        expect(page.locator("main")).to_contain_text("Cancel one of the two first.")
        assert_accessible(page)

        office.cancel(gone)
        look_for(page, gone)
        assert_accessible(page)
        page.locator('[name="mark"]').evaluate("each => { each.value = 'another' }")
        follow(page.get_by_role("button", name="Put both together"))
        expect(page.locator(".summary")).to_be_focused()
        assert_accessible(page)
        follow(page.get_by_role("button", name="Put both together"))

        assert page.url == address
    assert len(office.letters("Gemina", "merged")) == 1


def look_for(page, sought):
    page.goto(f"{page.url.removesuffix('/merge')}/merge")
    page.fill("#sought", sought)
    follow(page.locator('button[value="find"]'))


def test_who_signs_is_kept_longer_is_told_so_and_gets_a_voucher(office, page):
    reference, today = office.ask("Signans", "lb"), office.today
    page.goto(f"{office.service.url}/api/desk/en/contacts/{reference}")

    record(page, "took-part", day=(today - 30 * DAY).isoformat())
    one_year = write_weekday(years_after(today - 30 * DAY, 1), "en")
    expect(page.locator("main")).to_contain_text(f"Deleted on: {one_year}")
    record(page, "signed", day=today.isoformat())
    expect(page.locator("main")).to_contain_text(f"Deleted on: {write_weekday(years_after(today, 3), 'en')}")
    record(page, "issue", day=today.isoformat())
    expect(page.locator("main")).to_contain_text("Voucher 1")

    changed = office.letters("Signans", "deletion_day_changed")[-1]
    assert write_weekday(years_after(today, 3), "lb") in changed["text"]
    (voucher,) = office.letters("Signans", "voucher")
    (sheet,) = [each for each in voucher["attachments"] if each["type"] == "application/pdf"]
    text = PdfReader(BytesIO(b64decode(sheet["content"]))).pages[0].extract_text()
    assert "Signans Fictiva" in text and reference in text and "Signans" not in voucher["text"]


def test_who_does_not_sign_is_warned_and_deleted_on_the_day(office, page):
    reference, today = office.ask("Abiens", "de"), office.today
    address = f"{office.service.url}/api/desk/fr/contacts/{reference}"
    page.goto(address)
    record(page, "took-part", day=(today - DAY).isoformat())
    last = years_after(today - DAY, 1)

    office.go_to(last - 29 * DAY)
    (warning,) = office.letters("Abiens", "deletion_warning")
    assert write_weekday(last, "de") in warning["text"]
    office.go_to(last - DAY)
    office.staff = sign_in(office.service)
    page.context.add_cookies([{"name": "desk", "value": office.staff.secret, "url": office.service.url}])
    page.goto(address)
    expect(page.locator("h1")).to_contain_text(reference)

    office.go_to(last)
    office.staff = sign_in(office.service)
    page.context.add_cookies([{"name": "desk", "value": office.staff.secret, "url": office.service.url}])
    assert page.goto(address).status == 404
    assert len(office.letters("Abiens", "deletion_warning")) == 1
