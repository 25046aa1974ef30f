"""On the own page everybody sees their places in sessions, and gives them up by one press, once."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from chalicelib.domain.errors import StoreBusyError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.link import token
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.web.own_page import OwnPage
from chalicelib.web.problems import ForgedError
from chalicelib.web.request import Request
from chalicelib.words.formats import write_meeting
from tests.unit.test_sign_up import COURSE, INFORMATION, START
from tests.web.test_sign_ups import Desk, text

KEYS = (b"k" * 32,)


class Home(Desk):
    """A desk at which people sign up, with the own page of each."""

    def __init__(self, *sessions, **settings):
        super().__init__(*sessions, **settings)
        self.own_page = OwnPage("https://forum-cai.example", self.pages, lambda: self.office, KEYS)

    def token(self, who):
        (contact,) = (each.contact for each in self.store.files.values() if each.contact.person.first_name == who)
        return token(KEYS, contact.id, contact.link_version)

    def show(self, who):
        return self.own_page.show(self.token(who), self.language, self.now).body

    def cancel(self, who, session="info", **headers):
        request = Request(headers, urlencode({"act": "cancel", "session": session}).encode())
        return self.own_page.post(request, self.token(who), self.language, self.now)

    def letters(self, kind):
        return [letter for letter in self.store.letters.values() if letter.kind.value == kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_sees_what_is_theirs_and_how_it_stands(language):
    home = Home(language=language)
    for who in "abc":
        home.sign_up(who)

    reserved, waiting = text(home.show("a")), text(home.show("c"))

    assert write_meeting(INFORMATION.meetings[0], language) in reserved
    assert home.says("Your place is reserved.") in reserved
    assert f"{home.says('Your position on the waiting list now:')} 1" in waiting
    assert home.says("Cancel my place") in reserved
    assert home.says("Delete my data") in reserved


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_that_is_cancelled_goes_to_the_next_and_the_page_says_so(language):
    home = Home(language=language)
    for who in "abc":
        home.sign_up(who)

    answer = home.cancel("a")

    assert (answer.status, answer.headers["Location"]) == (303, f"/api/{language}/my/{home.token('a')}")
    assert home.says("You have cancelled: we no longer keep a place for you.") in text(home.show("a"))
    assert home.says("Cancel my place") not in text(home.show("a"))
    assert home.says("Your place is reserved.") in text(home.show("c"))
    assert len(home.letters("placed")) == len(home.letters("cancelled")) == 1


def test_a_second_press_does_no_harm():
    home = Home()
    home.sign_up("a")

    assert home.cancel("a").status == home.cancel("a").status == 303
    assert len(home.letters("cancelled")) == 1
    assert home.store.sessions["info"].taken == 0


def test_a_press_deletes_nothing_but_the_place():
    home = Home(INFORMATION, COURSE)
    home.sign_up("a")
    home.post("citizenship", session="course", first_name="a", email="a@example.org")

    home.cancel("a", "course")

    assert home.store.sessions["info"].taken == 1
    assert "Delete my data" in home.show("a")


@pytest.mark.parametrize("session", ["course", "unknown", "APPOINTMENT", "", "\x00#"])
def test_what_is_not_theirs_stays_as_it_is(session):
    home = Home(INFORMATION, COURSE)
    home.sign_up("a")
    home.post("citizenship", session="course", first_name="b", email="b@example.org")

    assert home.cancel("a", session).status == 303

    assert (home.store.sessions["info"].taken, home.store.sessions["course"].taken) == (1, 1)


def test_what_has_begun_cannot_be_cancelled():
    home = Home()
    home.sign_up("a")
    home.now = START

    assert "Cancel my place" not in home.show("a")
    home.cancel("a")
    assert home.store.sessions["info"].taken == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_that_is_off_says_so(language):
    home = Home(language=language)
    home.sign_up("a")
    cancel_session("info", home.office.sessions)

    assert home.says("We are sorry: this session does not take place.") in text(home.show("a"))
    assert home.says("Cancel my place") not in text(home.show("a"))


def test_the_page_of_another_site_cancels_nothing():
    home = Home()
    home.sign_up("a")

    with pytest.raises(ForgedError):
        home.cancel("a", **{"sec-fetch-site": "cross-site"})
    assert home.store.sessions["info"].taken == 1


def test_a_busy_store_cancels_nothing_and_says_so():
    home = Home()
    home.sign_up("a")
    own, home.store.busy = home.token("a"), 1

    with pytest.raises(StoreBusyError):
        home.own_page.post(Request(body=b"act=cancel&session=info"), own, "en", home.now + timedelta(hours=1))
    assert home.store.sessions["info"].taken == 1
