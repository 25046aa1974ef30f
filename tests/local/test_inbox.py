"""The inbox shows every letter, to scripts and to people, and nothing in a letter runs."""

import base64
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from mailbox import Maildir

import pytest

from tests.service import Service

pytestmark = pytest.mark.engine

EVIL = "<script>alert(1)</script>"
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def deliver(service: Service, letter_id: str) -> None:
    letter = EmailMessage()
    letter["To"], letter["Subject"] = "exempla@example.org", f"Héich Integratioun {EVIL}"
    letter["Date"] = format_datetime(datetime(2026, 11, 21, 10, tzinfo=UTC))
    letter["X-CAI-Letter-Id"], letter["X-CAI-Letter-Kind"] = letter_id, "received"
    letter.set_content("Moien, Är Referenz: 7K2M-9QXA")
    letter.add_alternative(f"<html><head></head><body>Moien{EVIL}</body></html>", subtype="html")
    letter.add_attachment(CALENDAR, "text", "calendar", filename="../termin é.ics")
    letter["Content-Language"] = "lb"  # last: set_content takes away what is said about the content
    Maildir(service.data_dir / "inbox").add(letter)


def test_scripts_read_every_part_of_a_letter_oldest_first(service: Service) -> None:
    before = len(service.inbox())
    deliver(service, "A.received.1")
    deliver(service, "B.received.1")

    first, second = service.inbox()[before:]

    assert (first["id"], second["id"]) == ("A.received.1", "B.received.1")
    assert (first["kind"], first["to"], first["lang"]) == ("received", "exempla@example.org", "lb")
    assert first["subject"] == f"Héich Integratioun {EVIL}"
    assert "7K2M-9QXA" in first["text"]
    assert "Moien" in first["html"]
    assert first["headers"]["X-CAI-Letter-Id"] == "A.received.1"
    (attachment,) = first["attachments"]
    assert attachment["type"] == "text/calendar"
    assert base64.b64decode(attachment["content"]) == CALENDAR


def test_people_read_it_and_nothing_in_it_runs(service: Service) -> None:
    deliver(service, "C.received.1")
    inbox = service.get("/_local/")
    place = inbox.text.split('href="/_local/letters/')[1].split('"')[0]

    page = service.get(f"/_local/letters/{place}")
    html = service.get(f"/_local/letters/{place}html")
    attachment = service.get(f"/_local/letters/{place}attachments/0")

    assert "Letters are personal" in inbox.text
    assert EVIL not in inbox.text
    assert EVIL not in page.text
    assert "7K2M-9QXA" in page.text
    assert html.headers["Content-Security-Policy"].startswith("sandbox allow-popups")
    assert "allow-scripts" not in html.headers["Content-Security-Policy"]
    assert attachment.content == CALENDAR
    assert attachment.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["nothing/", "nothing/html", "..%2f..%2fkeys.json/", "nothing/attachments/0"])
def test_a_letter_that_is_not_there_is_not_found(path: str, service: Service) -> None:
    assert service.get(f"/_local/letters/{path}").status_code == 404


def test_a_person_who_runs_a_job_reads_the_counts_on_the_page(service: Service) -> None:
    service.run("remind")
    service.inbox()

    answer = service.post("/_local/jobs/deliver", headers={"Accept": "text/html"})

    assert answer.status_code == 200
    assert "deliver: nothing was due." in answer.text


def test_a_job_that_is_not_there_is_named(service: Service) -> None:
    answer = service.post("/_local/jobs/dance")

    assert answer.status_code == 404
    assert "deliver" in answer.json()["error"]


def test_a_bad_time_typed_on_the_page_is_explained_there(service: Service) -> None:
    answer = service.post("/_local/clock", {"now": "soon"}, headers={"Accept": "text/html"})

    assert answer.status_code == 400
    assert "takes an ISO 8601 time" in answer.text
