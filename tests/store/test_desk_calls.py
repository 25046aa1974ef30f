"""How often a page of the desk asks the table: at most five times and never for everything, however much is stored.

`make bench ONLY=desk` holds it for 10,000 contacts and 500 sessions.
"""

import app
import pytest

from local.settings import TABLE
from tests.busy_office import CALLS, INVITED, NOW, ONE, REQUESTS, fill
from tests.desk_here import desk_here

pytestmark = pytest.mark.engine

MOST_CALLS = 5
# Each page as its route names it: an address with `{reference}` and `{token}`, and words that show it is that page.
PAGES = {
    "/desk/{lang}/sign-in": [("sign-in", "Send me a link")],
    "/desk/{lang}/sign-in/{token}": [("sign-in/{token}", "desk@forum-cai.example")],
    "/desk/{lang}/today": [("today", "Calls to make")],
    "/desk/{lang}/find": [("find", "Find somebody")],
    "/desk/{lang}/audit": [("audit", "What was done")],
    "/desk/{lang}/months/{month}": [
        ("months/2026-11", "Forms received"),
        ("months/2026-11?as=csv", "What staff did,"),
    ],
    "/desk/{lang}/requests/new": [("requests/new", "Store this request")],
    "/desk/{lang}/requests/{reference}": [("requests/{reference}", "has a date")],
    "/desk/{lang}/contacts/{reference}": [("contacts/{reference}", ONE.surname)],
    "/desk/{lang}/contacts/{reference}/merge": [("contacts/{reference}/merge", "Which is the other?")],
    "/desk/{lang}/sessions": [("sessions", "New session"), ("sessions?kind=slot", "New session")],
    "/desk/{lang}/sessions/new": [("sessions/new", "New session"), ("sessions/new?like=day", "New session")],
    "/desk/{lang}/sessions/{session_id}": [("sessions/info", "Persona 1000"), ("sessions/day", "Persona 2000")],
    "/desk/{lang}/sessions/{session_id}/change": [("sessions/info/change", "Change the session")],
    "/desk/{lang}/sessions/{session_id}/cancel": [("sessions/info/cancel", "Cancel this session?")],
    "/desk/{lang}/sessions/{session_id}/sign-up": [("sessions/info/sign-up", "Sign the person up")],
    "/desk/{lang}/sessions/{session_id}/sheet": [("sessions/day/sheet", "Persona 2000")],
}


@pytest.fixture(scope="module")
def desk(roto, tmp_path_factory):
    """The desk of a busy office, and a reference of somebody with an appointment, letters and sessions attended."""
    with desk_here(roto, tmp_path_factory.mktemp("desk") / "data", NOW) as here:
        yield here, fill(here.client, TABLE, here.office, contacts=200, sessions=50)


def test_every_page_of_the_desk_is_counted():
    routes = {path for path, methods in app.app.routes.items() if path.startswith("/desk/") and "GET" in methods}

    assert PAGES.keys() == routes


def test_the_bare_address_of_the_desk_asks_for_nothing(desk):
    here, _ = desk

    led = here.get("")

    assert (led.status, led.calls) == (303, ())


@pytest.mark.parametrize(("address", "shown"), [page for pages in PAGES.values() for page in pages])
def test_a_page_asks_few_times_and_never_for_everything(desk, address, shown):
    here, reference = desk

    token = here.token(NOW) if "{token}" in address else ""
    page = here.get("en/" + address.format(reference=reference, token=token))

    assert (page.status, shown in page.text) == (200, True)
    assert len(page.calls) <= MOST_CALLS, page.calls
    assert "Scan" not in page.calls


@pytest.mark.parametrize(
    ("sought", "shown"),
    [(ONE.email, ONE.email), (ONE.phone, ONE.email), ("multus", "Only the first 50"), ("2222-222A", "Nobody")],
    ids=["mail", "phone", "surname", "reference"],
)
def test_who_looks_somebody_up_asks_few_times_and_never_for_everything(desk, sought, shown):
    page = desk[0].post("en/find", act="find", sought=sought)

    assert (page.status, shown in page.text) == (200, True)
    assert len(page.calls) <= MOST_CALLS, page.calls
    assert "Scan" not in page.calls


def test_who_compares_two_contacts_asks_few_times_and_never_for_everything(desk):
    here, reference = desk

    page = here.post(f"en/contacts/{reference}/merge", act="compare", other=reference)

    assert (page.status, "Both references lead to the same contact." in page.text) == (200, True)
    assert len(page.calls) <= MOST_CALLS, page.calls
    assert "Scan" not in page.calls


def test_the_first_page_and_a_roster_show_as_many_as_an_office_has(desk):
    here, _ = desk

    today, day = here.get("en/today").text, here.get("en/sessions/day").text

    assert today.count('value="told"') == CALLS
    assert today.count("Persona ") >= REQUESTS
    assert day.count("Persona ") >= INVITED
