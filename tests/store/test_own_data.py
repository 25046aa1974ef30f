"""The own-data page shows exactly what is stored: item by item and attribute by attribute, and of nobody else."""

import html
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.booking import SignUp
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterState
from chalicelib.domain.link import token
from chalicelib.domain.papers import CertificateKind, Course
from chalicelib.programme import stored
from chalicelib.programme.rules import rules
from chalicelib.storage.seal import FileKeySeal
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.record_contract import ContractRecords, Seen
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.send_link import send_link
from chalicelib.usecases.sign_up import sign_up
from chalicelib.web.own_page import OwnPage
from chalicelib.web.pages import Pages
from chalicelib.words.catalogues import words
from tests.examples import REQUEST, by
from tests.letter_examples import COURSE, INFORMATION
from tests.store.stores import dynamo_store, rows

SIGNED = date(2026, 11, 20)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
KEYS = (b"k" * 32,)
ME, OTHER = "5c1a7e90d2", "b0f8e3a164"
FORMS = (REQUEST, by(REQUEST, phone="+352621777777", email="other@example.org"))


def live(store):
    """Somebody with all that a person can have: a place, one in a line, a further form, letters, a contract."""
    office = replace(store.office, seal=FileKeySeal(bytes(32)))
    for session in (INFORMATION, replace(COURSE, capacity=1)):
        office.sessions.add(session)
    reference = request_appointment(REQUEST, office, ME, NOW).reference
    request_appointment(by(REQUEST, phone="+352621777777"), office, "never used", NOW)
    stranger = replace(REQUEST.person, first_name="Aliena", email="aliena@example.org")
    for person, contact_id in ((stranger, OTHER), (REQUEST.person, ME)):
        for session in ("info", "course"):
            sign_up(SignUp(session, person, ("step-free", "large-print")), office, contact_id, NOW)
    Records(office.contacts, office.retention, lambda: NOW).signature(reference, SIGNED)
    staff = ContractRecords(store.contacts, store.sessions, rules(), lambda: NOW)
    for record in (
        lambda seen: staff.issue_voucher(seen, SIGNED),
        lambda seen: staff.record_voucher_use(seen, 1, Course("fr", SIGNED, SIGNED)),
        lambda seen: staff.record_course_completed(seen, 1, SIGNED, 80),
        lambda seen: staff.record_certificate(seen, CertificateKind.COURSE, 1),
    ):
        record(Seen(reference, store.contacts.read(ME).contact.version))
    send_link(office.contacts.read(ME), office, NOW)
    letter = next(each for each in office.contacts.letters(ME) if each.kind.value == "received")
    store.outbox.settle(store.outbox.claim(letter, NOW), LetterState.SENT, NOW)
    return office


def fresh(moment=NOW):
    return token(KEYS, ME, 1, until=moment + timedelta(minutes=30))


def own_page(office):
    return OwnPage("https://forum-cai.example", Pages("demonstration"), lambda: office, KEYS)


def file_of(office, link=None):
    return json.loads(own_page(office).send_data(link or fresh(), "en", NOW).body)


def sorted_items(items):
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))


def read_again(value: dict[str, Any]) -> object:
    """What an attribute says, read without the code that the service reads it with."""
    ((kind, content),) = value.items()
    readers = {"S": str, "BOOL": bool, "N": int, "SS": sorted, "B": lambda _: "sealed"}
    return [read_again(each) for each in content] if kind == "L" else readers[kind](content)


def held_by_table(client, name):
    """Each item of the table that is about the person, with what stored.toml says is personal."""
    everything = rows(client, name)
    contact = next(item for item in everything if (item["pk"]["S"], item["sk"]["S"]) == (f"CONTACT#{ME}", "CONTACT"))
    pointers = {f"WHO#{mark}" for mark in contact["marks"]["SS"]}
    pointers |= {f"FIND#reference#{reference}" for reference in contact["references"]["SS"]}
    for item in everything:
        pk, sk = item["pk"]["S"], item["sk"]["S"]
        line = [each["S"] for each in item.get("waiting", {}).get("L", ())]
        if pk in {f"CONTACT#{ME}", *pointers} or sk in {f"SEAT#{ME}", f"FOR#{ME}"} or ME in line:
            (kind,) = [
                each for each in stored.load().kinds.values() if pk.startswith(each.at[0]) and sk.startswith(each.at[1])
            ]
            said = {attribute: read_again(value) for attribute, value in item.items() if attribute in kind.personal}
            yield {"item": kind.name, **said} | ({"waiting": line.index(ME) + 1} if "waiting" in item else {})


@pytest.mark.engine
def test_the_file_holds_exactly_what_the_table_holds_of_the_person(table):
    office = live(dynamo_store(*table))

    shown = file_of(office)

    assert sorted_items(shown) == sorted_items(held_by_table(*table))
    kinds = {item["item"] for item in shown}
    assert kinds == {
        *("contact", "booking", "correction", "letter", "seat", "session", "mark", "mailbox", "reference", "signatory"),
        *("surname", "phone"),
        *("voucher", "certificate"),
    }
    assert OTHER not in json.dumps(shown)


def test_every_store_tells_the_same_kinds_and_attributes(store):
    shown = file_of(live(store))

    assert {item["item"] for item in shown} >= {"contact", "booking", "correction", "letter", "seat", "session", "mark"}
    (contact,) = [item for item in shown if item["item"] == "contact"]
    assert (contact["first_name"], contact["sealed_matricule"]) == ("Exempla", "sealed")
    assert [item["waiting"] for item in shown if item["item"] == "session"] == [2 - 1]
    assert {item["place"] for item in shown if item["item"] == "seat"} == {"seat", "waiting"}
    assert OTHER not in json.dumps(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_each_attribute_of_the_file_in_words(store, language):
    office = live(store)

    shown = own_page(office).show(fresh(), language, NOW).body

    items, lists = file_of(office), re.findall(r'<dl class="stored">(.*?)</dl>', shown, re.DOTALL)
    assert sum(len(re.findall("<dt", each)) for each in lists) == sum(len(item) - 1 for item in items)
    said = html.unescape(" ".join(lists)).replace("\u00ad", "")
    for item in items:
        for name in ("first_name", "surname", "email", "phone", "reference", "message", "due_key", "pk"):
            assert str(item.get(name, "")) in said
    assert words(language).gettext("stored, sealed") in said
    assert REQUEST.matricule not in shown
    assert "None" not in said


def test_the_link_of_a_letter_shows_nothing_of_it(store):
    office = live(store)
    older, late = token(KEYS, ME, 1), fresh(NOW - timedelta(minutes=30))
    correction = office.contacts.read(ME).corrections[0].reference

    for link in (older, late):
        assert "Fictiva" not in own_page(office).show(link, "en", NOW).body
        answer = own_page(office).send_data(link, "en", NOW)
        assert (answer.status, answer.body) == (303, "")
    assert (
        "Fictiva"
        not in own_page(office).show(token(KEYS, ME, 1, correction, NOW + timedelta(minutes=30)), "en", NOW).body
    )
    assert "its time is over" in own_page(office).show(late, "en", NOW).body
    assert "Fictiva" in own_page(office).show(fresh(), "en", NOW).body


def test_of_who_is_being_deleted_nothing_is_told(store):
    office = live(store)

    erase_contact(ME, None, office.contacts, NOW)

    assert list(office.contacts.everything(ME)) == []
    assert list(office.contacts.everything("nobody")) == []
