"""Staff look somebody up by what people say on the phone: one field, a post, and nothing of it in an address."""

import pytest

from chalicelib.domain.identity import name_as_sought
from chalicelib.usecases.find_contacts import MOST
from tests.web.test_desk_callers import REQUEST as FORM
from tests.web.test_desk_callers import led_to
from tests.web.test_desk_sessions import Staff, text


@pytest.fixture
def staff():
    return Staff()


def ask(staff, surname="Fictiva-Müller", first_name="Quaesita", **changes):
    form = FORM | {"surname": surname, "first_name": first_name, "email": f"{first_name}@example.org"} | changes
    return led_to(staff, staff.post("requests/new", form))[0]


def find(staff, sought):
    return staff.post("find", {"act": "find", "sought": sought})


@pytest.mark.parametrize(
    "sought",
    [
        "quaesita@example.org",
        " Quaesita@EXAMPLE.org ",
        "621 000 500",
        "+352 621-000-500",
        "fict",
        "FICTIVA",
        "fictivamu",
    ],
)
def test_somebody_is_found_by_mail_phone_or_the_beginning_of_the_surname(staff, sought):
    reference = ask(staff)
    ask(staff, "Other", "Alia", phone="621 000 501")

    answer = find(staff, sought)

    assert answer.status == 200
    assert f'href="/api/desk/en/requests/{reference}"' in answer.body
    assert "Alia" not in text(answer)


def test_a_reference_is_found_however_it_is_typed(staff):
    reference = ask(staff)

    for sought in (reference, reference.lower(), reference.replace("-", " ")):
        assert "Quaesita" in text(find(staff, sought))


def test_what_could_be_a_reference_may_be_a_surname(staff):
    ask(staff, surname="Schaefer")

    assert "Quaesita" in text(find(staff, "Schaefer"))


@pytest.mark.parametrize("sought", ["2222-222A", "nobody@example.org", "621 999 999", "zz", "–––x"])
def test_nobody_is_found_in_words(staff, sought):
    ask(staff)

    answer = find(staff, sought)

    assert (answer.status, "Nobody. It may be written" in text(answer)) == (200, True)


@pytest.mark.parametrize("sought", ["", "  ", "@", "12", "x" * 101, "!!!"])
def test_what_cannot_be_looked_for_is_said_at_the_field(staff, sought):
    answer = find(staff, sought)

    assert answer.status == 422
    assert 'id="sought-error"' in answer.body


def test_many_of_one_name_are_cut_and_it_is_said(staff):
    for number in range(MOST + 1):
        ask(staff, "Multa", f"Persona{number}", phone=f"621 00{number:02} 99")

    answer = find(staff, "mul")

    assert text(answer).count("All about this person") == MOST
    assert "Only the first 50 are shown" in text(answer)


def test_who_is_being_deleted_is_found_no_more(staff):
    _, file = led_to(staff, staff.post("requests/new", FORM))
    staff.office.contacts.ask_deletion(file.contact.id, staff.now.date())

    assert "Nobody" in text(find(staff, "fict"))


@pytest.mark.parametrize(
    ("surname", "sought"),
    [("d’Almeida Ávila", "dalmeidaavila"), ("ŁUKASZ", "łukasz"), ("Straße", "strasse"), ("李", "李"), ("-", "-")],
)
def test_a_surname_is_sought_without_its_signs(surname, sought):
    assert name_as_sought(surname) == sought


@pytest.mark.parametrize("surname", ["\ufdfa" * 100, "\u0301" * 100, ""])
def test_whatever_somebody_is_called_an_index_can_hold_it(surname):
    assert 0 < len(name_as_sought(surname).encode()) <= 400
