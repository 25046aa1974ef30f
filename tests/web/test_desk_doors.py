"""Every route of the desk, as the app itself lists them: nobody gets in who is not signed in, and nothing changes."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import app
import boto3
import pytest

from chalicelib.domain.desk import DeskSession, session_mark
from chalicelib.storage.dynamo import Table
from chalicelib.storage.sign_ins import of_session
from chalicelib.web.desk.contents import CONTENTS
from chalicelib.web.headers import EVERY_API_ANSWER
from tests.examples import NOW, body
from tests.service import start_service
from tests.staff import FORM, OURS, USER, Staff, a_secret, ask_for_link, sign_in, stored

pytestmark = pytest.mark.engine

DOOR = {"/desk/{lang}/sign-in", "/desk/{lang}/sign-in/{token}"}
BARE = "/desk"  # leads to the first page, whoever asks
DESK = [(path, method) for path, methods in app.app.routes.items() for method in methods if path.startswith(BARE)]
ROUTES = [each for each in DESK if each != (BARE, "GET")]
GUARDED = [each for each in ROUTES if each[0] not in DOOR]
POSTS = [path for path, method in ROUTES if method == "POST"]
ACTS = sorted({act for page in CONTENTS.values() for act in page.acts} | {"leave", "enter", ""})
STRANGE = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour": {"Sec-Fetch-Site": "same-site", "Origin": "https://other.forum-cai.example"},
    "another origin": {"Origin": "https://elsewhere.example"},
    "no origin": {"Origin": "null"},
    "neither header": {"Accept": "*/*"},
}
named = pytest.mark.parametrize(("path", "method"), GUARDED, ids=[f"{method} {path}" for path, method in GUARDED])


class Office:
    """A service with a request by phone, a failed wish to sign in, and sessions of every kind that is none."""

    def __init__(self, service):
        self.service = service
        self.staff, self.out = sign_in(service), sign_in(service)
        self.out.post("en/sign-out")
        self.link = ask_for_link(service)
        receipt = service.post("/api/en/appointments", body(first_name="Ianua", email=None), headers=FORM).text
        self.reference = re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1]
        self.nobodies = {
            "nobody": "",
            "forged": a_secret(),
            "malformed": 'x"; desk="y',
            "signed out": self.out.secret,
            "expired": self.session(USER, NOW - timedelta(seconds=1)),
            "no user any more": self.session("left@forum-cai.example", NOW + timedelta(hours=1)),
        }

    def session(self, user, expires_at):
        """The secret of a session that stands in the table."""
        secret = a_secret()
        lines = (self.service.data_dir / "service.env").read_text("utf-8").splitlines()
        url = next(line.split("=", 1)[1] for line in lines if line.startswith("AWS_ENDPOINT_URL_DYNAMODB"))
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "eu-central-1"}
        table = Table(boto3.client("dynamodb", endpoint_url=url, **keys), "forum-cai")
        table.add(of_session(DeskSession(session_mark(secret), user, expires_at)))
        return secret

    def address(self, path, language="en"):
        """An address of the desk as `Staff` takes it; a link that opens the desk stands for a token."""
        filled = path.format(
            lang=language,
            reference=self.reference,
            token=self.link.rpartition("/")[2],
            session_id="example-1",
            month="2026-11",
        )
        return filled.removeprefix("/desk/")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with start_service(tmp_path_factory.mktemp("doors") / "data") as service:
        yield Office(service)


def forms(office):
    """A post for each act that any page of the desk knows."""
    return [urlencode({"act": act, "reference": office.reference, "address": USER}).encode() for act in ACTS]


def test_the_desk_has_routes_and_only_its_door_is_open():
    assert len(GUARDED) >= 5
    assert (BARE, "GET") in DESK
    assert {path for path, _ in ROUTES} >= DOOR


@pytest.mark.parametrize("address", ["/api/desk", "/api/desk/"])
def test_the_bare_address_leads_everybody_to_the_first_page_and_changes_nothing(office, address):
    before = stored(office.service)

    for cookie in ("", office.staff.secret, office.nobodies["malformed"]):
        answer = office.service.get(address, headers={"Cookie": f"desk={cookie}"}, allow_redirects=False)
        assert (answer.status_code, answer.headers["Location"], answer.text) == (303, "/api/desk/fr/today", "")
        assert EVERY_API_ANSWER.items() <= dict(answer.headers).items()
        assert "Set-Cookie" not in answer.headers
    assert office.service.post(address, b"act=leave", headers=OURS).status_code == 405

    assert stored(office.service) == before


@pytest.mark.parametrize("who", ["nobody", "forged", "malformed", "signed out", "expired", "no user any more"])
@named
def test_who_is_not_signed_in_is_refused_and_nothing_changes(office, who, path, method):
    staff, before = Staff(office.service, office.nobodies[who]), stored(office.service)
    address = office.address(path)

    if method == "GET":
        answer = staff.get(address, allow_redirects=False)
        assert answer.status_code == 303
        assert re.fullmatch(r"/api/desk/en/sign-in(\?next=[\w/-]+)?", answer.headers["Location"])
    else:
        assert {staff.post(address, form).status_code for form in forms(office)} == {403}

    assert stored(office.service) == before


@pytest.mark.parametrize("headers", STRANGE.values(), ids=STRANGE.keys())
@pytest.mark.parametrize("path", POSTS)
def test_a_post_that_no_page_of_ours_sent_is_refused_whoever_is_signed_in(office, path, headers):
    before = stored(office.service)

    answers = [office.staff.post(office.address(path), form, **headers) for form in forms(office)]

    assert {answer.status_code for answer in answers} == {403}
    assert not any("Set-Cookie" in answer.headers for answer in answers)
    assert stored(office.service) == before


@pytest.mark.parametrize("language", ["de", "lb", "xx"])
@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_the_desk_speaks_french_and_english_alone(office, path, method, language):
    before, address = stored(office.service), office.address(path, language)

    answer = office.staff.get(address) if method == "GET" else office.staff.post(address, b"address=a@example.org")

    assert answer.status_code == 404
    assert stored(office.service) == before


@pytest.mark.parametrize("who", ["staff", "nobody"])
@pytest.mark.parametrize("path", [path for path, method in ROUTES if method == "GET"])
def test_opening_a_page_changes_nothing(office, path, who):
    staff = office.staff if who == "staff" else Staff(office.service)
    before = stored(office.service)

    for _ in range(2):
        assert staff.get(office.address(path)).status_code == 200

    assert stored(office.service) == before


def test_who_is_signed_in_gets_in(office):
    opened = [path for path, method in GUARDED if method == "GET"]

    assert {office.staff.get(office.address(path), allow_redirects=False).status_code for path in opened} == {200}
    assert office.staff.post("en/today", b"act=").headers["Location"] == "/api/desk/en/today"


def test_no_log_names_an_address_or_a_secret(office):
    for path, method in GUARDED:
        staff = office.staff if method == "GET" else Staff(office.service)
        staff.get(office.address(path)) if method == "GET" else staff.post(office.address(path))
    log = office.service.log()

    assert "/desk/{lang}/today" in log
    for private in (USER, "left@forum-cai", office.staff.secret, office.link.rpartition("/")[2], "Ianua"):
        assert private not in log


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(office):
    entered = office.service.post(ask_for_link(office.service), b"act=enter", headers=OURS, allow_redirects=False)

    assert re.fullmatch(
        r"desk=[0-9a-f]{64}; Max-Age=28800; Path=/; HttpOnly; SameSite=Lax", entered.headers["Set-Cookie"]
    )
    assert entered.headers["Cache-Control"] == "no-store"
