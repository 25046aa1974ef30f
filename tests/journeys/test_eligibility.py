"""A resident checks whether they could have signed: nothing leaves a device with scripts, and it all works without."""

import random

import pytest
from playwright.sync_api import expect

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.catalogues import words
from chalicelib.words.templates import site_path
from tests.browser import follow
from tests.browser import page as opened
from tests.eligibility import ANSWERS, everybody, expected
from tests.journeys.looking import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.in_turn]

QUALIFIED = {
    "nationality": "foreign",
    "age": "adult",
    "residence": "legal",
    "work": "yes",
    "permit": "other",
    "protection": "none",
    "settle": "yes",
    "identify": "yes",
}
YOUNG = QUALIFIED | {"age": "young", "permit": "temporary", "identify": "no"}
UNSURE = {"nationality": "foreign", "age": "adult", "permit": "end_date"}
THREE = {"qualified": QUALIFIED, "young": YOUNG, "unsure": UNSURE}

# Lets the module of the page answer everybody, in the order of the test's own list.
ANSWER_EVERYBODY = """async (questions) => {
    const { parts } = await import(document.querySelector('script[type=module]').src);
    const rules = JSON.parse(document.getElementById('checker').dataset.rules);
    let everybody = [{}];
    for (const [question, answers] of questions)
        everybody = everybody.flatMap((one) => answers.map((answer) => ({ ...one, [question]: answer })));
    return everybody.map((one) => parts(rules, one).join(' '));
}"""


@pytest.fixture
def page(browser):
    with opened(browser) as page:
        yield page


def open_checker(page, service, language, fragment=""):
    page.goto(f"{service.url}{site_path(language, 'eligibility/')}{fragment}")


def give(page, answers):
    for question, answer in answers.items():
        page.check(f"#{question}-{answer}")


def ask(page):
    page.locator("#checker button").click()
    expect(page.locator("#answer")).to_be_focused()


def said(page):
    return page.locator("#answer").inner_text().replace("\u00ad", "")


def given(page):
    return {radio.get_attribute("name"): radio.input_value() for radio in page.locator(":checked").all()}


def test_the_browser_says_to_everybody_what_the_sources_say(service, page):
    open_checker(page, service, "en")

    answered = page.evaluate(ANSWER_EVERYBODY, [[question, list(answers)] for question, answers in ANSWERS.items()])

    assert len(answered) == 15_552
    assert answered == [" ".join(expected(answers)) for answers in everybody()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_ways_show_the_same_answer(service, browser, language):
    chance = random.Random(language)
    anybody = {name: chance.choice(answers) for name, answers in ANSWERS.items()}
    with opened(browser) as page, opened(browser, java_script_enabled=False) as plain:
        for answers in (*THREE.values(), anybody):
            for each in (page, plain):
                open_checker(each, service, language)
                give(each, answers)
                ask(each)

            assert said(page) == said(plain), answers
            assert given(plain) == answers


@pytest.mark.parametrize("language", ["en", "lb"])
def test_without_javascript_the_answer_stands_above_the_form_and_nothing_in_the_address(service, browser, language):
    with opened(browser, java_script_enabled=False) as page:
        open_checker(page, service, language)
        give(page, YOUNG)
        ask(page)

        assert page.url == f"{service.url}/api/{language}/eligibility#answer"
        assert page.title().startswith(words(language).gettext("Your answer:"))
        assert given(page) == YOUNG
        expect(page.locator("#outcomes, [data-when]").first).not_to_be_visible()
        answer, form = page.locator("#answer").bounding_box(), page.locator("#checker").bounding_box()
        assert answer["y"] + answer["height"] <= form["y"]


@pytest.mark.parametrize("language", ["fr", "de"])
def test_with_javascript_nothing_is_asked_of_anybody_after_the_page_is_there(service, page, language):
    open_checker(page, service, language)
    page.wait_for_load_state("networkidle")
    asked, problems = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))

    give(page, YOUNG)
    ask(page)
    give(page, QUALIFIED)
    ask(page)

    assert (asked, problems) == ([], [])


def test_answers_stay_in_the_fragment_when_the_language_changes_and_no_server_sees_them(service, page):
    open_checker(page, service, "en")
    give(page, YOUNG)
    ask(page)
    follow(page.locator('nav.languages a[lang="lb"]'))
    expect(page.locator("html")).to_have_attribute("lang", "lb")

    assert given(page) == YOUNG
    assert words("lb").gettext("Under these rules, you would not have qualified.") in said(page)
    follow(page.locator('nav.languages a[lang="fr"]'))
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert given(page) == YOUNG
    assert "temporary" not in service.log()


def test_a_language_can_change_before_the_button_is_pressed(service, page):
    open_checker(page, service, "en")
    give(page, UNSURE)
    follow(page.locator('nav.languages a[lang="de"]'))
    expect(page.locator("html")).to_have_attribute("lang", "de")

    assert given(page) == UNSURE
    expect(page.locator("#answer")).to_have_count(0)


def test_a_reload_brings_answers_and_outcome_back_without_moving_the_focus(service, page):
    open_checker(page, service, "en")
    give(page, YOUNG)
    ask(page)
    before = said(page)
    page.reload()

    assert (given(page), said(page)) == (YOUNG, before)
    expect(page.locator("#answer")).not_to_be_focused()


def test_a_strange_fragment_does_no_harm(service, page):
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    open_checker(page, service, "en", "#age=%3Cb%3E&age=adult&__proto__=1&constructor=2&answer&work=yes&%E0=%")

    assert given(page) == {"work": "yes"}
    assert "You live or work in Luxembourg." in said(page)
    assert problems == []


def test_the_skip_link_loses_no_answer(service, page):
    open_checker(page, service, "en")
    give(page, UNSURE)
    page.evaluate("location.hash = '#main'")
    follow(page.locator('nav.languages a[lang="de"]'))
    expect(page.locator("html")).to_have_attribute("lang", "de")

    assert given(page) == UNSURE


def test_an_answer_that_is_shown_follows_the_form_and_leaves_the_focus_there(service, page):
    open_checker(page, service, "en")
    give(page, QUALIFIED)
    ask(page)
    page.focus("#permit-temporary")
    page.keyboard.press("Space")

    assert "This one answer decides:\nYou hold a temporary residence permit." in said(page)
    expect(page.locator("#permit-temporary")).to_be_focused()


def test_one_can_start_again(service, page):
    open_checker(page, service, "en")
    give(page, QUALIFIED)
    ask(page)
    page.locator("#answer a").last.click()

    expect(page.locator("#answer")).to_have_count(0)
    assert given(page) == {}
    assert page.url == f"{service.url}/eligibility/"


@pytest.mark.parametrize("scripts", [True, False], ids=["JavaScript", "no JavaScript"])
@pytest.mark.parametrize("language", ["en", "lb"])
def test_the_checker_works_by_keyboard_alone(service, browser, language, scripts):
    with opened(browser, java_script_enabled=scripts) as page:
        open_checker(page, service, language)
        page.focus("main a[href='#check']")
        for question in ANSWERS:
            tab_to(page, f"[name={question}]")
            page.keyboard.press("Space")
        tab_to(page, "#checker button")
        page.keyboard.press("Enter")

        expect(page.locator("#answer")).to_be_focused()
        assert set(given(page)) == set(ANSWERS)


def tab_to(page, selector):
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


LOOKS = [(320, "light"), (360, "dark"), (1280, "light")]


@pytest.mark.parametrize(("width", "theme"), LOOKS)
@pytest.mark.parametrize("scripts", [True, False], ids=["JavaScript", "no JavaScript"])
def test_every_outcome_is_accessible(service, browser, width, theme, scripts):
    language = {320: "de", 360: "lb", 1280: "fr"}[width]
    for answers in THREE.values():
        with opened(browser, viewport={"width": width, "height": 740}, color_scheme=theme) as page:
            if not scripts:
                page.route("**/assets/eligibility.*.js", lambda route: route.abort())
            open_checker(page, service, language)
            give(page, answers)
            ask(page)

            assert ("/api/" in page.url) is not scripts
            assert_accessible(page)
