"""The page of a request at the desk: its buttons, what they refuse, and that a press twice does no more than one."""

import re

import pytest

from tests.examples import body
from tests.staff import FORM, sign_in

pytestmark = pytest.mark.engine

DATE = {"act": "make-date", "day": "2027-03-15", "from": "10:00", "until": "10:45", "place": "Example office"}


class Request:
    """Somebody of the staff at the page of a request that has just come."""

    def __init__(self, service, staff, name):
        self.service, self.staff, self.mail = service, staff, f"{name.casefold()}@example.org"
        sent = body(first_name=name, email=self.mail, phone=None)
        receipt = service.post("/api/lb/appointments", sent, headers=FORM).text
        self.reference = re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1]
        self.seen = self.read_seen()

    def read_seen(self):
        return re.search(r'name="seen" value="([^"]+)"', self.page())[1]

    def page(self):
        return self.staff.get(f"en/requests/{self.reference}").text

    def post(self, **fields):
        return self.staff.post(f"en/requests/{self.reference}", {"seen": self.seen, **fields})

    def letters(self, kind):
        return [each for each in self.service.inbox() if (each["kind"], each["to"]) == (kind, self.mail)]


@pytest.fixture(scope="module")
def staff(service):
    return sign_in(service, user="desk-2@forum-cai.example")


def test_a_date_is_set_once_and_told_in_the_language_of_the_resident(service, staff):
    request = Request(service, staff, "Dies")

    answers = [request.post(**DATE) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    (letter,) = request.letters("appointment")
    (file,) = letter["attachments"]
    assert (letter["lang"], file["name"]) == ("lb", f"CAI-{request.reference}.ics")
    assert "Example office" in request.page() and "has a date" in request.page()


def test_a_stale_form_is_refused_with_what_has_changed(service, staff):
    request = Request(service, staff, "Senex")
    request.post(**DATE)

    answer = request.post(act="refuse", why="conditions")

    assert answer.status_code == 409
    assert "now “has a date”, before “waits for an answer”" in answer.text
    assert re.search(r"Date: now “Monday 15 March 2027, [^”]+”, before “no date”", answer.text)
    assert request.letters("refused") == []


def test_a_date_that_a_further_form_wishes_for_is_shown_with_its_time_and_place(service, staff):
    request = Request(service, staff, "Optans")
    slot, when = re.search(r'<option value="([^"]+)"[^>]*>([^<]+), [A-Z ]+</option>', request.page()).groups()

    again = body(first_name="Optans", email=request.mail, phone=None, slot=slot)
    service.post("/api/lb/appointments", again, headers=FORM).raise_for_status()

    assert f"<li>Date wished for: {when}</li>" in request.page()
    assert "waits for an answer" in request.page()


def test_a_refusal_says_its_reason_in_the_language_of_the_resident(service, staff):
    request = Request(service, staff, "Negata")

    assert request.post(act="refuse", why="signed_before").status_code == 303

    (letter,) = request.letters("refused")
    assert "Dir hutt schonn e Kontrakt ënnerschriwwen." in " ".join(letter["text"].split())
    assert "You have signed a contract already." in request.page()
    assert "refused an appointment" in staff.get("en/audit").text


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({**DATE, "day": "soon"}, 422, "a day that is still to come"),
        ({**DATE, "day": "0001-01-01"}, 422, "a day that is still to come"),
        ({**DATE, "until": "09:00"}, 422, "a later end"),
        ({**DATE, "place": " "}, 422, "and a place"),
        ({**DATE, "place": "x" * 201}, 422, "and a place"),
        ({**DATE, "day": "2031-01-01"}, 422, "deleted already"),
        ({"act": "set-date", "slot": "unknown"}, 409, "not free any more"),
        ({"act": "set-date", "slot": "x" * 3000}, 409, "not free any more"),
        ({"act": "refuse", "why": "x"}, 422, "Choose a reason."),
        ({"act": "answer", "text": "x"}, 422, "Choose an answer."),
        ({"act": "confirm", "form": "2222-2222"}, 409, "changed meanwhile"),
        ({"act": "send-again", "letter": "x" * 3000}, 409, "changed meanwhile"),
        ({"act": "missed"}, 409, "changed meanwhile"),
        ({"act": "take-up", "seen": "1.1.x." + "y" * 3000}, 409, "changed meanwhile"),
    ],
)
def test_what_cannot_be_is_refused_in_words(service, staff, fields, status, said):
    request = Request(service, staff, "Impossibilis")

    answer = request.post(**fields)

    assert answer.status_code == status
    assert said in answer.text
    assert request.read_seen() == request.seen


def test_an_unknown_reference_can_have_no_date(staff):
    assert staff.post("en/requests/2222-2222", DATE).status_code == 404


def test_a_ready_text_is_written_in_the_language_of_the_resident(service, staff):
    request = Request(service, staff, "Respondita")

    assert request.post(act="answer", text="question").status_code == 303

    (letter,) = request.letters("answer")
    assert (letter["lang"], "Mir hunn eng Fro zu Ärer Ufro." in letter["text"]) == ("lb", True)
    assert "we have a question, please phone" in request.page()


def test_what_a_further_form_said_is_confirmed_on_the_page(service, staff):
    request = Request(service, staff, "Correcta")
    sent = body(first_name="Correcta", email=request.mail, phone="621 000 601")
    form = re.search(r'class="reference"[^>]*>([^<]+)', service.post("/api/lb/appointments", sent, headers=FORM).text)[
        1
    ]
    assert "The person confirms this" in request.page()

    assert request.post(act="confirm", form=form).status_code == 303

    assert "+352 621 000 601" in request.page() and "The person confirms this" not in request.page()
    assert "confirmed a correction" in staff.get("en/audit").text


def test_a_further_form_is_discarded_on_the_page(service, staff):
    request = Request(service, staff, "Relicta")
    service.post("/api/lb/appointments", body(first_name="Relicta", email=request.mail, message="x"), headers=FORM)
    form = re.search(r'name="form" value="([^"]+)"', request.page())[1]

    assert request.post(act="discard", form=form).status_code == 303

    assert "Discard this form" not in request.page()
