"""Every address outside this site stands in links.toml, and every link says what language opens."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import links
from chalicelib.words.catalogues import words
from hooks.links import Links, with_languages
from hooks.visit import visit, wrong


def test_a_reader_gets_the_page_in_their_language_where_there_is_one():
    biergerpakt = links.load()["biergerpakt"]

    assert biergerpakt.language_for("de") == "de"
    assert biergerpakt.language_for("lb") == "fr"
    assert Links("de").biergerpakt == biergerpakt.addresses["de"]


def test_a_misspelt_link_is_named():
    with pytest.raises(ConfigurationError, match=r"links\.toml has no link named inl"):
        _ = Links("en").inl


def test_a_link_says_its_language_unless_it_is_the_readers_own():
    address = Links("fr").cnpd

    assert with_languages(f'<a class="door" href="{address}">CNPD</a>', "de") == (
        f'<a class="door" href="{address}" hreflang="fr">CNPD (auf Französisch)</a>'
    )
    assert with_languages(f'<a href="{address}">CNPD</a>', "fr") == f'<a href="{address}" hreflang="fr">CNPD</a>'


def test_a_link_within_the_site_is_left_alone():
    assert with_languages('<a href="/contact/">Contact</a>', "en") == '<a href="/contact/">Contact</a>'


def test_an_address_that_nobody_declared_stops_the_build():
    with pytest.raises(ConfigurationError, match=r"links\.toml does not have the address https://example\.org"):
        with_languages('<a href="https://example.org">elsewhere</a>', "en")


@pytest.mark.parametrize("link", links.load().values(), ids=lambda link: link.key)
def test_each_link_has_a_source_a_day_and_known_languages(link):
    assert link.source
    assert link.checked
    assert set(link.addresses) <= set(LANGUAGES)
    assert all(address.startswith("http") for address in link.addresses.values())


@pytest.mark.parametrize("provider", links.providers(), ids=lambda link: link.key)
def test_each_course_provider_has_a_name_and_says_what_is_found_there(provider):
    assert provider.name
    assert all(provider.found_for(language, words(language).gettext) for language in LANGUAGES)


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()

    def log_message(self, *_):
        """Says nothing: a test is no server log."""


@pytest.fixture
def elsewhere():
    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_visit_tells_a_page_that_answers_from_one_that_is_gone(elsewhere):
    assert list(wrong([f"{elsewhere}/here", f"{elsewhere}/gone"])) == [f"{elsewhere}/gone answers 404"]


def test_a_visit_says_when_nobody_is_there():
    assert visit("http://127.0.0.1:9").startswith("cannot be reached")
