"""The appointment form with free dates: what it offers, what is taken, and what comes back with every answer."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.errors import IntakeClosedError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.session import Meeting, SessionKind
from chalicelib.web.appointments import Appointments
from chalicelib.web.pages import Pages
from chalicelib.web.receipts import Receipts
from chalicelib.web.request import Request
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write_meeting, write_weekday
from tests.examples import FORM, NOW, OFFICE_PHONE
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore
from tests.unit.test_appointment_slots import OTHER, SLOT
from tests.unit.test_sign_up import START
from tests.web.test_sign_ups import text

NONE = "None of these suits me"


class Desk:
    """Form and receipts over fakes, as one reader sees them."""

    def __init__(self, *slots, language="en", mode="demonstration"):
        self.store, self.now, self.language = FakeStore(), NOW, language
        self.office = fake_office(self.store)
        for slot in slots or (SLOT, OTHER):
            self.office.sessions.add(slot)
        self.receipts, self.pages = Receipts((b"r" * 32,)), Pages(mode)
        self.desk = Appointments("https://forum-cai.example", self.pages, lambda: self.receipts, lambda: self.office)

    def show(self):
        return self.desk.show(self.language, self.now)

    def post(self, **changes):
        fields = {name: value for name, value in (FORM | {"slot": "slot"} | changes).items() if value is not None}
        return self.desk.post(Request({}, urlencode(fields, doseq=True).encode()), self.language, self.now)

    def receipt(self, answer):
        assert answer.status == 303
        token = answer.headers["Location"].removeprefix(f"/api/{self.language}/receipts/")
        return text(self.receipts.show(token, self.language, self.pages, self.now).body)

    def says(self, sentence):
        return " ".join(words(self.language).gettext(sentence).split())

    def booking(self):
        (file,) = self.store.files.values()
        return file.appointment


def offered(page):
    """The ids of the dates to choose from, in their order; the last choice is that none suits."""
    return re.findall(r'type="radio" name="slot" id="[^"]+" value="([^"]*)"', page)


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def test_the_form_offers_each_free_date_and_that_none_suits(language):
    desk = Desk(language=language)

    answer = desk.show()

    assert (answer.status, offered(answer.body)) == (200, ["slot", "other", ""])
    shown = text(answer.body)
    assert write_meeting(SLOT.meetings[0], language) in shown
    assert f"{desk.says('Where:')} Example hall" in shown
    assert desk.says(NONE) in shown
    assert desk.says("When could you come?") in shown


@pytest.mark.parametrize(
    "changes",
    [{"published": False}, {"cancelled": True}, {"taken": 1}, {"kind": SessionKind.INFORMATION}],
    ids=["a draft", "cancelled", "taken", "no slot"],
)
def test_what_is_not_free_is_not_offered(changes):
    assert offered(Desk(replace(SLOT, **changes), OTHER).show().body) == ["other", ""]


def test_without_a_free_date_the_form_says_so_and_takes_a_request(language):
    desk = Desk(replace(SLOT, taken=1), language=language)

    shown = desk.show().body

    assert offered(shown) == []
    sentence = "At the moment there is no free date to choose. Send your request, and we suggest a date."
    assert desk.says(sentence) in text(shown)
    assert desk.post(slot="").status == 303


def test_a_busy_store_shows_the_form_without_dates():
    desk = Desk()
    desk.store.busy = 1

    answer = desk.show()

    assert (answer.status, offered(answer.body)) == (200, [])
    assert "no free date" not in text(answer.body)


def test_a_closed_programme_shows_no_form():
    with pytest.raises(IntakeClosedError):
        Desk(mode="closed").show()


def test_a_date_is_received_with_when_and_where_and_what_comes_next(language):
    desk = Desk(language=language)

    shown = desk.receipt(desk.post())

    assert desk.booking().reference in shown
    assert (desk.booking().state, desk.booking().slot) == (BookingState.CONFIRMED, "slot")
    assert write_meeting(SLOT.meetings[0], language) in shown
    assert desk.says("The date that you chose") in shown
    assert desk.says("To the appointment, please bring:") in shown
    assert write_weekday(desk.store.files.popitem()[1].contact.delete_on, language) in shown
    assert desk.says("We suggest a day and a time for your appointment.") not in shown


def test_who_gets_no_email_is_not_told_of_a_link(language):
    desk = Desk(language=language)

    shown = desk.receipt(desk.post(email=None, phone="621 000 000"))

    assert desk.says("You cannot come? Please move to another date or cancel by phone:") in shown


@pytest.mark.parametrize("slot", ["", None], ids=["none suits", "from the page of the site"])
def test_without_a_date_it_is_a_request(language, slot):
    desk = Desk(language=language)

    shown = desk.receipt(desk.post(slot=slot))

    assert (desk.booking().state, desk.booking().slot) == (BookingState.REQUESTED, None)
    assert desk.says("We suggest a day and a time for your appointment.") in shown
    assert desk.says("The date that you chose") not in shown


def test_the_same_form_gives_the_same_page_also_when_the_date_is_over():
    desk = Desk()
    first = desk.post()

    assert desk.post().headers["Location"] == first.headers["Location"]
    desk.now = START - timedelta(hours=1)
    assert desk.receipt(desk.post())


def test_a_receipt_does_not_tell_who_is_known():
    desk = Desk(SLOT, replace(SLOT, id="other"))
    desk.post(slot="")

    known = desk.receipt(desk.post())
    unknown = desk.receipt(desk.post(first_name="Altera", email="altera@example.org", slot="other"))

    reference = re.compile("[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")
    assert reference.sub("", known) == reference.sub("", unknown)


def refused(answer, desk, title, status):
    shown = text(answer.body)
    assert (answer.status, desk.says(title) in shown) == (status, True)
    assert OFFICE_PHONE in shown
    assert 'value="Exempla"' in answer.body and "A message of a test" in answer.body
    return answer.body


def test_a_date_that_is_gone_keeps_every_answer_and_shows_the_others(language):
    desk = Desk(language=language)
    desk.post(first_name="Altera", email="altera@example.org")

    page = refused(desk.post(), desk, "This date is no longer free", 409)

    assert offered(page) == ["other", ""]
    assert " checked" in re.search(r'<input[^>]*value="mon-am"[^>]*>', page)[0]
    assert len(desk.store.files) == 1


def test_a_choice_begins_with_a_capital(language):
    shown = text(Desk(replace(SLOT, taken=1), replace(OTHER, taken=1), language=language).show().body)

    said = Desk(language=language).says("Monday morning")
    assert said[0].upper() + said[1:] in shown


def test_the_last_date_that_is_gone_leaves_the_half_days():
    desk = Desk(SLOT)
    desk.post(first_name="Altera", email="altera@example.org")

    page = refused(desk.post(), desk, "This date is no longer free", 409)

    assert offered(page) == []
    assert desk.post(slot="").status == 303


def test_a_date_beyond_the_deletion_day_says_why(language):
    late = START.replace(year=2027)
    desk = Desk(replace(SLOT, meetings=(Meeting(late, late + timedelta(hours=1), "Hall"),)), language=language)

    page = refused(desk.post(), desk, "This date is too late for you", 422)

    assert desk.says(
        "We delete your data before this date is over. Please choose an earlier date, or phone us."
    ) in text(page)
    assert desk.store.files == {}


def test_a_mistake_elsewhere_keeps_the_date_that_was_chosen(language):
    desk = Desk(language=language)

    answer = desk.post(first_name="")

    assert (answer.status, offered(answer.body)) == (422, ["slot", "other", ""])
    assert re.findall(r'name="slot" id="[^"]+" value="([^"]*)" checked', answer.body) == ["slot"]
    assert desk.store.sessions["slot"].taken == 0


def test_no_choice_at_all_still_shows_the_dates_again():
    assert offered(Desk().post(first_name="", slot="").body) == ["slot", "other", ""]


def test_the_form_of_the_site_asks_no_store_when_it_is_wrong():
    desk = Desk()
    desk.store.busy = 1

    assert desk.post(first_name="", slot=None).status == 422
    assert desk.store.busy == 1


@pytest.mark.parametrize("slot", ["a b", "\x00", "#", "x" * 41])
def test_what_is_no_name_of_a_date_is_refused_at_its_field(slot):
    answer = Desk().post(slot=slot)

    assert answer.status == (303 if slot == "\x00" else 422)
    assert slot == "\x00" or 'href="#slot"' in answer.body


def test_a_busy_store_keeps_the_date_that_was_chosen():
    desk = Desk()
    desk.store.busy = 10**6

    answer = desk.post(first_name="")

    assert re.findall(r'name="slot" id="[^"]+" value="([^"]*)" checked', answer.body) == ["slot"]
    assert desk.says("The date that you chose") in text(answer.body)


def test_another_date_of_a_known_person_waits_for_the_own_page():
    desk = Desk()
    desk.post()

    desk.receipt(desk.post(slot="other"))

    (file,) = desk.store.files.values()
    assert (file.appointment.slot, [each.slot for each in file.corrections]) == ("slot", ["other"])
    assert desk.store.sessions["other"].taken == 0
