"""Residents choose the date of their appointment, move it on their own page and cancel it: without JavaScript."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from chalicelib.words.templates import site_path
from tests.browser import follow
from tests.browser import page as opened
from tests.journeys.form import Resident, fill_form, letters_about, reference, send
from tests.journeys.looking import assert_accessible
from tests.local.test_failed_letters import office

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.in_turn]

HEAD = "id,kind,languages,capacity,waiting,published,start,end,place\n"
NUMBERS = count(1)
ROW = "{id},slot,fr,1,0,yes,2027-0{month}-05 10:00,2027-0{month}-05 11:00,Room {id}\n"


@pytest.fixture
def slots(service, tmp_path):
    """Two free dates, planned as staff do."""
    names = [f"date-{next(NUMBERS)}" for _ in range(2)]
    file = tmp_path / "slots.csv"
    file.write_text(HEAD + "".join(ROW.format(id=name, month=month) for month, name in enumerate(names, 3)))
    office(service.data_dir, "plan", str(file))
    yield names
    for name in names:
        office(service.data_dir, "cancel-session", name)


@pytest.fixture
def page(browser):
    with opened(browser, java_script_enabled=False) as page:
        yield page


def somebody(name, language, **reached):
    return Resident(f"{name} {language}", language, **reached or {"email": f"{name}-{language}@example.org".lower()})


def ask(service, page, resident, slot):
    """From the page of the appointment by its door to the receipt."""
    page.goto(service.url + site_path(resident.language, "appointment/"))
    follow(page.locator("main .panel a.door"))
    expect(page.locator("html")).to_have_attribute("lang", resident.language)
    fill_form(page, resident)
    page.check(f"input[name=slot][value={slot}]")
    send(page)


def kinds(service, shown):
    return sorted(letter["kind"] for letter in letters_about(service, shown))


def words_of(page, resident):
    return resident.reads(page.locator("main"))[0]


def own_page_of(service, shown):
    letter = next(each for each in letters_about(service, shown) if not each["kind"].startswith("staff"))
    return re.search(r"^\S+/my/\S+$", letter["text"], re.MULTILINE)[0]


def test_a_date_is_chosen_moved_and_cancelled(service, page, language, slots):
    resident = somebody("Electa", language)
    ask(service, page, resident, slots[0])
    assert resident.says("The date that you chose") in words_of(page, resident)
    assert f"Room {slots[0]}" in words_of(page, resident)
    shown = reference(page)
    told = next(each for each in letters_about(service, shown) if each["kind"] == "appointment")
    assert [file["type"].partition(";")[0] for file in told["attachments"]] == ["text/calendar"]
    assert f"Room {slots[0]}" in told["text"]

    page.goto(own_page_of(service, shown))
    follow(page.locator("main a[href*='/dates/']"))
    page.check(f"input[name=to][value={slots[1]}]")
    follow(page.locator("button[value=move]"))

    assert f"Room {slots[1]}" in words_of(page, resident)
    assert resident.says("The date of your appointment is set.") in words_of(page, resident)
    assert {"appointment", "moved"} <= set(kinds(service, shown))

    follow(page.locator("button[value=cancel]"))

    assert resident.says("You have cancelled your appointment.") in words_of(page, resident)
    assert "cancelled" in kinds(service, shown)
    page.goto(f"{service.url}/api/{language}/appointments")
    assert {*slots} <= {each.get_attribute("value") for each in page.locator("input[name=slot]").all()}


def test_a_date_that_is_gone_keeps_every_answer(service, page, language, slots):
    resident = somebody("Sera", language)
    page.goto(f"{service.url}/api/{language}/appointments")
    fill_form(page, resident)
    page.check(f"input[name=slot][value={slots[0]}]")
    with opened(page.context.browser, java_script_enabled=False) as quicker:
        ask(service, quicker, somebody("Celer", language), slots[0])

    send(page)

    expect(page.locator(".summary")).to_be_focused()
    assert resident.reads(page.locator(".summary h2")) == [resident.says("This date is no longer free")]
    expect(page.locator("#first_name")).to_have_value(resident.name)
    page.check(f"input[name=slot][value={slots[1]}]")
    send(page)
    assert f"Room {slots[1]}" in words_of(page, resident)


def test_who_has_no_mail_address_is_moved_by_phone(service, page, language, slots):
    resident = somebody("Vocata", language, phone="621 000 000")
    ask(service, page, resident, slots[0])
    shown = reference(page)

    assert office(service.data_dir, "move", shown, "unknown").startswith("Nothing has changed")
    assert office(service.data_dir, "move", shown, slots[1]).strip() == f"Moved. The reference is {shown}."
    assert office(service.data_dir, "cancel-place", shown).startswith("Cancelled.")
    assert office(service.data_dir, "move", shown, slots[0]).startswith("There is nothing to move")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_state_is_accessible(service, browser, language, slots, width):
    resident = somebody(f"Aperta{width}", language)
    with opened(browser, viewport={"width": width, "height": 740}) as page:
        page.goto(f"{service.url}/api/{language}/appointments")
        assert_accessible(page)
        page.check(f"input[name=slot][value={slots[0]}]")
        send(page)
        assert_accessible(page)
        ask(service, page, resident, slots[0])
        assert_accessible(page)
        page.goto(own_page_of(service, reference(page)))
        assert_accessible(page)
        follow(page.locator("main a[href*='/dates/']"))
        assert_accessible(page)
