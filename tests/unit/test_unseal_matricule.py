"""A social security number is opened for who is signed in, and for nobody else; it is noted before."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from chalicelib.domain.desk import Act, Deed, DeskSession, session_mark
from chalicelib.domain.errors import StoreBusyError
from chalicelib.storage.seal import FileKeySeal, Unsealer
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.give_up_place import withdraw_request
from chalicelib.usecases.merge_contacts import Shown, mark_of, merge_contacts
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_in import Door
from chalicelib.usecases.unseal_matricule import Vault, unseal_matricule
from tests.examples import REQUEST, by
from tests.store.stores import fake_store

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
USER, SECRET = "desk@forum-cai.example", "a secret"


class Desk:
    def __init__(self, user=USER, **changes):
        store, seal = fake_store(), FileKeySeal(bytes(32))
        office = replace(store.office, seal=seal)
        self.reference = request_appointment(by(REQUEST, **changes), office, "me", NOW).reference
        self.store, door = store, Door(frozenset({USER}), store.sign_ins, store.limits, (b"s" * 32,))
        session = DeskSession(session_mark(SECRET), user, NOW + timedelta(hours=1))
        store.sign_ins.sessions[session.mark] = session
        self.vault = Vault(door, store.contacts, store.audit, seal)

    def open(self, secret=SECRET, now=NOW, reference=None):
        return unseal_matricule(reference or self.reference, secret, self.vault, now)

    @property
    def deeds(self):
        return list(self.store.audit.newest("2026-11", 10, NOW))


def test_who_is_signed_in_reads_the_number_and_it_is_noted():
    desk = Desk()

    assert desk.open() == REQUEST.matricule
    assert desk.deeds == [Deed(NOW, USER, Act.UNSEALED, desk.reference)]


def test_the_number_of_a_contact_that_was_put_into_another_is_still_read():
    desk = Desk()
    store, person = desk.store, replace(REQUEST.person, surname="Novella", phone="+352621777777", email=None)
    other = request_appointment(replace(REQUEST, person=person, matricule=None), store.office, "other", NOW).reference
    withdraw_request("other", store.contacts, NOW)
    office = BackOffice(store.office, store.outbox, store.worklist, store.audit, store.months)
    shown = [Shown(each, mark_of(store.contacts.find_reference(each))) for each in (other, desk.reference)]
    merge_contacts(*shown, USER, office, NOW)

    assert desk.open(reference=other) == REQUEST.matricule


@pytest.mark.parametrize(
    ("user", "given"),
    [
        (USER, {"secret": "another"}),
        (USER, {"secret": ""}),
        (USER, {"now": NOW + timedelta(hours=2)}),
        ("left@forum-cai.example", {}),
        (USER, {"reference": "2222-222Z"}),
    ],
    ids=["forged", "nobody", "expired", "no user any more", "no such reference"],
)
def test_nobody_else_reads_it_and_nothing_is_noted(user, given):
    desk = Desk(user)

    assert (desk.open(**given), desk.deeds) == ("", [])


class Lambda:
    """The client of a function that answers so."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def invoke(self, **given):
        self.asked.append(given)
        return self.answer


def test_the_desk_asks_the_function_by_its_name_with_the_session():
    client = Lambda({"Payload": BytesIO(b'{"matricule": "1990093012358"}')})

    assert Unsealer(lambda: client, "unseal-1")("7KQ2-M9XW", SECRET) == "1990093012358"

    (asked,) = client.asked
    assert asked["FunctionName"] == "unseal-1"
    assert json.loads(asked["Payload"]) == {"reference": "7KQ2-M9XW", "secret": SECRET}


def test_a_function_that_failed_is_asked_again_later():
    client = Lambda({"FunctionError": "Unhandled", "Payload": BytesIO(b"{}")})

    with pytest.raises(StoreBusyError):
        Unsealer(lambda: client, "unseal-1")("7KQ2-M9XW", SECRET)
