"""A form that differs from an earlier one overwrites nothing and tells nothing."""

import re

import pytest

from chalicelib.domain.language import LANGUAGES
from tests.examples import body

pytestmark = pytest.mark.engine

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def send(service, language, **changes):
    """The text of the receipt, and its reference."""
    page = service.post(f"/api/{language}/appointments", body(**changes), headers=FORM)
    assert page.url.startswith(f"{service.url}/api/{language}/receipts/")
    reference = re.search(r'class="reference"[^>]*>([^<]+)', page.text).group(1)
    return page.text, reference


def letters(service, reference):
    return {letter["kind"]: letter for letter in service.inbox() if reference in letter["subject"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_phone_number_is_received_and_staff_see_what_differs(service, language):
    person = {"first_name": f"Mutata {language}", "email": f"mutata-{language}@example.org"}
    _, first = send(service, language, **person)
    _, second = send(service, language, **person, phone="621 000 001")

    about = letters(service, second)
    assert first != second
    assert about["received"]["to"] == person["email"]
    assert about["received"]["lang"] == language
    assert first in about["received"]["text"]
    assert {"621 000 000", "621 000 001"} <= set(re.findall(r"621 000 00\d", about["staff_request"]["text"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_does_not_tell_whether_a_person_is_known(service, language):
    send(service, language, first_name="Nota", email="nota@example.org")

    guess = {"phone": "", "matricule": "", "surname": "Fictiva"}
    known, known_reference = send(service, language, first_name="Nota", email="nota@example.org", **guess)
    unknown, unknown_reference = send(service, language, first_name="Ignota", email="ignota@example.org", **guess)

    for reference in (known_reference, unknown_reference):
        assert reference not in (known + unknown).replace(known_reference, "").replace(unknown_reference, "")
    address = re.compile(r"/receipts/[\w.-]+")
    assert address.sub("", known).replace(known_reference, "") == address.sub("", unknown).replace(
        unknown_reference, ""
    )


def test_the_letter_never_goes_to_an_address_that_was_only_claimed(service):
    send(service, "en", first_name="Fida", email="fida@example.org")
    _, second = send(service, "en", first_name="Fida", email="intruder@example.org")

    assert letters(service, second)["received"]["to"] == "fida@example.org"
    assert "intruder@example.org" not in [letter["to"] for letter in service.inbox()]
