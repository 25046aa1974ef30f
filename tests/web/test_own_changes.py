"""By a fresh link the resident sees what a further form said, field by field, and confirms or discards it."""

from dataclasses import fields, replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from chalicelib.domain.booking import Wish
from chalicelib.domain.errors import CannotConfirmError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.link import FRESH_FOR, token
from chalicelib.letters.told import as_stored
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.web.problems import ForgedError, problem
from chalicelib.web.request import Request
from tests.examples import OFFICE_PHONE, REQUEST, by
from tests.fakes.deletions import FakeDeletions, FakeLedger
from tests.fakes.sessions import fake_rosters
from tests.web.test_own_bookings import KEYS, Home
from tests.web.test_sign_ups import text

WISH = replace(REQUEST.wish, half_days=("fri-am",), message="<b>Another</b> message")
FURTHER = replace(by(REQUEST, phone="+352621777777"), wish=WISH, matricule="1980010112345")


class Changed(Home):
    """Somebody who has sent a further form, with a fresh link and with that of the letter."""

    def __init__(self, further=FURTHER, **settings):
        super().__init__(**settings)
        for request in (REQUEST, further):
            accepted = request_appointment(request, self.office, "me", self.now)
        self.reference = accepted.reference

    @property
    def fresh(self):
        return token(KEYS, "me", 1, until=self.now + FRESH_FOR)

    @property
    def file(self):
        return self.office.contacts.read("me")

    def post(self, act, link=None, form=None, **headers):
        body = urlencode({"act": act, "form": form or self.reference}).encode()
        return self.own_page.post(Request(headers, body), link or self.fresh, self.language, self.now)

    def seen(self, link=None):
        return self.own_page.show(link or self.fresh, self.language, self.now).body


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_that_changes_is_shown_with_both_values_and_no_number(language):
    home = Changed(language=language)

    page, shown = home.seen(), text(home.seen())

    section = shown.partition(home.says("Changes to confirm"))[2].partition(home.says("All your data"))[0]
    assert home.reference in section
    assert "621 777 777" in section and "621 000 000" in section
    assert home.says("Friday morning") in section and home.says("Monday morning") in section
    assert "A message of a test" in section and "&lt;b&gt;Another&lt;/b&gt; message" in page
    assert home.says("Confirm these changes") in section
    assert "1980010112345" not in page
    assert section.count(home.says("First name:")) == 0


@pytest.mark.parametrize("answer", [field.name for field in fields(Wish) if field.name != "message"])
def test_each_answer_about_the_appointment_is_a_line_that_may_change(answer):
    contact, another = Changed().file.contact, {"half_days": ("fri-am",), "meeting_language": "lb"}

    said = [
        as_stored(contact, wish, "en") for wish in (REQUEST.wish, replace(REQUEST.wish, **{answer: another[answer]}))
    ]

    assert len(set(said[0]) ^ set(said[1])) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_half_day_is_any_time_both_in_the_changes_and_in_all_data(language):
    home = Changed(replace(FURTHER, wish=replace(WISH, half_days=())), language=language)
    any_time = home.says("at any time")

    assert any_time in text(home.seen()).partition(home.says("All your data"))[0]
    home.post("confirm")

    assert f"{home.says('When could you come?')} {any_time}" in text(home.seen())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_of_a_letter_says_only_that_there_is_something_to_confirm(language):
    home = Changed(language=language)

    for link in (token(KEYS, "me", 1), token(KEYS, "me", 1, until=home.now)):
        shown = text(home.seen(link))
        assert home.says("Changes to confirm") in shown
        assert home.says("Confirm these changes") not in shown
        assert "621 777 777" not in shown


def test_confirming_by_a_fresh_link_takes_the_data_over():
    home = Changed()

    answer = home.post("confirm")

    assert (answer.status, answer.headers["Location"]) == (303, f"/api/en/my/{home.fresh}")
    assert home.file.contact.person == FURTHER.person
    assert "Changes to confirm" not in text(home.seen())
    assert len(home.letters("staff_confirmed")) == 1


def test_discarding_removes_the_form_and_changes_nothing_else():
    home = Changed()
    before = home.file.contact

    assert home.post("discard").status == 303

    assert home.file.contact == before
    assert home.file.corrections == ()
    assert "Changes to confirm" not in text(home.seen())
    delete_contacts(FakeDeletions(home.store), fake_rosters(home.store), FakeLedger(), home.now)
    assert home.file.contact == before
    assert home.office.contacts.find_reference(home.reference) is None


@pytest.mark.parametrize("act", ["confirm", "discard"])
@pytest.mark.parametrize("link", ["of a letter", "too late", "of the form"])
def test_without_a_fresh_link_nothing_changes(act, link):
    home = Changed()
    before = home.file
    links = {
        "of a letter": token(KEYS, "me", 1),
        "too late": token(KEYS, "me", 1, until=home.now - timedelta(seconds=1)),
        "of the form": token(KEYS, "me", 1, home.reference, home.now + FRESH_FOR),
    }

    assert home.post(act, links[link]).status == 303

    assert home.file == before


@pytest.mark.parametrize("act", ["confirm", "discard"])
@pytest.mark.parametrize("form", ["AAAA-AAAA", "../..", "\x00", "x" * 2000, "CONTACT"])
def test_what_is_no_form_of_theirs_changes_nothing(act, form):
    home = Changed()
    before = home.file

    assert home.post(act, form=form).status == 303

    assert home.file == before


@pytest.mark.parametrize("act", ["confirm", "discard"])
def test_the_page_of_another_site_changes_nothing(act):
    home = Changed()
    before = home.file

    with pytest.raises(ForgedError):
        home.post(act, **{"sec-fetch-site": "cross-site"})

    assert home.file == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_belongs_to_somebody_else_is_refused_with_the_phone_number(language):
    home = Changed(by(REQUEST, email=REQUEST.person.email, phone="+352621777777"), language=language)
    request_appointment(by(REQUEST, email=None, phone="+352621777777"), home.office, "other", home.now)

    with pytest.raises(CannotConfirmError) as refused:
        home.post("confirm")

    answer = problem(refused.value, language, home.pages)
    assert (answer.status, OFFICE_PHONE in answer.body) == (409, True)
    assert home.file.contact.person == REQUEST.person
