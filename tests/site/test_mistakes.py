"""A mistake in a page stops the build, and the message says where and what."""

import pytest

from chalicelib.domain.errors import ConfigurationError
from hooks.pages import form_marker, render_page
from tests.examples import OFFICE_PHONE

META = {"title": "Contact", "description": "How to reach us"}


def render(text, mode="demonstration", **meta):
    return render_page(text, META | meta, file="docs/en/contact.md", language="en", mode=mode)


def test_a_fact_is_written_into_the_page():
    assert render("Call {{ facts.contact.phone }}") == f"Call {OFFICE_PHONE}"


def test_a_day_is_written_as_the_language_writes_it():
    assert render("{{ facts.programme.created_on }}") == "16 December 2008"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ facts.contact.fone }}", "facts.toml has no fact named contact.fone"),
        ("{{ facts.contact }}", "a group of facts stands where one fact belongs"),
        ("{{ phone }}", "'phone' is undefined"),
        ("{% if closed %}", "Unexpected end of template"),
    ],
    ids=["misspelt fact", "group of facts", "unknown name", "open condition"],
)
def test_a_mistake_names_its_file_and_key(text, message):
    with pytest.raises(ConfigurationError, match=f"docs/en/contact.md: .*{message}"):
        render(text)


@pytest.mark.parametrize("key", ["title", "description"])
def test_a_page_without_title_or_description_is_refused(key):
    with pytest.raises(ConfigurationError, match=f"docs/en/contact.md has no {key} in its front matter"):
        render("", **{key: ""})


def test_a_misspelt_fact_in_a_title_is_found_too():
    with pytest.raises(ConfigurationError, match=r"facts\.toml has no fact named contact\.fone"):
        render("", title="{{ facts.contact.fone }}")


def test_the_id_of_a_heading_is_no_comment():
    assert render("## Phone {#phone}") == "## Phone {#phone}"


def test_a_form_keeps_its_place_while_the_programme_takes_requests():
    assert render('{{ form("appointment") }}') == form_marker("appointment")


def test_a_closed_form_leaves_no_place():
    assert form_marker("appointment") not in render('{{ form("appointment") }}', mode="closed")
