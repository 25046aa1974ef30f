"""Signatories are invited to an orientation day, and answer on the page of their letter: without JavaScript."""

import base64
import re
from itertools import count

import pytest

from tests.browser import follow
from tests.browser import page as opened
from tests.examples import body
from tests.journeys.form import Resident
from tests.journeys.looking import assert_accessible
from tests.local.test_failed_letters import FORM, office

pytestmark = [pytest.mark.browser, pytest.mark.engine]

TABLE = """id,kind,languages,capacity,waiting,published,start,end,place
{id},orientation,fr,1,1,yes,2027-09-18 13:30,2027-09-18 18:00,Hall of a test
"""
NUMBERS = count(1)
WIDTHS = (320, 1280)


@pytest.fixture
def day(service, tmp_path):
    """An orientation day with one seat and a line of one, planned as staff do."""
    name = f"journey-day-{next(NUMBERS)}"
    file = tmp_path / "sessions.csv"
    file.write_text(TABLE.format(id=name))
    office(service.data_dir, "plan", str(file))
    yield name
    office(service.data_dir, "cancel-session", name)


def signatory(service, name, language, day):
    email = f"{name}-{day}-{language}@example.org".lower()
    resident = Resident(f"{name} {language} {day}", language, email=email)
    form = body(first_name=resident.name, email=email, phone="")
    receipt = service.post(f"/api/{language}/appointments", form, headers=FORM).text
    reference = re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1]
    office(service.data_dir, "signed", reference, "2026-11-20")
    return resident


def letters(service, resident, kind):
    return [each for each in service.inbox() if (each["to"], each["kind"]) == (resident.email, kind)]


class Reader:
    """Somebody at the page of their invitation; `other` is a window with JavaScript, which the check needs."""

    def __init__(self, service, page, other, resident):
        self.page, self.other, self.resident = page, other, resident
        (letter,) = letters(service, resident, "invitation")
        page.goto(re.search(r"^\S+/invitations/\S+$", letter["text"], re.MULTILINE)[0])
        self.look()

    def press(self, act):
        follow(self.page.locator(f"button[value={act}]"))
        self.look()

    def look(self):
        self.other.goto(self.page.url)
        for width in WIDTHS:
            self.other.set_viewport_size({"width": width, "height": 740})
            assert_accessible(self.other)

    def reads(self, sentence):
        return self.resident.says(sentence) in " ".join(self.resident.reads(self.page.locator("main")))


def test_one_accepts_and_has_the_file_another_waits_and_a_third_declines(service, browser, language, day):
    first, second, third = (signatory(service, name, language, day) for name in ("Prima", "Secunda", "Tertia"))
    office(service.data_dir, "invite", day)

    with opened(browser, java_script_enabled=False) as page, opened(browser) as other:
        reader = Reader(service, page, other, first)
        page.check("#needs-large-print")
        reader.press("accept")
        assert reader.reads("Your place is reserved.")
        (letter,) = letters(service, first, "reserved")
        (file,) = letter["attachments"]
        assert "DTSTART;TZID=Europe/Luxembourg:20270918T133000" in base64.b64decode(file["content"]).decode()

        reader = Reader(service, page, other, second)
        assert reader.reads("All places are taken. You can go on the waiting list.")
        reader.press("accept")
        assert reader.reads("Your position on the waiting list now:")

        reader = Reader(service, page, other, third)
        assert reader.reads("All places are taken, and the waiting list is full.")
        reader.press("decline")
        assert page.locator("button[value=decline]").count() == 0

        reader = Reader(service, page, other, first)
        reader.press("decline")
        assert reader.reads("You have cancelled: we no longer keep a place for you.")
        assert letters(service, second, "placed")
