"""Invitations by command on the running service: everybody, one person, who has not answered, and answers by phone."""

import re

import pytest

from tests.examples import body
from tests.local.test_failed_letters import FORM, office
from tests.service import start_service

pytestmark = pytest.mark.engine

TABLE = """id,kind,languages,capacity,waiting,published,start,end,place
day-1,orientation,fr,1,1,yes,2027-03-13 13:30,2027-03-13 18:00,Hall of a test
day-2,orientation,fr,1,1,yes,2027-06-12 13:30,2027-06-12 18:00,Hall of a test
"""


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """A service with two orientation days."""
    folder = tmp_path_factory.mktemp("invitations")
    with start_service(folder / "data") as service:
        (folder / "sessions.csv").write_text(TABLE)
        assert office(service.data_dir, "plan", str(folder / "sessions.csv")).strip() == "2 added"
        yield service


def signatory(service, name, **changes):
    """The reference of somebody new who has signed."""
    form = body(first_name=name, **{"email": f"{name}@example.org".lower(), "phone": ""} | changes)
    receipt = service.post("/api/fr/appointments", form, headers=FORM).text
    reference = re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1]
    office(service.data_dir, "signed", reference, "2026-11-20")
    return reference


def kinds(service, reference):
    """Of the letters about the day itself."""
    about = (letter["kind"] for letter in service.inbox() if reference in letter["text"])
    return sorted(kind for kind in about if not kind.startswith("deletion_"))


def test_everybody_who_has_signed_is_invited_once_and_answers_by_phone(trial):
    signatory(trial, "Prima")
    signatory(trial, "Secunda", email="", phone="621 000 000")

    invited = re.search(r"(\d+) invited", office(trial.data_dir, "invite", "day-1"))[1]
    assert office(trial.data_dir, "invite", "day-1").strip() == f"{invited} invited before"

    lines = [line.split("\t")[1] for line in office(trial.data_dir, "invitations", "day-1").splitlines()]
    (by_mail,) = [each for each in lines if kinds(trial, each) == ["invitation"]][:1]
    (by_phone,) = [each for each in lines if kinds(trial, each) == ["staff_call"]]
    assert office(trial.data_dir, "accept", by_phone.lower(), "step-free").strip() == "Noted. It is now: confirmed."
    assert office(trial.data_dir, "decline", by_mail).strip() == "Noted. It is now: declined."
    assert f"declined\t{by_mail}\n" in office(trial.data_dir, "invitations", "day-1")
    assert by_phone not in office(trial.data_dir, "invitations", "day-1")


def test_one_person_is_invited_by_the_reference(trial):
    reference = signatory(trial, "Tertia")

    assert office(trial.data_dir, "invite", "day-2", reference).strip() == f"{reference}: invited"
    assert office(trial.data_dir, "decline", reference).startswith("This is no invitation")


def test_what_is_no_orientation_day_to_come_invites_nobody(trial):
    assert office(trial.data_dir, "invite", "example-1").startswith("example-1 is no orientation day")
