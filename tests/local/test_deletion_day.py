"""Through the running service: asked, warned, deleted on the day that was told and no day earlier, nothing left."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import boto3
import pytest

from chalicelib.domain.days import LUXEMBOURG
from chalicelib.words.formats import write_weekday
from tests.examples import body
from tests.local.test_failed_letters import office
from tests.service import SITE, Service, start_service

pytestmark = pytest.mark.engine

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NAMES = ("Finita", "Termina", "finita@example.org", "+352621000777", "621 000 777", "1990093012358")


@dataclass
class Person:
    """Somebody in a running service whose clock a test moves; days are days in Luxembourg."""

    service: Service
    reference: str = ""

    def ask(self, attended: date | None, email: str = NAMES[2]) -> None:
        day = {"day": attended.day, "month": attended.month, "year": attended.year} if attended else {}
        said = {f"attended_on__{part}": day.get(part, "") for part in ("day", "month", "year")}
        form = body(
            first_name=NAMES[0],
            surname=NAMES[1],
            email=email,
            phone=NAMES[4],
            attended_on__unsure="" if attended else "yes",
            **said,
        )
        receipt = self.service.post("/api/en/appointments", form, headers=FORM)
        self.reference = re.search(r'class="reference"[^>]*>([^<]+)', receipt.text).group(1)

    def at(self, day: date, moment: time) -> None:
        """Moves the clock and runs what is due."""
        now = datetime.combine(day, moment, LUXEMBOURG)
        self.service.post("/_local/clock", {"now": now.isoformat()}).raise_for_status()
        for job in ("remind", "delete", "deliver"):
            self.service.run(job)

    def is_stored(self) -> bool:
        return any(item["sk"]["S"] == "CONTACT" for item in items(self.service))

    def letters(self, kind: str) -> list:
        return [letter for letter in self.service.inbox() if letter["kind"] == kind]


def items(service: Service) -> list[dict]:
    """Every item of the table, as it is stored."""
    endpoint = re.search(
        r"^AWS_ENDPOINT_URL_DYNAMODB=(\S+)", (service.data_dir / "service.env").read_text(), re.M
    ).group(1)
    client = boto3.client(
        "dynamodb", endpoint_url=endpoint, region_name="eu-central-1", aws_access_key_id="x", aws_secret_access_key="x"
    )
    return [item for page in client.get_paginator("scan").paginate(TableName="forum-cai") for item in page["Items"]]


def deletions(service: Service) -> int:
    return sum(int(item["count"]["N"]) for item in items(service) if item["pk"]["S"].startswith("COUNT#"))


@pytest.fixture
def person(tmp_path):
    with start_service(tmp_path / "data", site=SITE) as service:
        yield Person(service)


BEFORE, AFTER = time(23, 59, 30), time(0, 0, 30)
DAY = timedelta(days=1)

# Each row: the day of the request, the claimed day of the session, the day of deletion.
DAYS = {
    "40 days ago": (date(2026, 11, 21), date(2026, 10, 12), date(2027, 10, 12)),
    "360 days ago": (date(2026, 11, 21), date(2025, 11, 26), date(2026, 11, 26)),
    "never took part": (date(2026, 11, 21), None, date(2027, 11, 21)),
    "29 February": (date(2028, 3, 1), date(2028, 2, 29), date(2029, 2, 28)),
    "new year": (date(2026, 12, 31), None, date(2027, 12, 31)),
    "summer time begins": (date(2026, 4, 2), date(2026, 3, 28), date(2027, 3, 28)),
    "summer time ends": (date(2026, 11, 2), date(2026, 10, 31), date(2027, 10, 31)),
}


@pytest.mark.parametrize(("asked_on", "attended", "delete_on"), DAYS.values(), ids=DAYS)
def test_a_contact_is_warned_and_deleted_on_the_day_and_not_a_day_earlier(person, asked_on, attended, delete_on):
    person.at(asked_on, time(12))
    person.ask(attended)
    (received,) = person.letters("received")
    assert write_weekday(delete_on, "en") in received["text"]

    warned_on = max(delete_on - 30 * DAY, asked_on)
    if warned_on > asked_on:
        person.at(warned_on - DAY, BEFORE)
        assert person.letters("deletion_warning") == []
    person.at(warned_on, time(12, 30))
    (warning,) = person.letters("deletion_warning")
    assert write_weekday(delete_on, "en") in warning["text"]

    person.at(delete_on - DAY, BEFORE)
    assert person.is_stored()
    assert person.service.get("/api/health").json()["oldest_overdue_deletion_days"] is None
    person.at(delete_on, AFTER)
    assert not person.is_stored()
    assert len(person.letters("deletion_warning")) == 1
    assert deletions(person.service) == 1


def test_nothing_that_is_left_names_the_person(person):
    person.ask(None)
    (letter,) = person.letters("received")
    person.at(date(2027, 11, 30), time(12))
    contact_free = str(items(person.service))

    assert person.reference in letter["text"]
    assert not [word for word in (*NAMES, person.reference) if word in contact_free]
    data_dir = person.service.data_dir
    kept = [file for file in data_dir.rglob("*") if file.is_file() and not {"inbox", "db"} & set(file.parts)]
    assert kept
    for file in kept:
        assert not [word for word in NAMES if word in file.read_text("utf-8")], file
    assert not [word for word in NAMES if word in person.service.log()]


def test_what_staff_record_moves_the_day_which_is_told(person):
    person.at(date(2026, 11, 21), time(12))
    person.ask(date(2025, 12, 10))

    recorded = {
        "took-part": (date(2026, 11, 2), date(2027, 11, 2)),
        "signed": (date(2024, 1, 15), date(2027, 1, 15)),
        "first-measure": (date(2024, 2, 1), date(2027, 2, 1)),
    }
    for what, (day, delete_on) in recorded.items():
        office(person.service.data_dir, what, person.reference, day.isoformat())
        assert write_weekday(delete_on, "en") in person.letters("deletion_day_changed")[-1]["text"]
    person.at(date(2026, 12, 10), AFTER)
    person.at(date(2027, 1, 31), BEFORE)
    assert person.is_stored()
    person.at(date(2027, 2, 1), AFTER)
    assert not person.is_stored()
    assert len(person.letters("deletion_day_changed")) == len(recorded)


def test_weeks_of_silence_are_caught_up(tmp_path):
    with start_service(tmp_path / "data", site=SITE) as service:
        person = Person(service)
        person.at(date(2026, 11, 21), time(12))
        person.ask(date(2025, 12, 10))
    (tmp_path / "data" / "clock").write_text(str(timedelta(days=60).total_seconds()))

    with start_service(tmp_path / "data", site=SITE) as service:
        person = Person(service)
        service.run("delete")
        assert not person.is_stored()


def test_the_data_protection_officer_hears_of_each_month_also_of_none(person):
    person.at(date(2026, 11, 21), time(12))
    person.at(date(2026, 12, 1), AFTER)
    person.ask(date(2025, 12, 10))
    person.at(date(2026, 12, 10), AFTER)
    person.at(date(2027, 1, 1), AFTER)

    october, november, december = person.letters("dpo_month")
    for letter in (october, november, december):
        assert letter["to"] == "privacy@forum-cai.example"
        assert not [word for word in NAMES if word in letter["text"]]
    assert re.search(r"\b0\b", november["text"])
    assert re.search(r"\b1\b", december["text"])
