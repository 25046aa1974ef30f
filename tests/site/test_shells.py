"""The shells that a build leaves for the API."""

import re
from pathlib import Path
from string import Template

import html5lib
import pytest

from chalicelib.domain.language import DESK_LANGUAGES, LANGUAGES
from hooks.shells import as_shell, place
from tests.site.built import SITES

SHELLS = Path("backend/chalicelib/web/shell")
ELSEWHERE = {f"elsewhere_{code}" for code in LANGUAGES}


def shell(mode, language, name):
    return (SHELLS / mode / language / f"{name}.html").read_text("utf-8")


@pytest.mark.parametrize("mode", SITES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shell_has_the_places_that_the_service_fills(mode, language):
    page = shell(mode, language, "page")

    assert set(re.findall(r"\$\{(\w+)\}", page)) == {"prefix", "title", "heading", "summary", "content"} | ELSEWHERE
    assert (page.count("${title}"), page.count("<h1>${heading}</h1>")) == (1, 1)
    assert page.index("<main") < page.index("${summary}") < page.index("<h1>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shell_of_the_form_has_its_own_title_and_languages(language):
    form = shell("demonstration", language, "appointment")

    assert set(re.findall(r"\$\{(\w+)\}", form)) == {"prefix", "summary", "content"}


@pytest.mark.parametrize("mode", SITES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_shell_is_a_page_of_the_site(mode, language):
    places = dict.fromkeys({"prefix", "title", "heading", "summary", "content"}, "") | dict.fromkeys(ELSEWHERE, "/")

    html = Template(shell(mode, language, "page")).substitute(places)

    html5lib.HTMLParser(strict=True).parse(html)
    (stylesheet,) = re.findall(r'rel="stylesheet" href="/([^"]+)"', html)
    assert (SITES[mode] / stylesheet).is_file()
    assert not re.search(r'(?:href|src)="(?![a-z]+:|[/#])', html)


@pytest.mark.parametrize("mode", SITES)
def test_the_shell_of_the_desk_is_there_in_its_languages_and_knows_no_other(mode):
    for language in DESK_LANGUAGES:
        desk = shell(mode, language, "desk")

        elsewhere = {f"elsewhere_{code}" for code in DESK_LANGUAGES}
        places = {"prefix", "title", "heading", "summary", "content", "menu"}
        assert set(re.findall(r"\$\{(\w+)\}", desk)) == places | elsewhere
        html5lib.HTMLParser(strict=True).parse(Template(desk).substitute(dict.fromkeys(places | elsewhere, "")))
        stylesheets = re.findall(r'rel="stylesheet" href="/([^"]+)"', desk)
        assert [(SITES[mode] / each).is_file() for each in stylesheets] == [True, True]
        assert '<meta name="robots" content="noindex">' in desk
    assert len(list((SHELLS / mode).rglob("desk.html"))) == len(DESK_LANGUAGES)


def test_a_shell_is_kept_from_search_engines():
    assert '<meta name="robots" content="noindex">' in shell("demonstration", "en", "page")


def test_a_price_in_dollars_survives_a_shell():
    filled = Template(as_shell(f"<p>$5 {place('content')}</p>")).substitute(content="paid")

    assert filled == "<p>$5 paid</p>"
