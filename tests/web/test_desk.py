"""What staff see at the desk, and what its buttons do."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.words.catalogues import words
from tests.examples import body
from tests.service import start_service
from tests.staff import FORM, USER, sign_in

pytestmark = pytest.mark.engine
LANGUAGES = ("fr", "en")


class Desk:
    """A service of its own, since what waits is shown to all, and its staff."""

    def __init__(self, service):
        self.service, self.staff = service, sign_in(service)

    def ask(self, name, **changes):
        receipt = self.service.post("/api/lb/appointments", body(first_name=name, **changes), headers=FORM).text
        return re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1]

    def phone_only(self, name, number):
        return self.ask(name, email=None, phone=f"621 000 {number}", matricule=None)

    def today(self, language="en"):
        return self.staff.get(f"{language}/today").text

    def form_of(self, reference):
        """What the form of a call posts."""
        (form,) = [each for each in re.findall(r"<form.*?</form>", self.today(), re.DOTALL) if reference in each]
        return [
            ("reference", reference),
            *(("seen", each) for each in re.findall(r'name="seen" value="([^"]+)"', form)),
        ]

    def press(self, reference, act, **fields):
        return self.staff.post("en/today", [*self.form_of(reference), ("act", act), *fields.items()])

    def section(self, heading, language="en"):
        """The part of the page under a heading."""
        page = self.today(language)
        return page.split(f"<h2>{words(language).gettext(heading)}</h2>")[1].split("<h2>")[0]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with start_service(tmp_path_factory.mktemp("desk") / "data") as service:
        yield Desk(service)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_by_phone_is_a_new_request_and_a_call(desk, language):
    reference = desk.phone_only(f"Vocata {language}", "101")

    for heading in ("Calls to make", "New requests"):
        shown = desk.section(heading, language)
        assert f'<a href="/api/desk/{language}/requests/{reference}"' in shown
        assert f"Vocata {language} Fictiva" in shown
        assert "+352 621 000 101" in shown
    assert words(language).gettext("Luxembourgish") in shown


def test_who_was_told_is_no_call_any_more_and_it_is_kept_who_said_so(desk):
    reference = desk.phone_only("Dicta", "102")

    done = desk.press(reference, "told")

    assert (done.status_code, done.headers["Location"]) == (303, "/api/desk/en/today")
    assert reference not in desk.section("Calls to make")
    assert reference in desk.section("New requests")
    audit = desk.staff.get("en/audit").text
    assert re.search(rf"{USER}.*?told by phone.*?{reference}", audit, re.DOTALL)


def test_who_was_not_reached_is_shown_with_the_number_of_calls(desk):
    reference = desk.phone_only("Absens", "103")
    for _ in range(2):
        assert desk.press(reference, "not-reached").status_code == 303

    assert "not reached so far: 2" in desk.section("Calls to make")


def test_a_press_twice_says_that_it_changed_and_does_nothing_more(desk):
    reference = desk.phone_only("Bis", "104")
    form = [*desk.form_of(reference), ("act", "not-reached")]

    statuses = [desk.staff.post("en/today", form).status_code for _ in range(2)]

    assert statuses == [303, 409]
    second = desk.staff.post("fr/today", form)
    assert 'role="alert"' in second.text
    assert words("fr").gettext("There is a problem") in second.text
    assert "<title>Erreur" in second.text


@pytest.mark.parametrize("day", ["", "tomorrow", "2020-01-01", "9999-12-31", "2026-13-40"])
def test_a_call_is_not_put_off_to_just_any_day(desk, day):
    reference = desk.phone_only(f"Serius {day}", "105")

    refused = desk.press(reference, "later", day=day)

    assert refused.status_code == 422
    assert "Choose tomorrow or a later day" in refused.text
    assert reference in desk.section("Calls to make")


def test_a_call_comes_back_on_the_day_that_was_chosen(tmp_path):
    with start_service(tmp_path / "data") as service:
        desk = Desk(service)
        reference = desk.phone_only("Cras", "106")
        now = datetime.fromisoformat(service.get("/_local/clock").json()["now"]).astimezone(UTC)
        in_two_days = (now + timedelta(days=2)).date().isoformat()

        assert desk.press(reference, "later", day=in_two_days).status_code == 303
        assert reference not in desk.section("Calls to make")

        service.advance("P3D")
        desk.staff = sign_in(service)
        assert reference in desk.section("Calls to make")


def test_who_waits_for_long_is_marked_in_words(tmp_path):
    with start_service(tmp_path / "data") as service:
        early = Desk(service).ask("Diu", email="diu@example.org")
        service.advance("P6D")
        desk = Desk(service)
        late = desk.ask("Modo", email="modo@example.org", phone="621 000 107")

        for language in LANGUAGES:
            items = desk.section("New requests", language).split('<div class="item')[1:]
            waits = words(language).ngettext(
                "Has waited for more than %(days)s day", "Has waited for more than %(days)s days", 5
            ) % {"days": 5}
            marked = [(early in item, late in item, waits in item) for item in items]
            assert marked == [(True, False, True), (False, True, False)]


def test_a_correction_is_listed_and_its_request_shows_what_differs(desk):
    first = desk.ask("Mutans", email="mutans@example.org", message="First words")
    second = desk.ask("Mutans", email="mutans@example.org", phone="621 000 108", message="Other <b>words</b>")

    assert second in desk.section("Changes to confirm")
    page = desk.staff.get(f"en/requests/{second}").text
    assert first in page and second in page
    assert "now “+352 621 000 108”, before “+352 621 000 000”" in page
    assert "First words" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_shows_the_person_and_what_was_written_but_no_number(desk, language):
    reference = desk.ask(f"Visa {language}", email=f"visa-{language}@example.org", message="<script>A & B</script>")
    desk.service.run("deliver")

    page = desk.staff.get(f"{language}/requests/{reference}").text

    gettext = words(language).gettext
    assert f"<h1>{gettext('Request %(reference)s') % {'reference': reference}}</h1>" in page
    assert f"visa-{language}@example.org" in page and "&lt;script&gt;A &amp; B&lt;/script&gt;" in page
    for said in ("waits for an answer", "has been told", "The request has arrived"):
        assert gettext(said) in page
    assert "1990093012358" not in page
    assert gettext("A social security number was given. It is stored sealed.") in page


@pytest.mark.parametrize("reference", ["7KPX-2M4Q", "7kpx-2m4q", "x", "%00"])
def test_a_reference_of_nobody_is_said_in_the_frame_of_the_desk(desk, reference):
    page = desk.staff.get(f"en/requests/{reference}")

    assert (page.status_code, "Nothing is stored under this reference" in page.text) == (404, True)
    assert "Sign out" in page.text


@pytest.mark.parametrize(
    "fields", [b"", b"act=nothing", b"act=told", b"act=send-again&reference=%00", b"\xff", b"a=b&" * 200]
)
def test_no_post_of_somebody_signed_in_breaks_the_desk(desk, fields):
    assert desk.staff.post("en/today", fields).status_code in (303, 400, 409)


@pytest.mark.parametrize("month", ["", "2026-13", "1999-01", "2026-11'", "2031-02"])
def test_the_audit_shows_a_month_whatever_is_asked_for(desk, month):
    page = desk.staff.get(f"fr/audit?month={month}")

    assert (page.status_code, "<h1>" in page.text) == (200, True)


def test_the_audit_leads_to_the_month_before(desk):
    page = desk.staff.get("en/audit?month=2027-01").text

    assert "January 2027" in page
    assert 'href="/api/desk/en/audit?month=2026-12"' in page


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_each_page_changes_its_language_and_keeps_its_place(desk, language, other):
    for way in ("today", "audit", "requests/7KPX-2M4Q"):
        page = desk.staff.get(f"{language}/{way}").text
        assert f'href="/api/desk/{other}/{way}"' in page
        assert len(re.findall(r'lang="(?:fr|en|de|lb)" hreflang', page)) == 2
        assert f'<html lang="{language}"' in page
