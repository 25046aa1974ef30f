"""The list of dates and the form below it: what is taken, what comes back, and every answer that is kept."""

import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest

from chalicelib.domain.booking import OPEN_AT_MOST
from chalicelib.domain.errors import IntakeClosedError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.session import SessionKind
from chalicelib.forms.sign_up import SignUpForm
from chalicelib.usecases.give_up_place import Rosters, give_up_place
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.web.pages import Pages, setting
from chalicelib.web.posts import POSTS_AN_HOUR
from chalicelib.web.problems import ForgedError, NotFoundError
from chalicelib.web.receipts import Receipts
from chalicelib.web.request import MOST_BYTES, Request, TooLargeError, UnreadableError
from chalicelib.web.sessions import Dates
from chalicelib.web.sign_ups import SignUps
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write_meeting, write_weekday
from tests.examples import NOW, OFFICE_PHONE, PERSON, REQUEST
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore
from tests.unit.test_sign_up import COURSE, INFORMATION, START

FORM = {
    "session": "info",
    "first_name": "Exempla",
    "surname": "Fictiva",
    "phone": "",
    "email": "exempla@example.org",
    "needs": ["large-print", "step-free"],
    "trap": "",
}


class Desk:
    """List, form and receipts over fakes, as one reader sees them."""

    def __init__(self, *sessions, language="en", mode="demonstration"):
        self.store, self.now, self.language = FakeStore(), NOW, language
        self.office = fake_office(self.store)
        for session in sessions or (INFORMATION,):
            self.office.sessions.add(session)
        self.receipts = Receipts((b"r" * 32,))
        self.pages = Pages(mode)
        self.dates = Dates(self.pages, lambda: self.office.sessions)
        self.desk = SignUps("https://forum-cai.example", self.pages, lambda: self.receipts, lambda: self.office)

    def list(self, kind="information", accept="text/html,*/*"):
        return self.dates.show(Request({"accept": accept}, query={"kind": kind}), self.language, self.now)

    def json(self, kind="information"):
        return json.loads(self.list(kind, "application/json").body)

    def post(self, kind="information", headers=None, source="", **changes):
        fields = {name: value for name, value in (FORM | changes).items() if value is not None}
        body = urlencode(fields, doseq=True).encode()
        query = {"kind": kind} if kind else {}
        return self.desk.post(Request(headers or {}, body, source, query), self.language, self.now)

    def sign_up(self, who, **changes):
        return self.post(first_name=who, email=f"{who}@example.org", **changes)

    def receipt(self, answer):
        assert answer.status == 303
        token = answer.headers["Location"].removeprefix(f"/api/{self.language}/receipts/")
        return text(self.receipts.show(token, self.language, self.pages, self.now).body)

    def says(self, sentence, **values):
        said = words(self.language).gettext(sentence)
        return " ".join((said % values if values else said).split())

    def counts(self, one, several, **number):
        (count,) = number.values()
        return " ".join((words(self.language).ngettext(one, several, count) % number).split())


def asked_in(page):
    """The names of what can be filled in, each as far as its first dash."""
    return set(re.findall(r'<(?:input|textarea) [^>]*name="(\w+)', page))


def text(page):
    """What the page says, without its tags and soft hyphens."""
    shown = re.sub(r"<[^>]+>", " ", page.partition("<main")[2])
    return " ".join(html.unescape(shown).replace("\u00ad", "").split())


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def test_the_list_says_when_where_in_which_language_and_what_is_left(language):
    desk = Desk(language=language)

    shown = text(desk.list().body)

    assert desk.says("Dates of the information session") in shown
    assert write_meeting(INFORMATION.meetings[0], language) in shown
    assert f"{desk.says('Where:')} Example hall" in shown
    assert f"{desk.says('Language:')} {desk.says('French')}" in shown
    assert desk.says("Places left: %(count)s", count=2) in shown
    assert desk.says("What you need there is deleted the day after the session.") in shown


def test_the_list_asks_for_every_field_of_the_form():
    assert {field.name for field in SignUpForm.blank(setting("en", date.min))} <= asked_in(Desk().list().body)


def test_a_long_heading_may_part_at_its_joints_and_the_title_stays_whole():
    page = Desk(language="lb").list().body

    (heading,) = re.findall("<h1>(.*)</h1>", page)
    assert "Informatiouns&shy;versammlung" in heading
    assert f"<title>{heading.replace('&shy;', '')} – Forum CAI</title>" in page


def test_a_course_shows_each_of_its_meetings(language):
    desk = Desk(COURSE, language=language)

    shown = text(desk.list("citizenship").body)

    assert all(write_meeting(meeting, language) in shown for meeting in COURSE.meetings)
    assert desk.says("A course has several meetings. You take part in each of them.") in shown


def test_a_full_session_offers_the_line_with_its_rule_and_then_says_that_it_is_full(language):
    desk = Desk(language=language)
    for who in "ab":
        desk.sign_up(who)

    waiting = text(desk.list().body)
    assert desk.says("No place is left. There is a waiting list. Waiting now: %(count)s", count=0) in waiting
    assert " 48 " in waiting
    desk.sign_up("c")
    full = desk.list().body

    assert desk.says("This session is full.") in text(full)
    assert "<form" not in full.partition("<main")[2]
    assert OFFICE_PHONE in text(full)


def test_without_dates_there_is_a_kind_word_and_a_phone_number(language):
    desk = Desk(COURSE, language=language)

    page = desk.list()

    sentence = (
        "At the moment there is no date for which you can sign up. Dates are communicated regularly: please ask us."
    )
    assert (page.status, desk.says(sentence) in text(page.body)) == (200, True)
    assert OFFICE_PHONE in text(page.body)


def test_an_example_says_that_it_is_one(language):
    desk = Desk(replace(INFORMATION, example=True), language=language)

    assert desk.says("This is an example: the session does not take place.") in text(desk.list().body)


def test_programs_get_a_list():
    desk = Desk(replace(COURSE, taken=2, waiting=("x",), waiting_max=5))

    assert desk.json("citizenship") == [
        {
            "id": "course",
            "kind": "citizenship",
            "languages": ["fr"],
            "meetings": [
                {"start": "2026-12-05T09:00Z", "end": "2026-12-05T12:00Z", "place": "Hall"},
                {"start": "2026-12-12T09:00Z", "end": "2026-12-12T12:00Z", "place": "Hall"},
            ],
            "places_left": 0,
            "waiting": 1,
            "open": True,
        }
    ]


@pytest.mark.parametrize(
    "changes",
    [{"published": False}, {"cancelled": True}, {"kind": SessionKind.ORIENTATION}, {"kind": SessionKind.SLOT}],
    ids=["a draft", "cancelled", "by invitation", "a slot"],
)
def test_what_nobody_can_sign_up_for_is_not_listed(changes):
    assert Desk(replace(INFORMATION, **changes)).json() == []


def test_what_has_begun_is_not_listed():
    desk = Desk()
    desk.now = START

    assert desk.json() == []


@pytest.mark.parametrize("kind", ["orientation", "slot", "", "informations"])
def test_other_kinds_are_not_found(kind):
    with pytest.raises(NotFoundError):
        Desk().list(kind)


def test_a_seat_is_received_with_reference_day_and_what_comes_next(language):
    desk = Desk(language=language)

    shown = desk.receipt(desk.post())

    (file,) = desk.store.files.values()
    assert file.booking("info").reference in shown
    assert desk.says("Your place is reserved") in shown
    assert write_meeting(INFORMATION.meetings[0], language) in shown
    assert desk.counts("We remind you %(days)s day before.", "We remind you %(days)s days before.", days=2) in shown
    assert write_weekday(file.contact.delete_on, language) in shown
    assert desk.says("Demonstration: nothing you send reaches an office.") in shown


def test_the_line_is_received_with_its_rule(language):
    desk = Desk(language=language)
    for who in "ab":
        desk.sign_up(who)

    shown = desk.receipt(desk.post(email=None, phone="621 000 000"))

    assert desk.says("You are on the waiting list") in shown
    assert "48" in shown
    assert desk.says("You gave no e-mail address, so we phone you. Please note the reference.") in shown
    assert desk.says("You cannot come? Please cancel by phone, so that somebody else gets the place:") in shown


def test_the_line_is_received_with_the_position_in_it(language):
    desk = Desk(replace(INFORMATION, waiting_max=3), language=language)
    for who in "abc":
        desk.sign_up(who)

    shown = desk.receipt(desk.post())

    assert f"{desk.says('Your position on the waiting list when this form came:')} 2" in shown


def test_the_same_form_tells_the_position_as_it_was_also_once_the_line_has_moved():
    desk = Desk(replace(INFORMATION, waiting_max=3))
    for who in "abc":
        desk.sign_up(who)
    first = desk.post()
    for contact_id in [each.contact.id for each in desk.store.files.values()][:2]:
        give_up_place(contact_id, "info", Rosters(desk.office.contacts, desk.office.sessions), NOW)

    assert desk.store.sessions["info"].waiting == ()
    assert desk.post().headers["Location"] == first.headers["Location"]


@pytest.mark.parametrize(
    ("days", "reminded", "confirmed"), [(6, True, True), (5, True, False), (3, True, False), (2, False, False)]
)
def test_the_receipt_says_only_of_what_is_still_to_come(days, reminded, confirmed):
    desk = Desk(COURSE)
    desk.now = START - timedelta(days=days)

    shown = desk.receipt(desk.post("citizenship", session="course"))

    assert ("We remind you 2 days before." in shown) == reminded
    assert ("You get the confirmation of the course 5 days before the first meeting." in shown) == confirmed


@pytest.mark.parametrize("phone", ["", "621 999 999"], ids=["the same form", "a further form, sent twice"])
def test_a_form_that_is_sent_again_when_the_time_of_the_reminder_is_over_shows_the_same_page(phone):
    desk = Desk()
    desk.post()
    first = desk.post(phone=phone)
    before = desk.receipt(first)

    desk.now = START - timedelta(hours=20)

    assert desk.receipt(desk.post(phone=phone)) == before
    assert "We remind you 2 days before." in before


def test_a_further_form_does_not_tell_when_the_first_one_came():
    desk = Desk()
    desk.post()
    desk.now = START - timedelta(hours=20)

    assert "We remind you 2 days before." not in desk.receipt(desk.post(phone="621 999 999"))


def test_the_address_of_a_receipt_names_nobody():
    address = Desk().post().headers["Location"]

    assert "xempla" not in address


def test_a_course_is_confirmed_five_days_before(language):
    desk = Desk(COURSE, language=language)

    shown = desk.receipt(desk.post("citizenship", session="course"))

    several = "You get the confirmation of the course %(days)s days before the first meeting."
    assert desk.counts(several.replace("days before", "day before"), several, days=5) in shown


def test_the_same_form_gives_the_same_page_also_when_it_is_full_or_over():
    desk = Desk()
    first = desk.post()
    desk.sign_up("b")
    desk.sign_up("c")

    assert desk.post().headers["Location"] == first.headers["Location"]
    desk.now = START - timedelta(hours=1)
    assert desk.receipt(desk.post())


def test_needs_are_kept_with_the_seat():
    desk = Desk()
    desk.post()

    (seat,) = desk.office.sessions.roster("info")
    assert seat.needs == ("large-print", "step-free")


def test_every_error_is_named_and_every_answer_kept(language):
    desk = Desk(language=language)

    answer = desk.post(session="", surname=" ", email="wrong", needs=["step-free"])

    assert answer.status == 422
    assert answer.body.count('href="#') >= 3
    for sentence in ("Choose a date", "Enter your surname"):
        assert text(answer.body).count(desk.says(sentence)) == 2
    assert 'value="Exempla"' in answer.body
    assert 'value="step-free" checked' in answer.body
    assert f"<title>{desk.says('Error:')} " in " ".join(answer.body.split())
    assert not desk.store.files


def test_a_chosen_date_is_still_chosen():
    second = replace(INFORMATION, id="later")

    page = Desk(INFORMATION, second).post(session="later", surname="").body

    assert 'value="later" checked' in page
    assert 'value="info" checked' not in page


@pytest.mark.parametrize("session", ["../info", "x" * 41, "info\u00e9", "<script>"])
def test_no_strange_id_reaches_the_store(session):
    desk = Desk()

    answer = desk.post(session=session)

    assert (answer.status, "Choose from the list" in answer.body) == (422, True)
    assert "<script>" not in answer.body


def refused(answer, desk, title, status=409):
    assert answer.status == status
    assert desk.says(title) in text(answer.body)
    assert 'value="Exempla"' in answer.body
    assert OFFICE_PHONE in text(answer.body)
    assert f"<title>{desk.says('Error:')} " in " ".join(answer.body.split())


def test_who_comes_too_late_chooses_another_date(language):
    desk = Desk(replace(INFORMATION, capacity=1, waiting_max=0), replace(INFORMATION, id="later"), language=language)
    desk.sign_up("b")

    refused(desk.post(), desk, "This session is full")


def test_a_session_that_is_off_is_said_and_the_others_are_listed(language):
    desk = Desk(INFORMATION, replace(INFORMATION, id="later"), language=language)
    cancel_session("info", desk.office.sessions)

    answer = desk.post()

    refused(answer, desk, "This date can no longer be chosen")
    assert 'value="later"' in answer.body


def test_ten_open_bookings_are_enough(language):
    names = [f"s{number}" for number in range(OPEN_AT_MOST + 1)]
    desk = Desk(*(replace(INFORMATION, id=name) for name in names), language=language)
    for number, name in enumerate(names[:-1]):
        desk.now = NOW + timedelta(hours=number * 12)
        assert desk.post(session=name).status == 303

    refused(desk.post(session=names[-1]), desk, "You have signed up many times already", 422)


def test_a_session_after_the_deletion_day_is_refused(language):
    meeting = replace(INFORMATION.meetings[0], start=START.replace(year=2027), end=START.replace(year=2027, hour=11))
    desk = Desk(replace(INFORMATION, meetings=(meeting,)), language=language)
    person = replace(PERSON, phone=None)
    request_appointment(replace(REQUEST, person=person), desk.office, "known", NOW)

    refused(desk.post(), desk, "This date is too late for you", 422)


def test_a_busy_store_gives_the_form_back_even_without_its_dates():
    def meet(language):
        desk = Desk(language=language)
        desk.store.busy = 1000

        answer = desk.post()

        refused(answer, desk, "The service is busy", 503)
        assert 'value="info" checked' in answer.body
        return answer.headers["Retry-After"]

    with ThreadPoolExecutor(len(LANGUAGES)) as threads:  # each waits most of the time
        assert all(threads.map(meet, LANGUAGES))


def test_too_many_posts_from_one_network_wait(language):
    desk = Desk(replace(INFORMATION, capacity=100), language=language)
    for number in range(POSTS_AN_HOUR):
        assert desk.sign_up(f"multa{number}", source="203.0.113.7").status == 303

    refused(desk.post(source="203.0.113.7"), desk, "Too many forms in a short time", 429)


def test_a_robot_is_taken_and_marked():
    desk = Desk()

    desk.post(trap="x")

    (file,) = desk.store.files.values()
    assert file.booking("info").doubtful


def test_without_a_kind_the_session_says_which():
    desk = Desk(INFORMATION, COURSE)

    assert desk.post(None, session="course").status == 303
    assert "Dates of the citizenship course" in desk.post(None, session="course", surname="").body


def test_a_course_is_not_taken_by_the_form_of_the_information_session():
    desk = Desk(INFORMATION, COURSE)

    assert desk.post(session="course").status == 409
    assert not desk.store.files


def test_a_closed_programme_lists_and_takes_nothing():
    desk = Desk(mode="closed")

    with pytest.raises(IntakeClosedError):
        desk.list()
    with pytest.raises(IntakeClosedError):
        desk.post()


def test_what_another_site_sends_is_refused():
    with pytest.raises(ForgedError):
        Desk().post(headers={"sec-fetch-site": "cross-site"})


@pytest.mark.parametrize(("body", "error"), [(b"\xff", UnreadableError), (b"x" * (MOST_BYTES + 1), TooLargeError)])
def test_what_is_no_form_is_refused(body, error):
    with pytest.raises(error):
        Desk().desk.post(Request(body=body), "en", NOW)
