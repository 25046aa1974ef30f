"""A restore keeps the promise: the table comes back as it was, and whoever was erased since stays erased."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import jobs
from chalicelib.domain.booking import SignUp
from chalicelib.storage.ledger import FileLedger
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_up import sign_up
from infra.copying import keys, make_same
from infra.restore import bring_back
from tests.examples import REQUEST, by
from tests.letter_examples import INFORMATION
from tests.store.stores import dynamo_store, new_table, rows

pytestmark = pytest.mark.engine

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


class Stage:
    """A table with its ledger, and a second one as the first was before anybody was erased."""

    def __init__(self, client, name, folder):
        self.client, self.name, self.ledger = client, name, FileLedger(folder / "erased", timedelta(days=30))
        self.store = dynamo_store(client, name)
        self.before = new_table(client, looked_on=None)

    def comes(self, who):
        office = self.store.office
        request_appointment(by(REQUEST, email=f"{who}@example.org", phone=None), office, who, NOW)
        sign_up(SignUp("info", replace(REQUEST.person, email=f"{who}@example.org", phone=None)), office, who, NOW)

    def saved(self):
        make_same(self.client, self.before, self.name)

    def run_deletion(self, now=LATER):
        return jobs.delete(self.store.deletions, self.store.rosters, self.ledger, now)

    def asks_to_be_erased(self, who):
        self.store.contacts.ask_deletion(who, NOW.date())

    def restored(self, now=LATER):
        return bring_back(self.client, self.name, self.before, self.ledger, now)

    def names(self):
        """Each word anywhere in the table that says who somebody is."""
        return {word for word in ("uma", "bob", "cleo") if word in str(rows(self.client, self.name))}


@pytest.fixture
def stage(table, tmp_path):
    made = Stage(*table, tmp_path)
    made.store.sessions.add(INFORMATION)
    for who in ("uma", "bob", "cleo"):
        made.comes(who)
    made.saved()
    return made


def test_who_was_erased_since_stays_erased_with_all_that_leads_to_them(stage):
    stage.asks_to_be_erased("uma")
    stage.run_deletion()
    assert stage.names() == {"bob", "cleo"}

    stage.restored()

    assert stage.names() == {"bob", "cleo"}
    assert "uma" in str(rows(stage.client, stage.before))
    assert stage.store.sessions.read("info").taken == 2


def test_who_has_asked_and_is_not_erased_yet_is_not_forgotten(stage):
    stage.asks_to_be_erased("bob")

    stage.restored()

    assert stage.names() == {"uma", "cleo"}


def test_whose_day_has_come_since_is_gone_too(stage):
    far = NOW + timedelta(days=3 * 366)

    stage.restored(far)

    assert stage.names() == set()


def test_all_else_is_as_it_was_and_what_came_later_is_gone(stage):
    as_it_was = set(keys(stage.client, stage.before))
    stage.client.delete_item(
        TableName=stage.name, Key={"pk": {"S": "CONTACT#cleo"}, "sk": {"S": "BOOKING#APPOINTMENT"}}
    )
    request_appointment(by(REQUEST, email="dora@example.org", phone=None), stage.store.office, "dora", NOW)

    stage.restored()

    assert set(keys(stage.client, stage.name)) >= as_it_was - {("JOB#delete", "JOB"), ("JOB#forget", "JOB")}
    assert "dora" not in str(rows(stage.client, stage.name))
    assert stage.store.contacts.read("cleo").appointment


def test_a_restore_that_was_cut_off_may_be_done_again(stage):
    stage.asks_to_be_erased("uma")
    stage.run_deletion()
    make_same(stage.client, stage.name, stage.before)
    assert stage.names() == {"uma", "bob", "cleo"}

    stage.restored()
    stage.restored()

    assert stage.names() == {"bob", "cleo"}
