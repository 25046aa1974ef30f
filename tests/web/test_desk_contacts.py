"""The page of a contact at the desk: what the rules allow is recorded, what they do not is explained."""

import html
import re
from datetime import timedelta

import pytest

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.words import desk, privacy
from chalicelib.words.catalogues import words
from tests.examples import NOW, body
from tests.staff import FORM, sign_in

pytestmark = pytest.mark.engine

TODAY = day_in_luxembourg(NOW)
DAY = timedelta(days=1)


class Contact:
    """Somebody of the staff at the page of a person who has just asked for an appointment."""

    def __init__(self, service, staff, name, **changes):
        self.service, self.staff, self.mail = service, staff, f"{name.casefold()}@example.org"
        sent = body(**{"first_name": name, "email": self.mail, "phone": None, **changes})
        receipt = service.post("/api/fr/appointments", sent, headers=FORM).text
        self.reference = re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1]

    def page(self, language="en"):
        return plain(self.staff.get(f"{language}/contacts/{self.reference}").text)

    def seen(self):
        return re.search(r'name="seen" value="([^"]+)"', self.page())[1]

    def post(self, act, seen=None, **fields):
        form = {"act": act, "seen": seen or self.seen(), **fields}
        return self.staff.post(f"en/contacts/{self.reference}", form)

    def done(self, act, **fields):
        answer = self.post(act, **fields)
        assert answer.status_code == 303, answer.text
        return self.page()

    def refused(self, act, sentence, **fields):
        """The page that says so."""
        answer = self.post(act, **fields)
        said = plain(answer.text)
        assert (answer.status_code, sentence in said.split("<h1")[0]) == (422, True)
        return said

    def letters(self, kind):
        return [each for each in self.service.inbox() if (each["kind"], each["to"]) == (kind, self.mail)]


def plain(page):
    """A page without what only the browser sees."""
    return html.unescape(page).replace("\u00ad", "")


@pytest.fixture(scope="module")
def staff(service):
    return sign_in(service, user="desk-2@forum-cai.example")


def days_ago(number):
    return (TODAY - number * DAY).isoformat()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "the data is deleted one year after the"), ("fr", "les données sont effacées un an après la")],
)
def test_the_day_of_deletion_is_explained_about_the_person(service, staff, language, said):
    page = Contact(service, staff, f"Explicata-{language}").page(language)

    assert said in page
    assert "your data" not in page and "vos données" not in page


def test_every_rule_of_the_day_of_deletion_is_explained_to_staff_too():
    assert desk.RULES.keys() == privacy.RULES.keys()


def test_signing_moves_the_day_of_deletion_and_the_person_is_told(service, staff):
    contact = Contact(service, staff, "Signatus")

    contact.done("took-part", day=days_ago(30))
    assert len(contact.letters("deletion_day_changed")) == 1  # told before the day moves again
    page = contact.done("signed", day=TODAY.isoformat())

    assert "Has signed the contract" in page
    assert f"{TODAY.year + 3}" in re.search(r"Deleted on:.*?</strong>", page, re.DOTALL)[0]
    assert len(contact.letters("deletion_day_changed")) == 2
    audit = staff.get("en/audit").text
    assert re.search(rf"recorded the signing of a contract.*?{contact.reference}", audit, re.DOTALL)


def test_what_was_recorded_by_mistake_is_taken_back(service, staff):
    contact = Contact(service, staff, "Erratus")
    contact.done("signed", day=TODAY.isoformat())

    page = contact.done("not-signed")
    assert "Has signed the contract" not in page
    assert 'value="not-signed"' not in page

    contact.done("took-part", day=days_ago(3))
    assert "not recorded" in contact.done("not-taken-part")


def test_a_course_goes_its_way_from_the_first_voucher_to_the_validation(service, staff):
    contact = Contact(service, staff, "Cursor")
    assert "Voucher 1" not in contact.done("signed", day=days_ago(100))

    assert "Voucher 1" in contact.done("issue", day=days_ago(100))
    contact.done("use", voucher="1", language="fr", registered=days_ago(90), begins=days_ago(80))
    page = contact.done("complete", voucher="1", day=days_ago(10), attendance="75")
    assert "Not allowed – There is no copy of the certificate of the language course." in page
    page = contact.done("certify", kind="course", voucher="1")
    assert "team decides – The conditions for another voucher are met." in page

    page = contact.refused("issue", "If it has decided so, tick the box", day=TODAY.isoformat())
    assert 'name="decided"' in page
    assert "Voucher 2" in contact.done("issue", day=TODAY.isoformat(), decided="yes")
    contact.refused("certify", "tick the box", kind="validation")
    assert re.search(
        r"Validation of the contract</h3>\s*<p>Recorded", contact.done("certify", kind="validation", decided="yes")
    )


def test_what_the_rules_do_not_allow_is_explained_and_not_offered(service, staff):
    contact = Contact(service, staff, "Vetitus")
    assert 'value="issue"' not in contact.page()

    contact.refused("issue", "The contract was not signed by that day.", day=TODAY.isoformat())
    contact.refused("signed", "This day is still to come.", day=(TODAY + DAY).isoformat())
    contact.refused("signed", "Give a day", day="2026-02-30")
    page = contact.done("signed", day=days_ago(5))
    assert "Not allowed – No orientation day was attended since the contract was signed." in page
    contact.refused("certify", "No orientation day was attended", kind="orientation")
    contact.refused("certify", "Give a day", kind="unheard of")
    contact.refused("first-measure", "The contract was not signed by that day.", day=days_ago(6))
    contact.refused(
        "use", "There is no such voucher.", voucher="7", language="fr", registered=days_ago(1), begins=days_ago(1)
    )
    contact.done("issue", day=days_ago(5))
    contact.refused(
        "use", "Vouchers are for courses", voucher="1", language="xx", registered=days_ago(1), begins=days_ago(1)
    )
    contact.refused("complete", "has not been used", voucher="1", day=days_ago(1), attendance="70")
    contact.refused("complete", "Give a day, and a number", voucher="1", day=days_ago(1), attendance="1e9")
    contact.refused("not-signed", "would be older than it")
    contact.refused(
        "use", "The contract has ended.", voucher="1", language="fr", registered=days_ago(1), begins="9990-01-01"
    )


def test_the_number_is_shown_once_to_who_asks_and_it_is_noted(service, staff):
    contact = Contact(service, staff, "Signata", matricule="1990 0930 123 58")
    number = "1990093012358"
    assert number not in contact.page()

    answer = contact.post("unseal")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert f">{number}</strong>" in answer.text
    assert number not in contact.page()
    assert re.search(
        rf"looked at a social security number.*?{contact.reference}", staff.get("en/audit").text, re.DOTALL
    )
    assert number not in service.log()


def test_where_no_number_is_stored_none_is_shown_or_noted(service, staff):
    contact = Contact(service, staff, "Innumerata", matricule=None)

    assert 'value="unseal"' not in contact.page()
    assert contact.post("unseal").status_code == 200
    newest = staff.get("en/audit").text.split("<tbody>")[1].split("</tr>")[0]
    assert contact.reference not in newest


PERSON = {"first_name": "Recta", "surname": "Fictiva", "phone": "621 000 301", "letters_in": "de"}


def test_who_a_person_is_can_be_corrected(service, staff):
    contact = Contact(service, staff, "Perversa")

    page = contact.done("correct", **PERSON, email="recta@example.org")

    assert "<strong><bdi>Recta</bdi></strong>" in page and "German" in page
    (link,) = [each for each in service.inbox() if (each["kind"], each["to"]) == ("link", "recta@example.org")]
    assert link["lang"] == "de"
    wrong = contact.refused("correct", "Check what is marked", **{**PERSON, "phone": "12", "email": "x"})
    assert 'value="Recta"' in wrong and wrong.count('class="error"') == 2


def test_nobody_is_given_the_data_of_somebody_else(service, staff):
    first, second = (Contact(service, staff, name) for name in ("Prima", "Secunda"))

    answer = second.post("correct", **{**PERSON, "first_name": "Prima", "phone": ""}, email=first.mail)

    assert answer.status_code == 409
    assert "another person is stored with this name" in plain(answer.text)
    assert "Secunda" in second.page()


def test_all_data_of_a_person_is_deleted_when_staff_say_so(service, staff):
    contact = Contact(service, staff, "Delenda")
    seen = contact.seen()

    answer = contact.post("erase", seen)

    assert (answer.status_code, "Gone at the latest on:" in answer.text) == (200, True)
    assert staff.get(f"en/contacts/{contact.reference}").status_code == 404
    assert contact.post("erase", seen).status_code == 404
    assert re.search(rf"had all data of a person deleted.*?{contact.reference}", staff.get("en/audit").text, re.DOTALL)


def test_a_stale_form_is_refused_with_what_has_changed(service, staff):
    contact = Contact(service, staff, "Tardus")
    seen = contact.seen()
    contact.done("signed", day=TODAY.isoformat())

    answer = contact.post("took-part", seen, day=TODAY.isoformat())

    summary = plain(answer.text).split("<h1")[0]
    assert answer.status_code == 409
    assert re.search(rf"Contract signed – now “[^”]*{TODAY.year}”, before “–”", summary)
    assert "not-taken-part" not in contact.page()


def test_the_same_press_twice_records_once(service, staff):
    contact = Contact(service, staff, "Bis")
    seen = contact.seen()

    assert [contact.post("signed", seen, day=TODAY.isoformat()).status_code for _ in range(2)] == [303, 303]

    assert len(contact.letters("deletion_day_changed")) == 1


@pytest.mark.parametrize("reference", ["NONE-2222", "x", "7KQ2-M9X"])
def test_a_reference_that_leads_nowhere_is_said(staff, reference):
    assert staff.get(f"fr/contacts/{reference}").status_code == 404
    assert (
        staff.post(f"fr/contacts/{reference}", {"act": "signed", "seen": "1", "day": "2026-01-01"}).status_code == 404
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_request_leads_to_the_contact_and_back(service, staff, language):
    contact = Contact(service, staff, f"Ambulator {language}")

    request = staff.get(f"{language}/requests/{contact.reference}").text

    assert f'href="/api/desk/{language}/contacts/{contact.reference}"' in request
    assert words(language).gettext("All about this person, contract and vouchers") in plain(request)
    assert f'href="/api/desk/{language}/requests/{contact.reference}"' in contact.page(language)
