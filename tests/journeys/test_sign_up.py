"""Residents sign up, wait, get the place of another and give it up: without JavaScript, by mail and by phone only."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count

import pytest
from playwright.sync_api import expect

from chalicelib.words.templates import site_path
from tests.browser import follow
from tests.browser import page as opened
from tests.journeys.form import Resident, letters_about, reference, send
from tests.journeys.looking import assert_accessible
from tests.local.test_failed_letters import office

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.in_turn]

PAGES = {"information": "information-session/", "citizenship": "citizenship-course/"}
HEAD = "id,kind,languages,capacity,waiting,published,start,end,place\n"
ROWS = {
    "information": "{id},information,fr,1,1,yes,2035-12-05 10:00,2035-12-05 12:00,Hall of a test\n",
    "citizenship": (
        "{id},citizenship,fr,1,1,yes,2035-12-05 10:00,2035-12-05 13:00,Hall of a test\n"
        "{id},citizenship,fr,1,1,yes,2035-12-12 10:00,2035-12-12 13:00,Hall of a test\n"
    ),
}
NUMBERS = count(1)


@pytest.fixture(params=["mail", "phone"])
def way(request):
    return request.param


@pytest.fixture
def page(browser):
    with opened(browser, java_script_enabled=False) as page:
        yield page


@pytest.fixture(params=PAGES)
def session(request, service, tmp_path):
    """The kind and the id of a session with one seat and a line of one, planned as staff do."""
    name = f"journey-{request.param}-{next(NUMBERS)}"
    file = tmp_path / "sessions.csv"
    file.write_text(HEAD + ROWS[request.param].format(id=name))
    office(service.data_dir, "plan", str(file))
    yield request.param, name
    office(service.data_dir, "cancel-session", name)


def somebody(name, language, way, session):
    address = f"{name}-{session}-{language}@example.org".lower()
    own = f"{name} {language} {session}"
    return Resident(own, language, email=address) if way == "mail" else Resident(own, language, phone="621 000 000")


def sign_up(service, page, resident, kind, session):
    """From the page about the session to what comes after the button."""
    page.goto(service.url + site_path(resident.language, PAGES[kind]))
    follow(page.locator("main .panel a.door"))
    expect(page.locator("html")).to_have_attribute("lang", resident.language)
    page.check(f"input[value={session}]")
    fill(page, resident)


def fill(page, resident):
    page.fill("#first_name", resident.name)
    page.fill("#surname", "Fictiva")
    page.fill("#phone", resident.phone)
    page.fill("#email", resident.email)
    page.check("#needs-large-print")
    send(page)


def heading(page, resident):
    (shown,) = resident.reads(page.locator("h1"))
    return shown


def kinds(service, shown):
    return sorted(letter["kind"] for letter in letters_about(service, shown))


def test_sign_up_wait_and_get_the_place_that_another_gives_up(service, page, language, way, session):
    first, second, third = (somebody(name, language, way, session[1]) for name in ("Prima", "Secunda", "Tertia"))

    sign_up(service, page, first, *session)
    assert heading(page, first) == first.says("Your place is reserved")
    taken = reference(page)
    sign_up(service, page, second, *session)
    assert heading(page, second) == second.says("You are on the waiting list")
    waiting = reference(page)

    page.goto(service.url + site_path(language, PAGES[session[0]]))
    follow(page.locator("main .panel a.door"))
    assert page.locator(f"input[value={session[1]}]").count() == 0
    assert third.says("This session is full.") in " ".join(third.reads(page.locator("main")))

    give_up(service, page, first, taken)
    assert {"mail": "placed", "phone": "staff_call"}[way] in kinds(service, waiting)
    again = somebody("Prima", language, way, session[1])
    sign_up(service, page, again, *session)
    assert heading(page, again) == again.says("You are on the waiting list")


def give_up(service, page, resident, shown):
    """By one press on the own page, or by phone, where staff do it."""
    if not resident.email:
        assert "next on the waiting list has the place" in office(service.data_dir, "cancel-place", shown)
        return
    page.goto(own_page_of(service, shown))
    follow(page.locator("main button[value=cancel]"))
    sentence = resident.says("You have cancelled: we no longer keep a place for you.")
    assert sentence in resident.reads(page.locator("main"))[0]
    assert "cancelled" in kinds(service, shown)


def own_page_of(service, shown):
    letter = next(each for each in letters_about(service, shown) if not each["kind"].startswith("staff"))
    return re.search(r"^\S+/my/\S+$", letter["text"], re.MULTILINE)[0]


def test_who_comes_too_late_is_told_and_keeps_every_answer(service, page, language, session):
    kind, name = session
    late = somebody("Tarda", language, "mail", name)
    page.goto(f"{service.url}/api/{language}/sessions?kind={kind}")
    page.check(f"input[value={name}]")
    with opened(page.context.browser, java_script_enabled=False) as quicker:
        for each in ("Una", "Altera"):
            sign_up(service, quicker, somebody(each, language, "mail", name), kind, name)

    fill(page, late)

    expect(page.locator(".summary")).to_be_focused()
    assert late.reads(page.locator(".summary h2")) == [late.says("This session is full")]
    if page.locator("#first_name").count():  # other dates are open
        expect(page.locator("#first_name")).to_have_value(late.name)


def test_what_is_wrong_is_named_with_a_link_to_its_field(service, page, language):
    page.goto(f"{service.url}/api/{language}/sessions?kind=information")
    resident = Resident("", language)

    send(page)

    assert page.title().startswith(resident.says("Error:"))
    expect(page.locator(".summary")).to_be_focused()
    page.locator(".summary a").first.click()
    expect(page.locator("#session")).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_every_state_is_accessible(service, browser, language, session, width):
    resident = somebody(f"Accessa{width}", language, "mail", session[1])
    with opened(browser, viewport={"width": width, "height": 740}) as page:
        page.goto(f"{service.url}/api/{language}/sessions?kind={session[0]}")
        assert_accessible(page)
        send(page)
        assert_accessible(page)
        sign_up(service, page, resident, *session)
        assert_accessible(page)
        page.goto(own_page_of(service, reference(page)))
        assert_accessible(page)


def test_the_page_itself_shows_the_dates_where_scripts_run(service, browser, language):
    resident = Resident("", language)
    with opened(browser) as page:
        page.goto(service.url + site_path(language, PAGES["information"]))

        expect(page.locator("#dates li").first).to_be_visible()
        assert resident.says("Places left: %(count)s").partition("%")[0] in resident.reads(page.locator("#dates"))[0]
        assert resident.says("As of:") in resident.reads(page.locator("main .panel:has(#dates)"))[0]
        assert_accessible(page)


OLD = {"Last-Modified": format_datetime(datetime.now(UTC) - timedelta(minutes=16), usegmt=True)}


@pytest.mark.parametrize("answer", [{"status": 404}, {"headers": OLD, "json": [{"meetings": [], "open": True}]}])
def test_dates_that_nobody_writes_any_more_are_not_shown_and_the_link_is(service, browser, language, answer):
    with opened(browser) as page:
        page.route("**/sessions/information.json", lambda route: route.fulfill(**answer))
        with page.expect_response("**/sessions/information.json"):
            page.goto(service.url + site_path(language, PAGES["information"]))

        page.wait_for_load_state("networkidle")
        expect(page.locator("#dates")).to_be_hidden()
        expect(page.locator("main .panel a.door").first).to_be_visible()
