"""Two contacts of one person at the desk: found, compared, put together by a press, and told to the person."""

import re

import pytest

from chalicelib.words.catalogues import words
from tests.staff import sign_in
from tests.web.test_desk_contacts import Contact, plain

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def staff(service):
    return sign_in(service, user="desk-2@forum-cai.example")


class Pair:
    """Somebody who asked by mail, and then by phone under another surname; the first request was withdrawn."""

    def __init__(self, service, staff, name, **changes):
        self.service, self.staff = service, staff
        self.gone = Contact(service, staff, name, matricule=None)
        token = re.search(r"/api/fr/my/(\S+)", self.gone.letters("received")[-1]["text"])[1]
        self.own_page = f"/api/fr/my/{token}"
        staff.post(f"en/requests/{self.gone.reference}", {"act": "cancel", "seen": self.seen_of_request()})
        changed = {"surname": "Novella", "phone": "621 000 401", **changes}
        self.kept = Contact(service, staff, name, **changed)

    def seen_of_request(self):
        page = self.staff.get(f"en/requests/{self.gone.reference}").text
        return re.search(r'name="seen" value="([^"]+)"', page)[1]

    @property
    def address(self):
        return f"en/contacts/{self.kept.reference}/merge"

    def post(self, act, **fields):
        return self.staff.post(self.address, {"act": act, **fields})

    def compared(self):
        return self.post("compare", other=self.gone.reference)

    def form(self):
        hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', self.compared().text.split("Put both")[0])
        return dict(hidden)


def row(page, label):
    """The cells of a line, as they are read."""
    found = re.search(rf'<th scope="row">{label}</th>(.*?)</tr>', plain(page), re.DOTALL)[1]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", found, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_one_person_is_found_compared_and_put_together(service, staff):
    pair = Pair(service, staff, "Gemina", email=None)
    assert f'href="/api/desk/en/contacts/{pair.kept.reference}/merge"' in pair.kept.page()

    found = pair.post("find", sought=pair.gone.reference).text
    assert row(found, "Surname") == ["Novella", "Fictiva", "Novella"]
    assert row(found, "E-mail") == ["not given", pair.gone.mail, pair.gone.mail]
    assert row(found, "Social security number") == ["stored, sealed", "not given", "stored, sealed"]
    answer = pair.post("merge", **pair.form())

    assert answer.headers["Location"] == f"/api/desk/en/contacts/{pair.kept.reference}"
    page = pair.kept.page()
    assert pair.gone.mail in page and "Novella" in page
    assert "Contact" in pair.gone.page() and pair.gone.mail in pair.gone.page()
    (told,) = pair.gone.letters("merged")
    first = words("fr").gettext("We had stored you twice, and have put both together.")
    assert first in " ".join(told["text"].split())
    own_page = re.search(r"/api/fr/my/\S+", told["text"])[0]
    assert service.get(own_page).status_code == 200
    assert service.get(pair.own_page).status_code == 404
    service.run("delete")
    assert service.get(pair.own_page).status_code == 404
    assert re.search(
        rf"put two contacts of a person together.*?{pair.kept.reference}", staff.get("en/audit").text, re.S
    )


def test_a_stale_page_is_refused_with_what_has_changed(service, staff):
    pair = Pair(service, staff, "Tarda")
    form = pair.form()
    pair.gone.done("took-part", day="2026-01-02")

    answer = pair.post("merge", **form)

    summary = plain(answer.text).split("<h1")[0]
    assert answer.status_code == 409
    assert f"{pair.gone.reference}: Took part in an information session – now" in summary
    assert pair.gone.letters("merged") == [] and pair.gone.mail in pair.gone.page()
    assert pair.post("merge", **pair.form()).status_code == 303


def test_what_stands_against_it_is_said_and_no_button_is_there(service, staff):
    first, second = (
        Contact(service, staff, name, email=f"{name.casefold()}@example.org") for name in ("Una", "Altera")
    )
    address = f"en/contacts/{first.reference}/merge"

    page = staff.post(address, {"act": "compare", "other": second.reference})

    assert page.status_code == 200
    assert "Both have an open request for an appointment." in page.text
    assert 'value="merge"' not in page.text
    form = {"act": "merge", "other": second.reference}
    assert staff.post(address, form).status_code == 409
    same = staff.post(address, {"act": "compare", "other": first.reference}).text
    assert "Both references lead to the same contact." in same


@pytest.mark.parametrize("other", ["", "x", "2222-222Z", "../../today"])
def test_another_that_is_nobody_is_said(service, staff, other):
    contact = Contact(service, staff, f"Sola {len(other)}")
    address = f"fr/contacts/{contact.reference}/merge"

    for act, field in (("find", "sought"), ("compare", "other"), ("merge", "other")):
        answer = staff.post(address, {"act": act, field: other})
        assert answer.status_code == 422
    assert staff.get("fr/contacts/2222-222Z/merge").status_code == 404
    assert staff.post("fr/contacts/2222-222Z/merge", {"act": "merge", "other": contact.reference}).status_code == 404


def test_several_who_are_found_are_offered_without_the_one_at_hand(service, staff):
    people = [Contact(service, staff, name, surname="Trigemina") for name in ("Ana", "Bea", "Cea")]

    page = staff.post(f"en/contacts/{people[0].reference}/merge", {"act": "find", "sought": "trige"}).text

    offered = re.findall(r'name="other" value="([^"]+)"', page)
    assert sorted(offered) == sorted(each.reference for each in people[1:])
