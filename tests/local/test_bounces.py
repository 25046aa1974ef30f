"""A letter that comes back, tried on one machine: the real function meets an event as AWS sends it."""

from functools import partial

import pytest

from local.inbox import Letter
from local.returned import bounce
from tests.examples import NOW, body
from tests.local.test_failed_letters import FORM, office
from tests.service import SITE, start_service
from tests.ses_events import event

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with start_service(tmp_path_factory.mktemp("returned") / "data", site=SITE) as running:
        yield running


def asked(service, mail):
    """The id of the letter to somebody new who asks for an appointment."""
    before = {letter["id"] for letter in service.inbox()}
    form = body(surname=mail.partition("@")[0].title(), email=mail, phone="621 000 321")
    service.post("/api/fr/appointments", form, headers=FORM).raise_for_status()
    (letter,) = (each for each in service.inbox() if each["kind"] == "received" and each["id"] not in before)
    return letter["id"]


def calls(service, letter_id):
    reference = letter_id.partition(".")[0]
    return [each for each in service.inbox() if each["kind"] == "staff_call" and each["id"].startswith(reference)]


def test_a_letter_comes_back_once_and_staff_are_asked_to_call(service):
    letter_id = asked(service, "returned@example.org")
    come_back = partial(service.post, "/_local/bounces", {"id": letter_id})

    assert [come_back().json(), come_back().json()] == [{"bounced": 1}, {"known": 1}]

    (call,) = calls(service, letter_id)
    assert "+352 621 000 321" in call["text"]
    reference = letter_id.partition(".")[0]
    assert f"bounced\t{reference}\treceived" in office(service.data_dir, "letters")
    assert office(service.data_dir, "called", reference) == "1 letters are done\n"
    assert reference not in office(service.data_dir, "letters")
    assert "returned@example.org" not in service.log()


def test_a_person_presses_a_button_and_reads_what_happened(service):
    letter_id = asked(service, "pressed@example.org")
    page = service.get("/_local/")
    place = next(each for each in page.text.split('href="/_local/letters/') if "pressed@example.org" in each)
    letter = service.get(f"/_local/letters/{place.split(chr(34))[0]}")

    answer = service.post("/_local/bounces", {"id": letter_id}, headers={"Accept": "text/html"})

    assert f'<button class="quiet" name="id" value="{letter_id}">This letter comes back</button>' in letter.text
    assert "take_back: 1 bounced." in answer.text


def test_a_letter_that_is_not_in_the_inbox_cannot_come_back(service):
    answer = service.post("/_local/bounces", {"id": "7KQ2-M9XW.received.1"})

    assert answer.status_code == 404
    assert "id= takes the id" in answer.json()["error"]


def test_the_made_up_event_has_the_shape_of_a_real_one():
    letter = Letter("key", "7KQ2-M9XW.received.1", "received", "x@example.org", "fr", "S", NOW, "", "", (), ())
    ours, real = bounce(letter, NOW), event("permanent bounce", "7KQ2-M9XW_received_1")

    assert ours.keys() == real.keys()
    assert ours["detail"].keys() == real["detail"].keys()
    assert ours["detail"]["bounce"].keys() == real["detail"]["bounce"].keys()
    assert ours["detail"]["mail"].keys() <= real["detail"]["mail"].keys()
    assert ours["detail"]["mail"]["tags"]["letter-id"] == real["detail"]["mail"]["tags"]["letter-id"]
