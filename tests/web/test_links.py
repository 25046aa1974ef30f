"""Who has lost the link gets it again, by the page, and by the button of the own page for all data."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from chalicelib.domain.errors import StoreBusyError, TooManyLinksError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.link import token
from chalicelib.usecases.send_link import LINKS_A_DAY
from chalicelib.web.links import LinkDesk
from chalicelib.web.posts import POSTS_AN_HOUR
from chalicelib.web.problems import ForgedError, problem
from chalicelib.web.request import Request, TooLargeError
from tests.examples import OFFICE_PHONE
from tests.web.test_own_bookings import KEYS, Home
from tests.web.test_own_page import FORM, OURS, ask, person, says
from tests.web.test_sign_ups import text


class Lost(Home):
    """A desk with people, at which one asks for the link."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.links = LinkDesk("https://forum-cai.example", self.pages, lambda: self.office)

    def send(self, email, source="", **headers):
        request = Request(headers, urlencode({"email": email}).encode(), source)
        return self.links.post(request, self.language, self.now)

    def press(self, who):
        return self.own_page.post(Request(body=b"act=link"), self.token(who), self.language, self.now)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_the_same_whether_or_not_somebody_has_the_address(language):
    home = Lost(language=language)
    home.sign_up("nota")

    known, unknown = home.send("nota@example.org"), home.send("ignota@example.org")

    assert (known.status, known.body, known.headers) == (unknown.status, unknown.body, unknown.headers)
    assert home.says("We send you the link") in text(known.body)
    assert len(home.letters("link")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "x" * 300 + "@example.org", "\x00", "a@example.org, b@example.org"]
)
def test_what_is_no_address_is_named_and_kept(language, email):
    home = Lost(language=language)

    answer = home.send(email)

    assert answer.status == 422
    sentence = home.says("Enter an e-mail address in the correct format, like name@example.com")
    assert text(answer.body).count(sentence) == 2
    assert home.office.limits.requests == {}


@pytest.mark.parametrize("email", [" NOTA@example.org ", "nota@EXAMPLE.org.", "no ta@example.org"])
def test_an_address_is_found_however_it_is_typed(email):
    home = Lost()
    home.sign_up("nota")

    assert home.send(email).status == 200
    assert len(home.letters("link")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_many_links_are_refused_with_the_phone_number_and_the_address_kept(language):
    home = Lost(language=language)
    for _ in range(LINKS_A_DAY):
        home.now += timedelta(minutes=1)
        assert home.send("ignota@example.org").status == 200
    home.now += timedelta(minutes=1)

    answer = home.send("ignota@example.org")

    assert (answer.status, bool(answer.headers["Retry-After"])) == (429, True)
    assert home.says("We have sent the link several times today") in text(answer.body)
    assert OFFICE_PHONE in answer.body and 'value="ignota@example.org"' in answer.body


def test_many_posts_of_one_network_are_refused():
    home = Lost()
    answers = [home.send(f"a{number}@example.org", "203.0.113.9").status for number in range(POSTS_AN_HOUR + 1)]

    assert answers == [200] * POSTS_AN_HOUR + [429]


def test_a_busy_store_says_so_and_keeps_the_address():
    home = Lost()
    home.store.busy = 1

    answer = home.send("nota@example.org")

    assert answer.status == 503
    assert 'value="nota@example.org"' in answer.body


def test_the_page_of_another_site_sends_nothing():
    home = Lost()
    home.sign_up("nota")

    with pytest.raises(ForgedError):
        home.send("nota@example.org", **{"sec-fetch-site": "cross-site"})
    with pytest.raises(TooLargeError):
        home.send("x" * 40_000)
    assert home.letters("link") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_of_the_own_page_sends_a_link_or_has_staff_call(language):
    home = Lost(language=language)
    home.sign_up("a")
    home.ask(email=None)

    by_mail, by_phone = text(home.press("a").body), text(home.press("Exempla").body)

    assert home.says("We send you the link") in by_mail
    assert home.says("Back to your page") in by_mail
    assert home.says("We phone you") in by_phone
    assert [letter.state.value for letter in home.letters("link")] == ["waiting", "by_phone"]
    assert len(home.letters("staff_call")) == 1


def test_a_press_too_many_is_a_page_with_the_phone_number():
    home = Lost()
    home.sign_up("a")
    for _ in range(LINKS_A_DAY):
        home.now += timedelta(minutes=1)
        home.press("a")
    home.now += timedelta(minutes=1)

    with pytest.raises(TooManyLinksError) as many:
        home.press("a")

    answer = problem(many.value, "en", home.pages)
    assert (answer.status, OFFICE_PHONE in answer.body) == (429, True)


def test_who_presses_while_the_store_is_busy_is_asked_to_try_again():
    home = Lost()
    home.sign_up("a")
    own, home.store.busy = home.token("a"), 1

    with pytest.raises(StoreBusyError):
        home.own_page.post(Request(body=b"act=link"), own, "en", home.now)


@pytest.mark.engine
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_leads_to_the_page_again(service, language):
    ask(service, language, **person("Perdita", language))
    email = f"perdita-{language}@example.org"

    assert f'action="/api/{language}/link"' in service.get(f"/api/{language}/link").text
    answer = service.post(f"/api/{language}/link", {"email": email}, headers=OURS)

    assert says(answer, language, "We send you the link")
    (letter,) = [each for each in service.inbox() if each["kind"] == "link" and each["to"] == email]
    assert letter["lang"] == language
    path = re.search(r"^\S+(/api/\S+/my/\S+)$", letter["text"], re.MULTILINE)[1]
    assert says(service.get(path), language, "Your page")
    assert path.rpartition("/")[2] not in service.log()
    assert email not in service.log()


@pytest.mark.engine
def test_a_link_that_leads_nowhere_leads_to_the_form(service):
    answer = service.get(f"/api/de/my/{token(KEYS, 'c1', 1)}")

    assert (answer.status_code, 'href="/api/de/link"' in answer.text) == (404, True)
    assert 'href="/api/fr/link"' in answer.text


@pytest.mark.engine
def test_the_form_is_there_after_the_intake_closed(closed_service):
    assert closed_service.get("/api/lb/link").status_code == 200
    answer = closed_service.post("/api/lb/link", {"email": "nobody-closed@example.org"}, headers=FORM)
    assert says(answer, "lb", "We send you the link")
