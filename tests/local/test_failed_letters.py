"""Mail away for more than 72 hours: the letters are shown as failed, and a command sends them again."""

import subprocess

import pytest

from tests.examples import body
from tests.service import ROOT, SITE, start_service

pytestmark = pytest.mark.engine

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NO_MAIL = "smtp://127.0.0.1:9"  # the discard port, on which nothing listens


def office(data_dir, *words):
    """What `make office` says about the service that runs on this folder."""
    command = ["make", "--silent", "office", f"DATA_DIR={data_dir}", f"DO={' '.join(words)}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_failed_letters_are_shown_and_sent_again_by_command(tmp_path):
    data_dir = tmp_path / "a folder"
    with start_service(data_dir, site=SITE, CAI_MAIL=NO_MAIL) as service:
        service.post("/api/lb/appointments", body(), headers=FORM).raise_for_status()
        service.run("deliver")
        assert service.get("/api/health").json()["oldest_unsent_letter_seconds"] is not None
        service.advance("PT71H")
        service.run("deliver")
        assert office(data_dir, "letters").strip() == ""
        service.advance("PT2H")
        service.run("deliver")
        lines = [line.split("\t") for line in office(data_dir, "letters").splitlines()]
        listed = [line for line in lines if line[1]]  # the month's letter has no reference
        assert sorted((state, kind) for state, _, kind, _ in listed) == [
            ("failed", "received"),
            ("failed", "staff_request"),
        ]

    with start_service(data_dir, site=SITE) as service:
        assert service.inbox() == []
        assert office(data_dir, "send-again", listed[0][1].lower()) == "2 letters will be sent again\n"
        assert sorted(letter["kind"] for letter in service.inbox()) == ["received", "staff_request"]
        service.advance("PT4H")
        assert [letter["kind"] for letter in service.inbox()].count("staff_failed") == 1
        assert "received" not in office(data_dir, "letters")


def test_a_mail_service_away_for_71_hours_loses_no_letter(tmp_path):
    data_dir = tmp_path / "data"
    with start_service(data_dir, site=SITE, CAI_MAIL=NO_MAIL) as service:
        service.post("/api/lb/appointments", body(), headers=FORM).raise_for_status()
        service.run("deliver")
        service.advance("PT71H")
        service.run("deliver")

    with start_service(data_dir, site=SITE) as service:
        service.advance("PT4H")
        assert sorted(letter["kind"] for letter in service.inbox()) == ["dpo_month", "received", "staff_request"]
        service.advance("PT72H")
        assert len(service.inbox()) == 3


def test_a_call_is_a_task_until_it_is_done(tmp_path):
    data_dir = tmp_path / "data"
    with start_service(data_dir, site=SITE) as service:
        service.post("/api/fr/appointments", body(email=""), headers=FORM).raise_for_status()
        ((state, reference, kind, _),) = [line.split("\t") for line in office(data_dir, "letters").splitlines()]

        assert (state, kind) == ("by_phone", "received")
        assert office(data_dir, "called", reference) == "1 letters are done\n"
        assert office(data_dir, "letters").strip() == ""
