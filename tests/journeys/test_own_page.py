"""A resident goes from a letter to all their data, confirms a change, shows the counter view, and has all deleted."""

import re

import pytest

from chalicelib.words.templates import site_path
from tests.browser import follow
from tests.browser import page as opened
from tests.journeys.form import Resident, fill_form, letters_about, reference, send
from tests.journeys.looking import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.engine]

LINK = re.compile(r"^\S+/my/\S+$", re.MULTILINE)


def ask(service, page, resident):
    """The reference of a form that was sent just now."""
    page.goto(service.url + site_path(resident.language, "appointment/"))
    fill_form(page, resident)
    send(page)
    return reference(page)


def link_in(letter):
    return LINK.search(letter["text"])[0]


def fresh_link(service, resident):
    return link_in(next(each for each in service.inbox() if each["kind"] == "link" and each["to"] == resident.email))


def heading(page, resident):
    (shown,) = resident.reads(page.locator("h1"))
    return shown


def shown(page, resident):
    return resident.reads(page.locator("main"))[0]


def with_two_forms(service, page, resident):
    """The link in the letter about the first form; the second gives a phone number."""
    first = ask(service, page, resident)
    ask(service, page, Resident(resident.name, resident.language, resident.email, "621 000 007"))
    return link_in(next(each for each in letters_about(service, first) if each["kind"] == "received"))


def test_from_a_letter_to_all_data_a_change_the_counter_and_the_end(service, browser, language):
    resident = Resident(f"Integra {language}", language, email=f"integra-{language}@example.org")
    with opened(browser, java_script_enabled=False) as page:
        page.goto(with_two_forms(service, page, resident))
        assert heading(page, resident) == resident.says("Your page")
        assert resident.says("Changes to confirm") in shown(page, resident)
        assert "621 000 007" not in shown(page, resident) and resident.name not in shown(page, resident)

        follow(page.locator("main button[value=link]"))
        assert heading(page, resident) == resident.says("We send you the link")
        page.goto(fresh_link(service, resident))
        assert resident.name in shown(page, resident) and "621 000 007" in shown(page, resident)

        (file,) = [each.get_attribute("href") for each in page.locator("a[href$='data.json']").all()]
        held = page.request.get(service.url + file).json()
        assert {"contact", "booking", "correction", "letter", "mark"} <= {item["item"] for item in held}

        follow(page.locator("main button[value=confirm]"))
        assert resident.says("Changes to confirm") not in shown(page, resident)
        assert "+352621000007" in shown(page, resident)

        follow(page.locator("main a[href$='/counter']"))
        assert heading(page, resident) == resident.says("To show at the counter")
        assert resident.name not in shown(page, resident)
        follow(page.locator("main .screen a"))

        follow(page.locator("main button[value=erase]"))
        assert heading(page, resident) == resident.says("Your data is being deleted")


def test_who_has_lost_the_link_gets_it_by_the_page_for_contact(service, browser, language):
    resident = Resident(f"Perdita {language}", language, email=f"perdita-own-{language}@example.org")
    with opened(browser, java_script_enabled=False) as page:
        ask(service, page, resident)

        page.goto(service.url + site_path(language, "contact/"))
        follow(page.locator(f'main a[href="/api/{language}/link"]'))
        page.fill("#email", "nobody at all")
        send(page)
        assert page.title().startswith(resident.says("Error:"))
        page.fill("#email", resident.email)
        send(page)
        assert heading(page, resident) == resident.says("We send you the link")

        page.goto(fresh_link(service, resident))
        assert resident.name in shown(page, resident)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_state_is_accessible(service, browser, language, width):
    resident = Resident(f"Accessa {language}", language, email=f"accessa-own-{language}-{width}@example.org")
    with opened(browser, viewport={"width": width, "height": 740}) as page:
        page.goto(with_two_forms(service, page, resident))
        assert_accessible(page)
        follow(page.locator("main button[value=link]"))
        assert_accessible(page)
        page.goto(fresh_link(service, resident))
        assert_accessible(page)
        follow(page.locator("main a[href$='/counter']"))
        assert_accessible(page)
        page.goto(f"{service.url}/api/{language}/link")
        assert_accessible(page)
        send(page)
        assert_accessible(page)
