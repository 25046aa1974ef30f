"""On the own page everybody sees what they asked for and how it stands, and gives up a place by one press, once."""

from dataclasses import replace
from datetime import timedelta
from secrets import token_hex
from urllib.parse import urlencode

import icalendar
import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.errors import StoreBusyError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterState
from chalicelib.domain.link import token
from chalicelib.domain.news import Matter
from chalicelib.letters.calendar import Calendars
from chalicelib.programme import facts
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.web.own_page import OwnPage
from chalicelib.web.problems import ForgedError, NotFoundError
from chalicelib.web.request import Request
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write_meeting, write_weekday
from tests.examples import OFFICE_PHONE, REQUEST, by
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

    def sees(self, who, sentence):
        return self.says(sentence) in text(self.show(who))

    def ask(self, **changes):
        request_appointment(by(REQUEST, **changes), self.office, token_hex(8), self.now)
        return "Exempla"

    def letters_become(self, state, *kinds, day=None):
        for key, letter in self.store.letters.items():
            if letter.kind.value in kinds:
                self.store.letters[key] = replace(letter, state=state)

    def calendar(self, who, session="info"):
        return self.own_page.send_calendar(self.token(who), session, self.language, self.now)

    def counter(self, who):
        return text(self.own_page.show_counter(self.token(who), self.language, self.now).body.partition("</main>")[0])

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appointment_says_how_far_it_has_got(language):
    home = Home(language=language)
    who = home.ask(email="gradata@example.org")

    assert home.sees(who, "We have received your request. It has no date yet.")
    assert home.sees(who, "Our e-mail about it is on its way to you.")
    answer_by = write_weekday(
        home.now.date() + timedelta(days=facts.load().number("appointment.answer_days")), language
    )
    assert answer_by not in text(home.show(who))
    home.letters_become(LetterState.SENT, "received", "staff_request")
    assert home.sees(who, "We have sent you an e-mail about it.")
    assert answer_by in text(home.show(who))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (LetterState.FAILED, "Our e-mail about it could not be sent. Please check your address, or phone us."),
        (LetterState.BOUNCED, "Our e-mail about it came back. Please check your address, or phone us."),
    ],
    ids=str,
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_that_never_arrived_is_said_with_the_phone_number(language, state, sentence):
    home = Home(language=language)
    who = home.ask(email="returned@example.org")
    section = home.says("When we delete your data")

    home.letters_become(state, "received")

    about_booking = text(home.show(who)).partition(section)[0]
    assert home.says(sentence) in about_booking
    assert OFFICE_PHONE in about_booking


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_no_mail_address_is_phoned_and_then_was(language):
    home = Home(language=language)
    who = home.ask(email=None)

    assert home.sees(who, "We phone you about it.")
    home.letters_become(LetterState.SENT, "received")
    assert home.sees(who, "We have told you about it by phone.")


def test_a_place_that_staff_said_by_phone_is_no_mail():
    home = Home()
    for who in "abc":
        home.sign_up(who, phone="621 000 000")
    home.now = START - timedelta(hours=24)
    home.cancel("a")

    assert home.sees("c", "We phone you about it.")
    home.letters_become(LetterState.SENT, "placed")
    assert home.sees("c", "We have told you about it by phone.")


def test_a_reminder_that_is_to_come_is_no_news_yet():
    home = Home()
    home.sign_up("a")
    home.letters_become(LetterState.SENT, "reserved")

    assert home.sees("a", "We have sent you an e-mail about it.")
    home.now = START - timedelta(days=1)
    assert home.sees("a", "Our e-mail about it is on its way to you.")
    home.letters_become(LetterState.VOID, "reminder")
    assert home.sees("a", "We have sent you an e-mail about it.")


def test_what_is_over_says_so():
    home = Home()
    home.sign_up("a")
    home.now = START + timedelta(days=1)

    assert home.sees("a", "The date has passed.")
    assert not home.sees("a", "Your place is reserved.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_of_deletion_and_why_it_is_that_day(language):
    home = Home(language=language)
    signed_up, asked = (home.sign_up("a"), "a")[1], home.ask(email="causa@example.org")

    assert home.says(
        "You have not taken part in an information session: we delete your data %(kept)s after your last request.",
        kept=facts.load().text("contract.contact_kept", language),
    ) in text(home.show(signed_up))
    assert write_weekday(REQUEST.attended.first.replace(year=2027), language) in text(home.show(asked))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_file_is_the_event_of_the_letter(language):
    home = Home(COURSE, language=language)
    home.post("citizenship", session="course", first_name="a", email="a@example.org")
    (letter,) = home.letters("reserved")
    file = home.office.contacts.read(letter.contact_id)
    matter = Matter(file, home.office.sessions.read("course"))
    written = Calendars(facts.load(), "https://forum-cai.example", "demonstration")

    answer = home.calendar("a", "course")

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="CAI-{letter.reference}.ics"'
    ours = marks(answer.body)
    assert len(ours) == len(COURSE.meetings)
    assert ours == [mark for each in written.of_letter(letter, matter, matter.session) for mark in marks(each.content)]


def marks(content):
    """What tells an event from others, and one version of it from an older one."""
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return [(event["uid"], event["sequence"], event["dtstart"].dt) for event in events]


@pytest.mark.parametrize("session", ["course", "unknown", "APPOINTMENT", "info"])
def test_there_is_a_file_only_for_a_place_with_a_date(session):
    home = Home(INFORMATION, COURSE)
    for who in "abc":
        home.sign_up(who)
    assert "/calendar/info" in home.show("a")

    with pytest.raises(NotFoundError):
        home.calendar("c", session)
    home.cancel("b")
    if session == "info":
        assert home.calendar("c", session).status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_counter_sees_reference_what_when_and_where_in_two_languages_and_no_name(language):
    home = Home(language=language)
    home.sign_up("Nominata")
    (letter,) = home.letters("reserved")

    shown = home.counter("Nominata")

    assert letter.reference in shown
    for each in {language, "fr"}:
        assert words(each).gettext("Information session") in shown
        assert write_meeting(INFORMATION.meetings[0], each) in shown
        assert " ".join(f"{words(each).gettext('Where:')} {INFORMATION.meetings[0].place}".split()) in shown
    assert "Nominata" not in shown
    assert "<button" not in shown


def test_what_was_given_up_is_not_shown_at_the_counter_where_something_else_is_open():
    home = Home(INFORMATION, COURSE)
    home.sign_up("a")
    home.post("citizenship", session="course", first_name="a", email="a@example.org")

    home.cancel("a")

    assert "Citizenship course" in home.counter("a")
    assert "Information session" not in home.counter("a")


def test_a_link_about_one_form_shows_neither_counter_nor_calendar():
    home = Home()
    home.sign_up("a")
    home.sign_up("a", phone="621 000 009")
    (contact,) = home.store.files.values()
    link = token(KEYS, contact.contact.id, 1, contact.corrections[0].reference)

    assert home.own_page.show(link, "en", home.now).status == 200
    for ask in (home.own_page.show_counter, lambda *rest: home.own_page.send_calendar(link, "info", *rest[1:])):
        with pytest.raises(NotFoundError):
            ask(link, "en", home.now)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_without_a_date_is_withdrawn_by_one_press_and_staff_are_told_once(language):
    home = Home(language=language)
    who = home.ask()
    assert home.says("Withdraw my request") in home.show(who)

    for _ in range(2):
        home.cancel(who, "APPOINTMENT")

    assert home.sees(who, "You have withdrawn your request.")
    assert home.says("Withdraw my request") not in home.show(who)
    assert [letter.about for letter in home.letters("staff_cancelled")] == ["APPOINTMENT"]


def test_who_has_withdrawn_a_request_may_ask_again():
    home = Home()
    who = home.ask()
    home.cancel(who, "APPOINTMENT")

    home.ask()

    assert home.sees(who, "We have received your request. It has no date yet.")


@pytest.mark.parametrize("state", ["refused", "withdrawn"])
def test_what_is_over_cannot_be_withdrawn(state):
    home = Home()
    who = home.ask()
    file = next(iter(home.store.files.values()))
    ended = replace(
        file.appointment, state=BookingState.CANCELLED, refused="conditions" if state == "refused" else None
    )
    home.store.files[file.contact.id] = replace(file, bookings=(ended,))

    home.cancel(who, "APPOINTMENT")

    assert home.letters("staff_cancelled") == []
