"""Staff find somebody by what they know of them: on every store."""

from datetime import timedelta

import pytest

from chalicelib.domain.desk import Sought
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.find_contacts import MOST, find_contacts
from chalicelib.usecases.request_appointment import request_appointment
from tests.examples import NOW, REQUEST, by


class Home:
    """Three people, of whom two share a mailbox and two a surname."""

    def __init__(self, store):
        self.store = store
        self.desk = BackOffice(store.office, store.outbox, store.worklist, store.audit, store.months)
        self.references = [
            self.ask("ada", first_name="Ada", surname="Müller-Weis", phone="+352621000001"),
            self.ask("ben", first_name="Ben", surname="Mullerthal", phone="+352621000002"),
            self.ask("cyd", first_name="Cyd", surname="Costa", phone=None, email="cyd@x.example"),
        ]

    def ask(self, who, now=NOW, **person):
        return request_appointment(by(REQUEST, **person), self.store.office, who, now).reference

    def find(self, **sought):
        return [each.contact.id for each in find_contacts(Sought(**sought), self.desk)]


@pytest.fixture
def home(store):
    return Home(store)


def test_a_reference_leads_to_its_contact_alone(home):
    (found,) = find_contacts(Sought(reference=home.references[1], surname="muller"), home.desk)

    assert (found.contact.id, found.reference) == ("ben", home.references[1])


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        pytest.param({"email": REQUEST.person.email}, ["ada", "ben"], id="a mailbox that two share"),
        pytest.param({"email": "CYD@x.example"}, ["cyd"], id="an address in capitals"),
        pytest.param({"email": "nobody@x.example"}, [], id="an address of nobody"),
        pytest.param({"phone": "+352621000002"}, ["ben"], id="a phone number"),
        pytest.param({"surname": "MÜLLER w"}, ["ada"], id="a surname however it is typed"),
        pytest.param({"surname": "Muller"}, ["ben", "ada"], id="the beginning of surnames, in their order"),
        pytest.param({"reference": "CO5T-AXXX", "surname": "Costa"}, ["cyd"], id="what is no reference after all"),
        pytest.param({"reference": "2222-2222"}, [], id="a reference of nobody"),
        pytest.param({}, [], id="nothing"),
    ],
)
def test_somebody_is_found_by_what_staff_know(home, sought, found):
    listed = home.find(**sought)

    assert (sorted(listed) if "email" in sought else listed) == found


def test_who_is_being_deleted_is_not_found(home):
    home.store.contacts.ask_deletion("ada", NOW.date())

    assert home.find(reference=home.references[0]) == home.find(phone="+352621000001") == []
    assert home.find(surname="muller") == ["ben"]


def test_of_very_many_the_first_are_listed(home):
    for number in range(MOST):
        day = NOW + number * timedelta(days=1)
        home.ask(f"many-{number}", day, first_name=f"Many {number}", surname="Maior", phone=None)

    assert len(home.find(surname="m")) == len(home.find(email=REQUEST.person.email)) == MOST
