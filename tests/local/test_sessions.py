"""Sessions by command on the running service: examples to begin with, and a table that goes out and in."""

import subprocess
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

import timetable
from chalicelib.web.headers import EVERY_ANSWER
from tests.local.test_failed_letters import office
from tests.service import ROOT, start_service

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    with start_service(tmp_path_factory.mktemp("sessions") / "data") as service:
        yield service


def test_an_empty_folder_gets_examples_that_say_so(trial):
    sessions = [each for each in timetable.read(office(trial.data_dir, "sessions")).sessions if "example" in each.id]

    assert sorted(each.kind.value for each in sessions) == [
        "citizenship",
        "information",
        "information",
        "slot",
        "slot",
        "slot",
    ]
    assert all(meeting.place.startswith("Example: ") for each in sessions for meeting in each.meetings)


def test_the_table_goes_out_and_in(trial, tmp_path):
    file = tmp_path / "sessions.csv"
    file.write_text(office(trial.data_dir, "sessions"))
    assert office(trial.data_dir, "plan", str(file)).strip() == "6 unchanged"

    row = "info-1,information,fr,30,5,no,2035-12-05 10:00,2035-12-05 12:00,Hall,,\n"
    file.write_text(file.read_text() + row)
    assert office(trial.data_dir, "plan", str(file)).strip() == "6 unchanged, 1 added"
    assert row.replace(",,\n", ",0,0") in office(trial.data_dir, "sessions")

    assert office(trial.data_dir, "cancel-session", "info-1").startswith("Cancelled.")
    assert "info-1" not in office(trial.data_dir, "sessions")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"id\n", "Line 1: the column kind is missing."),
        (b"id;\xff\n", "is not UTF-8"),
        (None, "cannot be read: No such file"),
    ],
)
def test_a_table_with_a_mistake_is_refused_in_words(trial, tmp_path, content, sentence):
    file = tmp_path / "wrong.csv"
    if content is not None:
        file.write_bytes(content)
    command = ["make", "--silent", "office", f"DATA_DIR={trial.data_dir}", f"DO=plan {file}"]

    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert refused.returncode != 0
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


def test_no_place_is_given_up_under_a_reference_that_nobody_has(trial):
    command = ["make", "--silent", "office", f"DATA_DIR={trial.data_dir}", "DO=cancel-place 2345-678A"]

    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert "No contact has the reference 2345-678A" in refused.stderr


def test_the_dates_stand_beside_the_site_and_follow_the_plan(trial, tmp_path):
    address, headers = "/sessions/information.json", {"Accept": "application/json"}
    file = tmp_path / "sessions.csv"
    header = office(trial.data_dir, "sessions").splitlines()[0]
    file.write_text(f"{header}\nlisted-1,information,fr,30,5,yes,2035-12-05 10:00,2035-12-05 12:00,Hall,,\n")
    office(trial.data_dir, "plan", str(file))
    trial.run("publish")

    answer = trial.get(address)

    assert answer.text == trial.get("/api/en/sessions?kind=information", headers=headers).text
    assert "listed-1" in answer.text
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=5"
    assert EVERY_ANSWER.items() <= answer.headers.items()
    written = parsedate_to_datetime(answer.headers["Last-Modified"])
    assert abs(datetime.now(UTC) - written) < timedelta(minutes=1)
    office(trial.data_dir, "cancel-session", "listed-1")
    trial.run("publish")
    assert "listed-1" not in trial.get(address).text
