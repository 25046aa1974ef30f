"""The steps of a resident on the appointment form, as a browser does them."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from chalicelib.words.catalogues import words
from chalicelib.words.templates import site_path
from tests.browser import follow

REFERENCE = re.compile(r"^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$")


@dataclass(frozen=True)
class Resident:
    """Somebody who reads `language` and is reached in one way or both; each test has its own name."""

    name: str
    language: str
    email: str = ""
    phone: str = ""

    def reads(self, locators: Locator) -> list[str]:
        """What stands there, without the soft hyphens of long words."""
        return [text.replace("\u00ad", "") for text in locators.all_inner_texts()]

    def says(self, sentence: str) -> str:
        return words(self.language).gettext(sentence)


def open_form(page: Page, url: str, resident: Resident) -> None:
    """From the home page, by its third door to the steps, and from there by the link of the second one."""
    page.goto(url + site_path(resident.language))
    follow(page.locator("main a.door").nth(2))
    follow(page.locator(f'main a[href="{site_path(resident.language, "appointment/")}"]').first)
    expect(page.locator("form")).to_have_attribute("action", f"/api/{resident.language}/appointments")


def fill_form(page: Page, resident: Resident) -> None:
    page.fill("#first_name", resident.name)
    page.fill("#surname", "Fictiva")
    page.fill("#phone", resident.phone)
    page.fill("#email", resident.email)
    page.fill("#attended_on-month", "10")
    page.fill("#attended_on-year", "2026")
    page.check("#half_days-tue-pm")


def send(page: Page) -> None:
    follow(page.locator("form button"))


def reference(page: Page) -> str:
    """The reference on the receipt, which it must look like."""
    shown = page.locator(".reference").inner_text().strip()
    assert REFERENCE.match(shown), shown
    return shown


def letters_about(service, reference: str) -> list:
    return [letter for letter in service.inbox() if reference in letter["text"]]
