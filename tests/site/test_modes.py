"""Nobody may take a closed programme, or a demonstration, for an open one."""

import pytest

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import links
from chalicelib.programme.facts import load
from chalicelib.words.formats import write
from hooks.mode import chosen_mode
from tests.site.built import Page, every_file, in_each_language, main_of, pages, text


def today(page: Page) -> tuple[str, str]:
    """Since when nothing is signed, in the language of the page, and what there is instead."""
    since = write(load().get("programme.closed_since"), page.language)
    return since, load().text("programme.replaced_by")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_programme_says_so_in_title_description_and_first_sentence(language):
    for page in in_each_language("closed")[language].values():
        first = next(main_of(page).iter("p"))

        for words in (text(page.first("title")), page.description(), text(first)):
            assert all(part in words for part in today(page)), page.path


def test_a_closed_programme_offers_no_form_but_search_and_checker():
    assert {form.get("id") for page in pages("closed") for form in page.all("form")} == {"search-form", "checker"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_form_says_what_one_can_do_instead(language):
    page = in_each_language("closed")[language]["appointment/"]
    panel = next(part for part in main_of(page).iter("div") if part.get("class") == "panel")

    found = [link.get("href") for link in panel.iter("a")]

    assert found == [
        load().text("contact.phone_link"),
        f"mailto:{load().text('contact.email')}",
        links.load()["biergerpakt"].address_for(language),
    ]


def test_a_demonstration_offers_the_form_in_its_language():
    for language, found in in_each_language("demonstration").items():
        (form,) = found["appointment/"].all("form")

        assert form.get("action") == f"/api/{language}/appointments"


@pytest.mark.parametrize("mode", ["demonstration", "closed"])
def test_the_notice_says_since_when_and_when_this_was_checked(mode):
    checked = load().by_key["programme.closed_since"].checked

    for page in every_file(mode):
        notice = text(page.first("aside"))

        assert all(part in notice for part in (*today(page), write(checked, page.language))), page.path


def test_search_engines_are_kept_out_of_a_demonstration():
    robots = (pages("demonstration")[0].site / "robots.txt").read_text("utf-8")

    assert "Disallow: /\n" in robots


def test_an_open_programme_needs_somebody_who_runs_it(monkeypatch):
    monkeypatch.setenv("CAI_MODE", "open")

    with pytest.raises(ConfigurationError, match=r"facts.toml: \[operator\] name, address, .* must be filled in"):
        chosen_mode()


def test_an_unknown_mode_is_refused(monkeypatch):
    monkeypatch.setenv("CAI_MODE", "opne")

    with pytest.raises(ConfigurationError, match="CAI_MODE is one of demonstration, closed, open, not opne"):
        chosen_mode()
