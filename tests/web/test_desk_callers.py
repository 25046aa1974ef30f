"""Staff fill in the residents' own forms for who phones or writes: stored once, noted, and told in their language."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.desk import Act
from chalicelib.domain.errors import IntakeClosedError, StoreBusyError
from chalicelib.domain.letter import LetterState
from chalicelib.domain.session import Meeting, SessionKind
from chalicelib.forms.caller import CallerRequestForm, CallerSignUpForm
from chalicelib.web.desk import callers
from chalicelib.web.pages import setting
from chalicelib.web.problems import FOR_STAFF
from tests.unit.test_mark_attendance import INFORMATION
from tests.web.test_desk_sessions import Staff, text
from tests.web.test_sign_ups import asked_in

SIGN_UP = "sessions/{session_id}/sign-up"
REQUEST = {
    "act": "take",
    "letters_in": "lb",
    "first_name": "Vocata",
    "surname": "Fictiva",
    "phone": "621 000 500",
    "email": "",
    "attended_on-unsure": "yes",
    "meeting_language": "fr",
    "message": "",
}
PLACE = {"act": "take", "letters_in": "de", "first_name": "Vocata", "surname": "Fictiva", "email": "vocata@example.org"}


def take(staff, **changes):
    return staff.post("requests/new", REQUEST | changes)


def led_to(staff, answer):
    """The contact of the page to which the answer leads."""
    assert answer.status == 303
    reference = re.fullmatch(r"/api/desk/en/requests/(\S{4}-\S{4})", answer.headers["Location"])[1]
    return reference, staff.office.contacts.find_reference(reference)


@pytest.fixture
def staff():
    return Staff()


@pytest.mark.parametrize(
    ("page", "form"), [(("requests/new",), CallerRequestForm), ((SIGN_UP, "info"), CallerSignUpForm)]
)
def test_staff_are_shown_every_field_of_the_form(staff, page, form):
    asked = {field.name for field in form.blank(setting("en", date.min))} - {"session", "slot", "trap"}

    assert asked <= asked_in(staff.get(*page).body)


def test_a_request_by_phone_is_stored_noted_and_becomes_calls(staff):
    reference, file = led_to(staff, take(staff))

    assert (file.contact.person.language, file.contact.person.phone) == ("lb", "+352621000500")
    assert (file.appointment.state, file.appointment.wish.meeting_language) == (BookingState.REQUESTED, "fr")
    assert staff.done(Act.TOOK_REQUEST) == [reference]
    assert LetterState.BY_PHONE in {each.state for each in staff.office.contacts.letters(file.contact.id)}
    assert "Vocata" in staff.read("requests/{reference}", reference)


def test_the_same_form_again_leads_to_the_same_request_and_is_noted_once(staff):
    first, second = take(staff), take(staff)

    assert led_to(staff, first) == led_to(staff, second)
    assert len(staff.done(Act.TOOK_REQUEST)) == 1


def test_a_form_that_differs_is_a_correction_at_the_same_person(staff):
    _, file = led_to(staff, take(staff))

    reference, after = led_to(staff, take(staff, message="Another"))

    assert after.contact.id == file.contact.id
    assert [each.reference for each in after.corrections] == [reference]
    assert staff.done(Act.TOOK_REQUEST)[-1] == reference


def test_a_free_slot_can_be_given_at_once(staff):
    assert 'value="slot"' in staff.get("requests/new").body

    _, file = led_to(staff, take(staff, slot="slot"))

    assert (file.appointment.state, file.appointment.slot) == (BookingState.CONFIRMED, "slot")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"letters_in": ""}, "letters_in"),
        ({"letters_in": "pt"}, "letters_in"),
        ({"phone": "", "email": ""}, "Enter a phone number or an e-mail address"),
        ({"first_name": ""}, "Enter your first name"),
        ({"attended_on-unsure": ""}, "attended_on"),
    ],
)
def test_what_is_wrong_is_said_and_every_answer_is_kept(staff, changes, said):
    answer = take(staff, **changes)

    assert answer.status == 422
    assert said in answer.body and "There is a problem" in answer.body
    assert "Fictiva" in answer.body
    assert staff.store.files == {} and staff.done(Act.TOOK_REQUEST) == []


def test_a_slot_that_somebody_else_has_is_refused_and_the_answers_are_kept(staff):
    answer = take(staff, slot="gone")

    assert answer.status == 409
    assert "Fictiva" in answer.body
    assert "Choose another date below." in text(answer)


def test_a_slot_after_the_deletion_day_is_refused_in_words_about_the_person(staff):
    later = staff.now + timedelta(days=400)
    meetings = (Meeting(later, later + timedelta(hours=1), "Hall"),)
    staff.store.sessions["slot"] = replace(staff.session("slot"), meetings=meetings)
    attended = {"attended_on-unsure": "", "attended_on-day": "1", "attended_on-month": "9", "attended_on-year": "2026"}

    answer = take(staff, slot="slot", **attended)

    assert (answer.status, "This date is too late for this person" in text(answer)) == (422, True)
    assert "phone us" not in text(answer) and "Fictiva" in answer.body


def test_a_session_that_is_full_is_refused_in_words_about_the_person(staff):
    staff.store.sessions["info"] = replace(staff.session("info"), capacity=1, taken=1, waiting_max=0)

    answer = staff.post(SIGN_UP, PLACE | {"session": "info"}, "info")

    assert (answer.status, "Choose another session with this person." in text(answer)) == (409, True)
    assert "phone us" not in text(answer) and "Fictiva" in answer.body


def test_nothing_that_staff_are_told_is_said_to_the_person():
    assert FOR_STAFF.keys() == set(callers.WITH_ANSWERS_KEPT) - {StoreBusyError}
    for problem in FOR_STAFF.values():
        assert not re.search(r"\b(you|your|us)\b", " ".join((problem.title, *problem.sentences)), re.IGNORECASE)


def test_somebody_is_signed_up_for_a_session_from_its_page(staff):
    assert "sessions/info/sign-up" in staff.get("sessions/{session_id}", "info").body

    reference, file = led_to(staff, staff.post(SIGN_UP, PLACE | {"needs": ["step-free"], "session": "x"}, "info"))

    assert (file.contact.person.language, file.booking("info").state) == ("de", BookingState.CONFIRMED)
    assert [seat.needs for seat in staff.office.sessions.roster("info")] == [("step-free",)]
    assert staff.done(Act.SIGNED_UP) == [reference]


def test_who_is_signed_up_twice_has_one_place(staff):
    answers = [staff.post(SIGN_UP, PLACE | {"session": "info"}, "info") for _ in range(2)]

    assert led_to(staff, answers[0]) == led_to(staff, answers[1])
    assert staff.session("info").taken == 1


def test_a_sign_up_that_says_nothing_is_refused(staff):
    answer = staff.post(SIGN_UP, {"act": "take", "session": "info"}, "info")

    assert answer.status == 422
    assert "Enter your surname" in text(answer)
    assert staff.session("info").taken == 0


@pytest.mark.parametrize("session", ["unknown", "day", "slot"])
def test_there_is_a_form_for_what_residents_sign_up_for_alone(staff, session):
    for kind in (SessionKind.ORIENTATION, SessionKind.SLOT):
        name = {"orientation": "day", "slot": "slot"}[kind.value]
        staff.store.sessions[name] = INFORMATION.__class__(**vars(INFORMATION) | {"id": name, "kind": kind})

    assert staff.get(SIGN_UP, session).status == 404
    assert staff.post(SIGN_UP, PLACE, session).status == 404


def test_a_programme_that_is_closed_takes_no_caller():
    staff = Staff(mode="closed")

    with pytest.raises(IntakeClosedError):
        staff.get("requests/new")
    with pytest.raises(IntakeClosedError):
        take(staff)
    assert staff.get(SIGN_UP, "info").status == 404
    assert ["requests/new" in each.get("find").body for each in (Staff(), staff)] == [True, False]
