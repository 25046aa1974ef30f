"""Who asks for erasure is heard once, and who asks for what is gone already is not kept waiting."""

import time

from chalicelib.domain.identity import Identity
from chalicelib.programme import periods
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.request_appointment import Office, request_appointment
from tests.examples import NOW, REQUEST
from tests.fakes import FakeContacts, FakeLimits, FakeSeal


def test_nothing_is_read_of_a_contact_whose_owner_asked():
    contacts = FakeContacts()
    office = Office(contacts, FakeLimits(), FakeSeal(), Identity((b"k" * 32,)), periods.retention())
    request_appointment(REQUEST, office, "one", NOW)

    erase_contact("one", None, contacts, NOW)
    erase_contact("one", None, contacts, NOW)

    assert contacts.read("one") is None


def test_asking_for_what_is_gone_does_not_wait():
    started = time.monotonic()

    erase_contact("nobody", None, FakeContacts(), NOW)
    erase_contact("nobody", "AAAA-2222", FakeContacts(), NOW)

    assert time.monotonic() - started < 1
