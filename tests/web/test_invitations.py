"""On the page of an invitation one reads what, when and where, and accepts or declines by one press."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from chalicelib.domain.errors import IntakeClosedError, StoreBusyError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.link import invitation_token, token
from chalicelib.programme import facts
from chalicelib.usecases.admit import FORMS_A_DAY
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.web.invitations import Invitations
from chalicelib.web.own_page import OwnPage
from chalicelib.web.pages import Pages
from chalicelib.web.problems import ForgedError, NotFoundError
from chalicelib.web.request import Request
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write_meeting, write_weekday
from tests.examples import OFFICE_PHONE
from tests.service import start_service
from tests.unit.test_invite_signatories import DAY, START, Service
from tests.unit.test_sign_up import INFORMATION
from tests.web.test_sign_ups import text

KEYS = (b"k" * 32,)
RESERVED, DECLINED = "Your place is reserved.", "You have declined the invitation."
GIVEN_UP = "You have cancelled: we no longer keep a place for you."


class Home(Service):
    """A service with people who were invited, and the page of each."""

    def __init__(self, *sessions, people=("ada", "bea", "cleo"), language="en", mode="demonstration", **changes):
        super().__init__(*sessions)
        self.language, self.pages = language, Pages(mode)
        for who in people:
            self.signatory(who, **changes)
        self.invite()
        self.page = Invitations("https://forum-cai.example", self.pages, lambda: self.office, KEYS)

    def token(self, who="ada", session="day"):
        contact = self.office.contacts.read(who).contact
        return invitation_token(KEYS, contact.id, contact.link_version, session)

    def body(self, who="ada"):
        return self.page.show(self.token(who), self.language, self.now).body

    def shows(self, who="ada"):
        return text(self.body(who))

    def press(self, act="accept", who="ada", source="", headers=None, **fields):
        posted = urlencode({"act": act, **fields}, doseq=True).encode()
        return self.page.post(Request(headers or {}, posted, source), self.token(who), self.language, self.now)

    def says(self, sentence, **values):
        said = words(self.language).gettext(sentence)
        return " ".join((said % values if values else said).split())


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def test_the_page_says_what_when_where_and_by_when_to_answer(language):
    home = Home(language=language)

    shown = home.shows()

    assert home.booking("ada").reference in shown
    assert write_meeting(DAY.meetings[0], language) in shown
    assert f"{home.says('Where:')} Example hall" in shown
    assert f"{home.says('Please answer by:')} {write_weekday((START - timedelta(days=7)).date(), language)}" in shown
    assert home.says("What you need there is deleted the day after the session.") in shown
    deleted = write_weekday(home.office.contacts.read("ada").contact.delete_on, language)
    assert f"{home.says('We delete your data at the latest on:')} {deleted}" in shown
    assert home.says("Demonstration: nothing you send reaches an office.") in shown
    assert OFFICE_PHONE in shown
    assert home.body().count("<form") == home.body().count("<button") == 2


def test_opening_the_page_changes_nothing():
    home = Home()
    before = (dict(home.store.files), dict(home.store.letters), dict(home.store.sessions))

    first, second = home.body(), home.body()

    assert first == second
    assert (home.store.files, home.store.letters, home.store.sessions) == before


def test_who_accepts_reads_that_the_place_is_reserved(language):
    home = Home(language=language)

    answer = home.press(needs=["step-free", "hearing-loop"])

    assert (answer.status, answer.headers["Location"]) == (303, f"/api/{language}/invitations/{home.token()}")
    shown = home.shows()
    assert home.says(RESERVED) in shown
    assert (
        home.says("You get an e-mail within a few minutes. Is it not there? Look in your spam folder, then phone us.")
        in shown
    )
    assert home.says("Cancel my place") in shown and home.says("I accept: keep a place for me") not in shown
    (seat,) = home.office.sessions.roster("day")
    assert seat.needs == ("hearing-loop", "step-free")


def test_who_has_no_mail_address_reads_that_we_phone():
    home = Home(email=None, phone="+352621000000", people=("ada",))
    home.press()

    assert home.says("You gave no e-mail address, so we phone you. Please note the reference.") in home.shows()


def test_who_declines_reads_it_and_may_still_come(language):
    home = Home(language=language)

    home.press("decline")

    shown = home.shows()
    assert home.says(DECLINED) in shown
    assert home.says("You would like to come after all?") in shown
    assert home.says("I decline") not in shown
    home.press()
    assert home.says(RESERVED) in home.shows()


def test_a_full_day_offers_the_line_with_its_rule_and_then_says_that_it_is_full(language):
    home = Home(language=language)
    home.press()

    line = home.shows("bea")
    assert home.says("All places are taken. You can go on the waiting list.") in line
    assert " 48 " in line and home.says("Go on the waiting list") in line
    home.press(who="bea")
    assert f"{home.says('Your position on the waiting list now:')} 1" in home.shows("bea")

    full = home.shows("cleo")
    assert home.says("All places are taken, and the waiting list is full.") in full
    assert home.says("Go on the waiting list") not in full and home.says("I decline") in full
    home.press("decline", who="cleo")
    assert home.says(DECLINED) in home.shows("cleo")
    assert home.press(who="cleo").status == 303
    assert home.state("cleo") == "declined"


def test_a_place_that_is_given_up_goes_to_the_next():
    home = Home()
    home.press()
    home.press(who="bea")

    home.press("decline")

    assert home.says(GIVEN_UP) in home.shows()
    assert home.says(RESERVED) in home.shows("bea")


@pytest.mark.parametrize("act", ["accept", "decline"])
def test_a_second_press_does_no_harm_and_shows_the_same_page(act):
    home = Home()
    home.press(act)
    once, letters = home.body(), dict(home.store.letters)

    assert home.press(act).status == 303

    assert (home.body(), home.store.letters) == (once, letters)


@pytest.mark.parametrize("act", ["", "erase", "ACCEPT", "accept\x00"])
def test_a_press_that_is_none_of_ours_changes_nothing(act):
    home = Home()

    assert home.press(act).status == 303
    assert home.state("ada") == "invited"


def test_what_is_not_on_the_list_is_named(language):
    home = Home(language=language)

    answer = home.press(needs=["step-free", "<script>"])

    assert answer.status == 422
    assert text(answer.body).count(home.says("Choose from the list")) == 2
    assert 'value="step-free" checked' in answer.body
    assert 'href="#needs"' in answer.body and "<script>" not in answer.body
    assert home.state("ada") == "invited"


@pytest.mark.parametrize(
    "given",
    ["", "x", "ada", "ada.day", "ada.day." + "0" * 32, "ada..0", "..", "a" * 5000, "ada.day.\x00", "%00", "ada.info.é"],
)
def test_a_token_that_is_not_ours_leads_nowhere(given):
    home = Home()

    with pytest.raises(NotFoundError):
        home.page.show(given, "en", home.now)
    with pytest.raises(NotFoundError):
        home.page.post(Request(body=b"act=accept"), given, "en", home.now)


def test_the_link_opens_one_invitation_and_nothing_else():
    home = Home(DAY, replace(DAY, id="later"), INFORMATION, people=("ada", "bea"))
    ours = home.token()
    mark = ours.rpartition(".")[2]
    own_page = OwnPage("https://forum-cai.example", home.pages, lambda: home.office, KEYS)

    for other in (f"bea.day.{mark}", f"ada.later.{mark}", home.token("ada", "later"), home.token("ada", "info")):
        with pytest.raises(NotFoundError):
            home.page.show(other, "en", home.now)
    for other in (ours, f"ada.{mark}"):
        with pytest.raises(NotFoundError):
            own_page.show(other, "en", home.now)
    with pytest.raises(NotFoundError):
        home.page.show(token(KEYS, "ada", 1), "en", home.now)


def test_a_link_that_was_revoked_or_whose_person_is_gone_leads_nowhere():
    home = Home()
    old = home.token()
    contact = home.store.files["ada"].contact
    home.store.files["ada"] = replace(home.store.files["ada"], contact=replace(contact, link_version=2))
    with pytest.raises(NotFoundError):
        home.page.show(old, "en", home.now)

    gone = home.token("bea")
    home.office.contacts.ask_deletion("bea", home.now.date())
    with pytest.raises(NotFoundError):
        home.page.show(gone, "en", home.now)


def test_the_page_of_another_site_answers_nothing():
    home = Home()

    with pytest.raises(ForgedError):
        home.press(headers={"sec-fetch-site": "cross-site"})
    assert home.state("ada") == "invited"


def test_a_day_that_is_off_or_over_takes_no_answer(language):
    home = Home(language=language)
    home.now = START
    assert home.says("The date has passed.") in home.shows()
    assert "<button" not in home.body()
    assert home.press().status == home.press("decline").status == 303

    home.now = START - timedelta(days=30)
    cancel_session("day", home.office.sessions)
    assert home.says("We are sorry: this session does not take place.") in home.shows()
    assert "<button" not in home.body()
    home.press()
    assert home.state("ada") == "invited"


def test_a_closed_programme_goes_on_inviting():
    home = Home(mode="closed")

    home.press()

    assert home.says(RESERVED) in home.shows()


@pytest.fixture
def closed_alone(monkeypatch):
    """The facts as they are when this kind of form is closed alone."""
    forms = facts.load().settings["intake"]
    monkeypatch.setitem(forms, "closed_forms", ["orientation"])


@pytest.mark.usefixtures("closed_alone")
def test_a_kind_that_is_closed_alone_keeps_the_places_and_gives_no_new_ones():
    home = Home()
    home.accept("ada")

    assert home.says("You can no longer accept here. Please phone us.") in home.shows("bea")
    with pytest.raises(IntakeClosedError):
        home.press(who="bea")
    home.press("decline")
    home.press("decline", who="bea")
    assert (home.state("ada"), home.state("bea")) == ("cancelled", "declined")


def test_a_day_behind_the_deletion_cannot_be_accepted():
    home = Home()
    late = replace(DAY.meetings[0], start=START.replace(year=2031), end=START.replace(year=2031, hour=17))
    home.office.sessions.replan(replace(DAY, meetings=(late,), version=2))

    assert home.says("You can no longer accept here. Please phone us.") in home.shows()
    assert home.press().status == 303
    assert home.state("ada") == "invited"


def test_a_busy_store_stores_nothing_and_keeps_what_was_ticked():
    home = Home()
    busy = replace(home.office, limits=BusyLimits())
    page = Invitations("https://forum-cai.example", home.pages, lambda: busy, KEYS)

    answer = page.post(Request(body=b"act=accept&needs=step-free"), home.token(), "en", home.now)

    assert (answer.status, home.state("ada")) == (503, "invited")
    assert 'value="step-free" checked' in answer.body
    assert answer.headers["Retry-After"]


class BusyLimits:
    def admit(self, *given):
        raise StoreBusyError("as asked for")


def test_who_changes_their_mind_again_and_again_waits():
    home = Home()
    for number in range(FORMS_A_DAY):
        assert home.press("accept" if number % 2 else "decline").status == 303

    answer = home.press("decline")

    assert (answer.status, home.says("Too many forms in a short time") in text(answer.body)) == (429, True)


def test_the_own_page_leads_to_an_invitation_that_can_be_answered(language):
    home = Home(language=language, people=("ada", "bea"))
    own_page = OwnPage("https://forum-cai.example", home.pages, lambda: home.office, KEYS)
    home.press("decline", who="bea")

    for who, state in (("ada", "We have invited you and have no answer from you yet."), ("bea", DECLINED)):
        page = own_page.show(token(KEYS, who, 1), language, home.now).body
        assert home.says(state) in text(page)
        assert f'href="/api/{language}/invitations/{home.token(who)}"' in page

    home.press()
    taken = own_page.show(token(KEYS, "ada", 1), language, home.now).body
    assert home.says(RESERVED) in text(taken)
    assert "/invitations/" not in taken


@pytest.mark.engine
def test_whatever_is_asked_of_the_address_a_page_comes_back(tmp_path):
    with start_service(tmp_path / "data") as service:
        for given in ("x", "a.b.c", "..%2f..", "%00", "a" * 3000, "é", f"ada.day.{'0' * 32}"):
            path = f"/api/lb/invitations/{given}"
            answers = [service.get(path), service.post(path, b"act=accept", headers={"Sec-Fetch-Site": "same-origin"})]
            assert {answer.status_code for answer in answers} <= {404, 415}, given
            assert all('<html lang="lb"' in answer.text or "/.." in given for answer in answers), given
