"""A resident's question finds its page among the first three, on their own device; nothing is loaded before."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme.facts import load
from chalicelib.words.templates import site_path
from tests.browser import page as opened
from tests.journeys.test_accessibility import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.engine]

QUESTIONS = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))
FIRST = 3
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def without_accents(question):
    return "".join(sign for sign in unicodedata.normalize("NFD", question) if not unicodedata.combining(sign))


def spellings(question, language):
    spelled = {question, without_accents(question)} | ({question.translate(UMLAUTS)} if language == "de" else set())
    return sorted(spelled)


def asked():
    for language, answers in QUESTIONS.items():
        for question, slug in answers.items():
            for spelling in spellings(question, language):
                yield pytest.param(language, spelling, slug, id=f"{language}-{spelling}")


@pytest.fixture(scope="module")
def pages(browser, service):
    """The page of the search in each language, kept open with what it has loaded."""
    open_pages = {}
    with opened(browser) as first:
        for language in LANGUAGES:
            open_pages[language] = first.context.new_page()
            open_pages[language].goto(service.url + site_path(language, "search/"))
        yield open_pages


def ask(page, question):
    """The paths of the pages found, best first."""
    page.fill("#search-box", question)
    page.press("#search-box", "Enter")
    expect(page.locator("#search-state")).not_to_have_text(page.get_attribute("#search-form", "data-wait"))
    return page.eval_on_selector_all("#search-found a", "links => links.map(link => link.pathname)")


@pytest.mark.parametrize(("language", "question", "slug"), list(asked()))
def test_a_question_finds_its_page_among_the_first_three(pages, language, question, slug):
    assert site_path(language, slug) in ask(pages[language], question)[:FIRST]


def test_there_are_ten_questions_in_each_language():
    assert {language: len(answers) for language, answers in QUESTIONS.items()} == dict.fromkeys(LANGUAGES, 10)


def test_nothing_is_loaded_before_the_first_use_and_no_policy_is_broken(service, browser):
    with opened(browser) as page:
        paths, said = [], []
        page.on("request", lambda request: paths.append(request.url.removeprefix(service.url)))
        page.on("console", lambda message: said.append(message.text))
        page.goto(service.url + "/fr/search/")
        page.focus("#search-box")
        page.wait_for_load_state("networkidle")
        before = list(paths)

        found = ask(page, "bon")

        assert [path.partition(".")[0] for path in before if path != "/assets/mark.svg"] == [
            "/fr/search/",
            "/assets/forum",
            "/assets/search",
        ]
        assert any(path.startswith("/pagefind/") for path in paths)
        assert all(path.startswith(("/pagefind/", "/assets/", "/fr/search/")) for path in paths)
        assert found
        assert said == []


def test_what_was_found_is_a_title_with_its_words_marked_and_leads_to_its_page(service, browser):
    with opened(browser) as page:
        page.goto(service.url + "/lb/search/")
        first = ask(page, "Integratioun")[0]

        expect(page.locator("#search-found mark").first).to_contain_text("ntegratioun")
        expect(page.locator("#search-state")).to_have_text(re.compile(r"^\d+ Säite fonnt$"))
        page.click("#search-found a")
        page.wait_for_url(service.url + first)
        page.go_back()

        expect(page.locator("#search-found a").first).to_be_visible()
        expect(page.locator("#search-box")).to_have_value("Integratioun")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_finds_nothing_is_told_whom_to_call(pages, language):
    page = pages[language]
    assert ask(page, "Kubernetes") == []

    assert page.text_content("#search-state") == page.get_attribute("#search-form", "data-zero")
    expect(page.locator("#search-none a")).to_have_attribute("href", load().text("contact.phone_link"))
    expect(page.locator("#search-none")).to_be_visible()
    ask(page, "CAI")
    expect(page.locator("#search-none")).to_be_hidden()


@pytest.mark.parametrize("question", ["données", "donnees"])
def test_a_browser_that_cannot_run_the_search_looks_through_the_list(service, browser, question):
    with opened(browser) as page:
        page.add_init_script("delete window.WebAssembly")
        page.goto(service.url + "/fr/search/")

        found = ask(page, question)

        assert found[0] == "/fr/data-protection/"


def test_without_a_script_there_is_the_list_and_no_form(service, browser):
    with opened(browser, java_script_enabled=False) as page:
        page.goto(service.url + "/de/search/")

        expect(page.locator("#search-form")).to_be_hidden()
        expect(page.locator("#search-all li").first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_found_is_accessible(pages, language):
    ask(pages[language], "CAI")

    assert_accessible(pages[language])
