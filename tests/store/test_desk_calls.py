"""How often a page of the desk asks the table: at most five times and never for everything, however much is stored."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from chalicelib.domain.booking import SignUp
from chalicelib.domain.desk import Act, Deed, DeskSession, session_mark
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_in import Door
from chalicelib.usecases.sign_up import sign_up
from chalicelib.web.desk.desk import Desk
from chalicelib.web.pages import Pages
from chalicelib.web.request import Request
from tests.fake_desk import FakeSignIns, never_unsealed
from tests.fakes import FakeLimits
from tests.store.boundaries import Counting, dies_before
from tests.store.examples import NOW, REQUEST
from tests.store.stores import dynamo_store, new_table
from tests.store.test_stored_moves import SLOT
from tests.store.test_stored_sessions import INFORMATION

pytestmark = pytest.mark.engine

MOST_CALLS = 5
SITE, SECRET, WHO = "https://forum-cai.example", "5" * 64, "desk@forum-cai.example"
PEOPLE, CALLS_TO_MAKE = 60, 20
# What waits, the people and what they are called about by the hundred, who leaves within a week.
CALLS_OF_TODAY = 1 + 2 + 1


@pytest.fixture(scope="module")
def full(roto, client_of):
    """A table with many people, and the reference of one who has an appointment and a place in a session."""
    client = client_of(roto)
    name = new_table(client)
    store = dynamo_store(client, name)
    for session in (SLOT, replace(INFORMATION, capacity=PEOPLE)):
        store.sessions.add(session)
    for number in range(PEOPLE):
        person = replace(REQUEST.person, first_name=f"n{number}", email=f"n{number}@example.org", phone=None)
        request_appointment(replace(REQUEST, person=person), store.office, f"person-{number}", NOW)
        store.audit.note(Deed(NOW, WHO, Act.ANSWERED, "2222-222A"))
    for number in range(CALLS_TO_MAKE):
        person = replace(REQUEST.person, first_name=f"p{number}", email=None, phone=f"+3526210008{number:02}")
        sign_up(SignUp("info", person), store.office, f"phoned-{number}", NOW)
    reference = request_appointment(replace(REQUEST, slot="slot"), store.office, "one", NOW).reference
    sign_up(SignUp("info", REQUEST.person), store.office, "one", NOW)
    return client, name, reference


@pytest.fixture
def staff(full):
    """Gives the answer of a page, with the calls that it made."""
    client, name, reference = full
    mark = session_mark(SECRET)

    def ask(page, *named, **fields):
        counting = Counting(client, 0, dies_before, page=1000)
        store = dynamo_store(counting, name)
        sign_ins = FakeSignIns()
        sign_ins.sessions[mark] = DeskSession(mark, WHO, datetime(2030, 1, 1, tzinfo=UTC))
        door = Door(frozenset({WHO}), sign_ins, FakeLimits(), (b"k" * 32,))
        back = BackOffice(store.office, store.outbox, store.worklist, store.audit, store.months)
        desk = Desk(SITE, Pages("demonstration"), lambda: door, lambda: back, never_unsealed)
        headers = {"cookie": f"__Host-desk={SECRET}", "sec-fetch-site": "same-origin"}
        request = Request(headers, urlencode(fields).encode(), "192.0.2.1", {})
        found = (reference,) if named == ("reference",) else named
        answer = (desk.post if fields else desk.show)(page, request, "en", NOW, *found)
        return answer, counting.calls

    return ask


@pytest.mark.parametrize(
    ("page", "named", "fields", "shown"),
    [
        ("{}", ("reference",), {}, "has a date"),
        ("requests/new", (), {}, "Store this request"),
        ("sessions/{}/sign-up", ("info",), {}, "Sign the person up"),
        ("months/{}", ("2026-11",), {}, "What staff did"),
        ("find", (), {}, "Find somebody"),
        ("find", (), {"sought": "n7@example.org"}, "n7@example.org"),
        ("find", (), {"sought": REQUEST.person.phone}, REQUEST.person.email),
        ("find", (), {"sought": "müll"}, "Only the first 50"),
        ("find", (), {"sought": "2222-222A"}, "Nobody"),
    ],
)
def test_a_page_asks_few_times_and_never_for_everything(staff, page, named, fields, shown):
    answer, calls = staff(page, *named, **({"act": "find", **fields} if fields else {}))

    assert (answer.status, shown in answer.body) == (200, True)
    assert len(calls) <= MOST_CALLS, calls
    assert "scan" not in calls


def test_the_first_page_asks_as_often_however_many_calls_are_to_be_made(staff):
    answer, calls = staff("today")

    assert answer.body.count('value="told"') == CALLS_TO_MAKE
    assert len(calls) == CALLS_OF_TODAY
    assert "scan" not in calls
