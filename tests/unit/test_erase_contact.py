"""Who asks for erasure is heard once, and who asks for what is gone already is not kept waiting."""

import time

from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.request_appointment import request_appointment
from tests.examples import NOW, REQUEST
from tests.fakes.contacts import FakeContacts
from tests.fakes.sessions import fake_office


def test_nothing_is_read_of_a_contact_whose_owner_asked():
    contacts = FakeContacts()
    office = fake_office(contacts.store, contacts)
    request_appointment(REQUEST, office, "one", NOW)

    erase_contact("one", None, contacts, NOW)
    erase_contact("one", None, contacts, NOW)

    assert contacts.read("one") is None


def test_asking_for_what_is_gone_does_not_wait():
    started = time.monotonic()

    erase_contact("nobody", None, FakeContacts(), NOW)
    erase_contact("nobody", "AAAA-2222", FakeContacts(), NOW)

    assert time.monotonic() - started < 1
