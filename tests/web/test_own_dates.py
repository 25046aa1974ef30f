"""On the own page an appointment or a place moves to another free date, and stays where it is until that is sure."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from chalicelib.domain.booking import APPOINTMENT, BookingState
from chalicelib.domain.errors import StoreBusyError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.session import Meeting, SessionKind
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.tell_rosters import tell_rosters
from chalicelib.web.problems import NotFoundError
from chalicelib.web.request import Request
from chalicelib.words.formats import write_meeting
from tests.examples import OFFICE_PHONE, REQUEST, by
from tests.fakes.sessions import fake_rosters
from tests.unit.test_appointment_slots import OTHER, SLOT
from tests.unit.test_sign_up import COURSE, INFORMATION, START
from tests.web.test_own_bookings import Home as OwnBookings
from tests.web.test_sign_ups import text

LATER = replace(INFORMATION, id="later", meetings=(Meeting(START + timedelta(days=7), START + timedelta(days=8), "C"),))


class Home(OwnBookings):
    """A person with an appointment, or with places, at their own page."""

    def __init__(self, *sessions, **settings):
        super().__init__(*sessions or (SLOT, OTHER), **settings)

    def appoint(self, slot="slot", who="Exempla"):
        request = replace(by(REQUEST, first_name=who, email=f"{who}@example.org", phone=None), slot=slot)
        request_appointment(request, self.office, who.encode().hex(), self.now)

    def move(self, to="other", about=APPOINTMENT, who="Exempla", **headers):
        fields = {"act": "move", "about": about, "to": to}
        post = self.own_request({name: value for name, value in fields.items() if value is not None}, headers)
        return self.own_page.post(post, self.token(who), self.language, self.now)

    def own_request(self, fields, headers):
        return Request(headers, urlencode(fields).encode())

    def page(self, about=APPOINTMENT, who="Exempla"):
        return self.own_page.show_dates(self.token(who), about, self.language, self.now).body

    def offered(self, about=APPOINTMENT, who="Exempla"):
        return re.findall(r'type="radio" name="to"[^>]*? value="([^"]+)"', self.page(about, who))

    def leads(self, about=APPOINTMENT, who="Exempla"):
        """Whether the own page leads to the dates of a booking."""
        return f"/my/{self.token(who)}/dates/{about}" in self.show(who)

    def slot(self, who="Exempla"):
        return self.office.contacts.read(who.encode().hex()).appointment.slot


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def test_the_page_offers_the_other_free_dates(language):
    home = Home(SLOT, OTHER, replace(OTHER, id="taken", taken=1), INFORMATION, language=language)
    home.appoint()

    assert home.offered() == ["other"]
    assert home.sees("Exempla", "The date of your appointment is set.")
    assert home.leads() and home.sees("Exempla", "Move to another date")
    shown = text(home.page())
    assert home.says("You keep your place until the new one is sure.") in shown
    assert all(write_meeting(each.meetings[0], language) in shown for each in (SLOT, OTHER))


def test_without_another_free_date_the_page_says_so(language):
    home = Home(SLOT, language=language)
    home.appoint()

    assert home.offered() == []
    assert home.says("At the moment no other date is free. Please look again later, or phone us:") in text(home.page())
    assert OFFICE_PHONE in text(home.page())


@pytest.mark.parametrize("about", ["info", "unknown", "slot#", "CORRECTION"])
def test_what_nobody_asked_for_has_no_dates(about):
    home = Home(SLOT, OTHER, INFORMATION)
    home.appoint()

    with pytest.raises(NotFoundError):
        home.page(about)


def test_one_press_moves_the_appointment(language):
    home = Home(language=language)
    home.appoint()

    answer = home.move()

    assert (answer.status, answer.headers["Location"]) == (303, f"/api/{language}/my/{home.token('Exempla')}")
    assert (home.slot(), home.store.sessions["slot"].taken, home.offered()) == ("other", 0, ["slot"])
    assert len(home.letters("appointment")) == 2
    assert len(home.letters("moved")) == len(home.letters("staff_moved")) == 1


def test_a_request_without_a_date_gets_one(language):
    home = Home(language=language)
    home.appoint(slot=None)

    assert home.sees("Exempla", "Choose a date")
    assert home.offered() == ["slot", "other"]
    assert home.says("Choose a date") in text(home.page())
    home.move("slot")

    assert home.slot() == "slot"
    assert home.sees("Exempla", "The date of your appointment is set.")


def test_a_place_in_a_session_moves(language):
    home = Home(INFORMATION, LATER, language=language)
    home.sign_up("a")

    assert home.offered("info", "a") == ["later"]
    home.move("later", "info", "a")

    (file,) = home.store.files.values()
    assert file.booking("later").state is BookingState.CONFIRMED
    assert home.store.sessions["info"].taken == 0


@pytest.mark.parametrize("name", ["slot", APPOINTMENT])
def test_an_appointment_that_is_moved_twice_at_once_is_moved_once(name):
    home = Home()
    home.appoint()

    assert home.move(about=name).status == 303
    assert home.move().status == 303
    assert len(home.letters("moved")) == 1


def test_a_date_that_another_has_just_taken_changes_nothing(language):
    home = Home(language=language)
    home.appoint()
    home.appoint("other", "Altera")
    before = dict(home.store.letters)

    answer = home.move()

    assert answer.status == 409
    assert home.says("This date is no longer free") in text(answer.body)
    assert home.says("Nothing was stored or changed. Please choose another date, or phone us.") in text(answer.body)
    assert OFFICE_PHONE in text(answer.body)
    assert home.says("At the moment no other date is free. Please look again later, or phone us:") in text(answer.body)
    assert (home.slot(), home.store.letters) == ("slot", before)


def test_no_date_beyond_the_deletion_day_is_offered_or_taken(language):
    late = START.replace(year=2027)
    home = Home(SLOT, replace(OTHER, meetings=(Meeting(late, late + timedelta(hours=1), "B"),)), language=language)
    home.appoint()

    assert home.offered() == []
    answer = home.move()
    assert (answer.status, home.slot()) == (422, "slot")
    assert home.says("This date is too late for you") in text(answer.body)


@pytest.mark.parametrize("to", ["info", "unknown", "\x00#"])
def test_what_is_no_free_date_of_that_kind_is_refused(to):
    home = Home(SLOT, OTHER, INFORMATION)
    home.appoint()

    assert home.move(to).status == 409
    assert home.slot() == "slot"


@pytest.mark.parametrize(("about", "to"), [("info", "other"), ("", "other"), (APPOINTMENT, ""), (APPOINTMENT, None)])
def test_a_post_that_names_nothing_shows_the_page_again(about, to):
    home = Home(SLOT, OTHER, INFORMATION)
    home.appoint()

    assert home.move(to, about).status == 303
    assert home.slot() == "slot"


def test_orientation_days_are_by_invitation_and_do_not_move():
    day = replace(INFORMATION, kind=SessionKind.ORIENTATION)
    home = Home(INFORMATION, LATER)
    home.sign_up("a")
    for name in ("info", "later"):
        home.store.sessions[name] = replace(home.store.sessions[name], kind=day.kind)

    assert not home.leads("info", "a")
    with pytest.raises(NotFoundError):
        home.page("info", "a")
    assert home.move("later", "info", "a").status == 303
    assert home.store.sessions["later"].taken == 0


def test_nothing_moves_that_has_begun_or_was_cancelled():
    home = Home()
    home.appoint()
    home.now = START
    assert not home.leads()
    home.now = START - timedelta(days=2)
    home.cancel("Exempla", "slot")

    assert not home.leads()
    home.move()
    assert home.slot() == "slot"
    assert home.store.sessions["other"].taken == 0


def test_who_cancels_the_appointment_reads_so_and_the_date_is_free(language):
    home = Home(language=language)
    home.appoint()
    assert home.sees("Exempla", "Cancel my appointment")

    home.cancel("Exempla", "slot")

    assert home.sees("Exempla", "You have cancelled your appointment.")
    assert home.store.sessions["slot"].taken == 0


def test_a_date_that_staff_cancel_says_so_until_another_may_be_chosen(language):
    home = Home(language=language)
    home.appoint()
    cancel_session("slot", home.office.sessions)
    assert home.sees("Exempla", "We are sorry: your appointment cannot take place on this date.")
    assert not home.leads()

    tell_rosters(fake_rosters(home.store), home.now)

    assert home.sees("Exempla", "We have received your request. It has no date yet.")
    assert home.offered() == ["other"]


def test_two_courses_are_told_apart_and_one_that_is_held_is_not_offered():
    home = Home(COURSE, replace(COURSE, id="second"), replace(COURSE, id="third"))
    for session in ("course", "second"):
        home.post("citizenship", session=session, first_name="a", email="a@example.org")

    assert home.offered("course", "a") == home.offered("second", "a") == ["third"]


def test_the_dates_of_an_appointment_have_a_calendar_file():
    home = Home()
    home.appoint()

    assert "BEGIN:VEVENT" in home.calendar("Exempla", "slot").body


def test_a_busy_store_moves_nothing_and_says_so():
    home = Home()
    home.appoint()
    own, home.store.busy = home.token("Exempla"), 1

    with pytest.raises(StoreBusyError):
        home.own_page.post(
            home.own_request({"act": "move", "about": APPOINTMENT, "to": "other"}, {}), own, "en", home.now
        )
    assert home.slot() == "slot"
