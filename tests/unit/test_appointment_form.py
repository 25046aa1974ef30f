"""Every field of the appointment form: what is forgiven, what is refused, and in which words."""

from datetime import date

import pytest

from chalicelib.domain.days import Attended
from chalicelib.forms.appointment import AppointmentForm, Setting
from chalicelib.programme import periods
from chalicelib.web.request import Request
from chalicelib.words.catalogues import words
from tests.examples import REQUEST, body

TODAY = date(2026, 11, 21)


def read(matricule_rule="optional", language="en", **changes):
    setting = Setting(language, words(language), TODAY, periods.retention(), matricule_rule)
    return AppointmentForm.read(Request(body=body(**changes)).form(), setting)


def errors(**changes):
    form = read(**changes)
    form.validate()
    return {name: sentences[0] for name, sentences in form.errors.items()}


def test_a_good_form_becomes_a_request_in_normal_form():
    form = read()

    assert form.validate()
    assert form.request() == REQUEST


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("first_name", "  Exempla   Maria ", "Exempla Maria"),
        ("surname", "Иван", "Иван"),
        ("surname", "\U00031350", "\U00031350"),
        ("email", "exempla @example.org", "exempla@example.org"),
        ("phone", "+352 (0) 621 000 000", "+352621000000"),
        ("email", " Exempla@EXAMPLE.org ", "Exempla@example.org"),
        ("email", "exempla@bücher.example.org", "exempla@bücher.example.org"),
        ("phone", "621 000 000", "+352621000000"),
        ("phone", "621-000.000", "+352621000000"),
        ("phone", "00352 621 000 000", "+352621000000"),
        ("phone", "+352 621 000 000", "+352621000000"),
        ("phone", "(+352) 247-85785", "+35224785785"),
        ("phone", "６２１００００００", "+352621000000"),
        ("phone", "+33 6 00 00 00 00", "+33600000000"),
        ("phone", "0049 30 0000000", "+49300000000"),
    ],
)
def test_input_is_forgiven(field, typed, stored):
    form = read(**{field: typed})

    assert form.validate(), form.errors
    assert getattr(form.request().person, field) == stored


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"first_name": " "}, "first_name", "Enter your first name"),
        ({"surname": None}, "surname", "Enter your surname"),
        ({"first_name": "\u200b\u3164\u2800"}, "first_name", "Enter your first name"),
        ({"phone": "26 12 34 56 ext 789"}, "phone", "Check the phone number"),
        ({"surname": "x" * 101}, "surname", "Shorten this answer to 100 characters or fewer"),
        ({"matricule": "199009301235"}, "matricule", "Enter all 13 digits"),
        ({"matricule": "1990093012357"}, "matricule", "Check the social security number"),
        ({"matricule": "by heart: no"}, "matricule", "Enter all 13 digits"),
        ({"email": "exempla.example.org"}, "email", "Enter an e-mail address"),
        ({"email": "exempla@"}, "email", "Enter an e-mail address"),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, "email", "Enter an e-mail address"),
        ({"phone": "12"}, "phone", "Check the phone number"),
        ({"phone": "call me"}, "phone", "Check the phone number"),
        ({"phone": "06 00 00 00 00"}, "phone", "Check the phone number"),
        ({"phone": "", "email": ""}, "phone", "Enter a phone number or an e-mail address"),
        ({"half_days": "sun-am"}, "half_days", "Choose from the list"),
        ({"meeting_language": "xx"}, "meeting_language", "Choose from the list"),
        ({"message": "x" * 501}, "message", "Shorten this answer to 500 characters or fewer"),
    ],
)
def test_a_wrong_answer_is_named_at_its_field(changes, field, sentence):
    found = errors(**changes)

    assert list(found) == [field]
    assert found[field].startswith(sentence)


@pytest.mark.parametrize(
    ("day", "month", "year", "attended"),
    [
        ("12", "10", "2026", Attended(2026, 10, 12)),
        ("", "10", "2026", Attended(2026, 10)),
        (" 1", "٢", "2026", Attended(2026, 2, 1)),
        ("21", "11", "2026", Attended(2026, 11, 21)),
        ("", "11", "2025", Attended(2025, 11)),
        ("22", "11", "2025", Attended(2025, 11, 22)),
    ],
)
def test_month_and_year_of_the_information_session_are_enough(day, month, year, attended):
    form = read(attended_on__day=day, attended_on__month=month, attended_on__year=year)

    assert form.validate(), form.errors
    assert form.request().attended == attended


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("", "", "", "Enter when you took part"),
        ("12", "", "2026", "The information session needs a month and a year"),
        ("12", "10", "", "The information session needs a month and a year"),
        ("30", "2", "2026", "The information session needs a real date"),
        ("x", "2", "2026", "The information session needs a real date"),
        ("1", "13", "2026", "The information session needs a real date"),
        ("1", "1", "99999", "The information session needs a real date"),
        ("22", "11", "2026", "The information session must be in the past"),
        ("", "12", "2026", "The information session must be in the past"),
        ("21", "11", "2025", "Your information session was too long ago"),
        ("", "10", "25", "The information session needs a real date"),
        ("1/2", "10", "2026", "The information session needs a real date"),
    ],
)
def test_a_day_that_cannot_be_is_refused(day, month, year, sentence):
    found = errors(attended_on__day=day, attended_on__month=month, attended_on__year=year)

    assert list(found) == ["attended_on"]
    assert found["attended_on"].startswith(sentence)


def test_each_error_is_named_at_once_where_the_matricule_is_required():
    form = read(matricule_rule="required", matricule="", phone="", email="")

    assert not form.validate()
    assert set(form.errors) == {"matricule", "phone"}


def test_not_being_sure_of_the_day_is_a_good_answer():
    form = read(attended_on__day="", attended_on__month="", attended_on__year="", attended_on__unsure="yes")

    assert form.validate()
    assert form.request().attended is None


def test_every_error_is_shown_at_once():
    found = errors(matricule_rule="required", first_name="", phone="", email="", matricule="")

    assert set(found) == {"first_name", "phone", "matricule"}


@pytest.mark.parametrize(
    ("rule", "matricule", "good"),
    [
        ("optional", "", True),
        ("required", "", False),
        ("required", "1990093012358", True),
        ("off", "1990093012358", True),
    ],
)
def test_a_fact_makes_the_matricule_optional_required_or_off(rule, matricule, good):
    form = read(matricule_rule=rule, matricule=matricule)

    assert form.validate() is good
    if good:
        assert form.request().matricule == (matricule or None if rule != "off" else None)


@pytest.mark.parametrize("way", [{"phone": ""}, {"email": ""}], ids=["mail only", "phone only"])
def test_one_way_to_reach_a_person_is_enough(way):
    assert read(**way).validate()


def test_a_filled_trap_is_flagged_and_refuses_nobody():
    form = read(trap="x")

    assert form.validate()
    assert form.request().doubtful


def test_the_meeting_language_is_the_pages_unless_chosen():
    form = read(language="lb", meeting_language=None)

    assert form.validate()
    assert form.request().wish.meeting_language == "lb"


@pytest.mark.parametrize("language", ["fr", "de", "lb"])
def test_errors_are_in_the_readers_language(language):
    form = read(language=language, first_name="", matricule="1", email="x", attended_on__month="13", half_days="x")
    form.validate()

    english = errors(first_name="", matricule="1", email="x", attended_on__month="13", half_days="x")
    assert set(form.errors) == set(english)
    for field, sentences in form.errors.items():
        assert sentences[0] != english[field]
