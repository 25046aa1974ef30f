"""The door: the same answer for everybody, a way back that is never an address, and a cookie for https."""

import re

import pytest

from chalicelib.domain.errors import ConfigurationError
from chalicelib.web.desk import ways
from chalicelib.web.desk.cookie import Cookie
from chalicelib.web.request import Request
from chalicelib.wiring.staff import desk_users
from tests.staff import COLLEAGUE, OURS, USER, Staff, ask_for_link, sign_in


def ask(service, address, **fields):
    return service.post("/api/desk/en/sign-in", {"address": address, **fields}, headers=OURS)


@pytest.mark.engine
@pytest.mark.parametrize("way", ["", "7KPX-2M4Q", "audit"])
def test_the_answer_is_the_same_for_everybody(service, way):
    known, unknown = (ask(service, address, next=way) for address in (COLLEAGUE, f"a{way}@example.org"))

    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    assert known.headers.keys() == unknown.headers.keys()


@pytest.mark.engine
@pytest.mark.parametrize("address", ["", "   ", "nobody", f"{'a' * 250}@example.org"])
def test_what_is_no_address_is_asked_for_again(service, address):
    answer = ask(service, address, next="7KPX-2M4Q")

    assert answer.status_code == 422
    assert "Enter your e-mail address" in answer.text
    assert '<input type="hidden" name="next" value="7KPX-2M4Q">' in answer.text


@pytest.mark.engine
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_letter_to_staff_leads_to_its_request_through_the_door(service, language):
    sent = service.get(f"/api/desk/{language}/requests/7KPX-2M4Q", allow_redirects=False)
    door = sent.headers["Location"]
    assert (sent.status_code, door) == (303, f"/api/desk/{language}/sign-in?next=7KPX-2M4Q")
    assert 'name="next" value="7KPX-2M4Q"' in service.get(door).text

    link = ask_for_link(service, language, COLLEAGUE, "7KPX-2M4Q")
    entered = service.post(link, b"", headers=OURS, allow_redirects=False)

    assert entered.headers["Location"] == f"/api/desk/{language}/requests/7KPX-2M4Q"


@pytest.mark.engine
def test_a_link_opens_a_page_with_one_button_and_then_the_desk_once(service):
    link = ask_for_link(service, user=COLLEAGUE)
    for _ in range(3):
        opened = service.get(link)
        assert (opened.status_code, opened.text.count("<button"), COLLEAGUE in opened.text) == (200, 1, True)

    statuses = [service.post(link, b"", headers=OURS, allow_redirects=False).status_code for _ in range(2)]

    assert statuses == [303, 404]
    for over in (service.get(link), service.get(link[:-1] + "x")):
        assert (over.status_code, "This link no longer works" in over.text) == (404, True)


@pytest.mark.engine
def test_who_signs_out_has_to_sign_in_again(service):
    staff = sign_in(service, user=COLLEAGUE)
    out = staff.post("fr/sign-out")

    assert (out.status_code, out.headers["Location"]) == (303, "/api/desk/fr/sign-in")
    assert out.headers["Set-Cookie"].startswith("desk=; Max-Age=0;")
    assert "next=today" not in staff.get("fr/today").url
    assert staff.post("en/sign-out").status_code == 403


@pytest.mark.parametrize(
    "way",
    [
        "",
        "today/",
        "//elsewhere.example",
        "/api/desk/en/audit",
        "7KPX-2M4Q/..",
        "7kpx-2m4q",
        "sign-out",
    ],
)
def test_the_way_back_leads_nowhere_else(way):
    assert ways.path_of(ways.known(way), "fr") == "/api/desk/fr/today"


@pytest.mark.parametrize(("way", "path"), [("7KPX-2M4Q", "requests/7KPX-2M4Q"), ("audit", "audit"), ("today", "today")])
def test_the_way_back_is_a_reference_or_a_page(way, path):
    assert ways.path_of(ways.known(way), "en") == f"/api/desk/en/{path}"


def test_on_https_the_cookie_is_for_this_host_alone():
    cookie = Cookie("https://forum-cai.example")

    assert cookie.given("abc") == {
        "Set-Cookie": "__Host-desk=abc; Max-Age=28800; Path=/; HttpOnly; SameSite=Lax; Secure"
    }
    assert cookie.secret(Request({"cookie": "desk=one; __Host-desk=two"})) == "two"
    assert cookie.secret(Request({"cookie": "desk=one"})) == ""


@pytest.mark.parametrize("cookies", ["", "desk", "desk=", ";;=", 'desk="', "\x00"])
def test_cookies_that_cannot_be_read_are_none(cookies):
    assert Cookie("http://127.0.0.1").secret(Request({"cookie": cookies})) in ("", '"')


@pytest.mark.parametrize(
    ("given", "users"),
    [
        (USER, {USER}),
        (" Desk@Forum-CAI.example , second@example.org", {USER, "second@example.org"}),
    ],
)
def test_users_are_addresses_in_small_letters(monkeypatch, given, users):
    monkeypatch.setenv("CAI_DESK_USERS", given)

    assert desk_users() == users


@pytest.mark.parametrize("given", ["desk", "a@example.org,", "a@example.org;b@example.org", "a@b@c", "<a@example.org>"])
def test_malformed_users_are_named_in_a_sentence_that_quotes_none(monkeypatch, given):
    monkeypatch.setenv("CAI_DESK_USERS", given)

    with pytest.raises(ConfigurationError, match=r"^CAI_DESK_USERS must be mail addresses, separated by commas$"):
        desk_users()


def test_users_that_are_not_set_are_named(monkeypatch):
    monkeypatch.delenv("CAI_DESK_USERS", raising=False)

    with pytest.raises(ConfigurationError, match="CAI_DESK_USERS is not set"):
        desk_users()


@pytest.mark.engine
def test_a_page_for_nobody_shows_neither_menu_nor_user(service):
    page = Staff(service).get("en/today")

    assert re.search(r"<h1>Sign in at the desk</h1>", page.text)
    assert "desk-menu" not in page.text and USER not in page.text
