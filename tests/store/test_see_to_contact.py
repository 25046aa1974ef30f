"""Staff correct who a person is, or have everything deleted: on every store, with all that leads to the person."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.desk import Act
from chalicelib.domain.errors import CannotConfirmError, ChangedMeanwhileError, UnknownReferenceError
from chalicelib.domain.letter import LetterKind
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.record_contract import Seen
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.see_to_contact import ContactDesk
from tests.examples import REQUEST, by

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
WHO = "desk@forum-cai.example"
CORRECTED = replace(
    REQUEST.person, first_name="Exemplaria", email="right@example.org", phone="+352621555555", language="lb"
)


class Home:
    def __init__(self, store):
        self.store = store
        self.reference = request_appointment(REQUEST, store.office, "me", NOW).reference

    @property
    def contact(self):
        return self.store.contacts.find_reference(self.reference).contact

    def at(self, version=1, reference=None):
        store = self.store
        desk = BackOffice(store.office, store.outbox, store.worklist, store.audit, store.months)
        return ContactDesk(Seen(reference or self.reference, version), WHO, desk, NOW)

    def found(self, person):
        file = self.store.contacts.find(self.store.office.identity.marks(person))
        return file and file.contact.person

    def mailed(self, email):
        marks = self.store.office.identity.known_mail_marks(email)
        return [file.contact.id for file in self.store.contacts.with_mail(marks)]

    def acts(self):
        deeds = self.store.audit.newest("2026-11", 10, NOW)
        assert {(deed.at, deed.who, deed.reference) for deed in deeds} <= {(NOW, WHO, self.reference)}
        return [deed.what for deed in deeds]

    def kinds(self):
        return [letter.kind for letter in self.store.contacts.letters("me")]


@pytest.fixture
def home(store):
    return Home(store)


def test_all_that_leads_to_a_person_follows_a_correction(home):
    home.at().correct(CORRECTED)

    assert (home.contact.person, home.contact.version) == (CORRECTED, 2)
    assert home.found(CORRECTED) == CORRECTED
    assert home.found(REQUEST.person) is None
    assert (home.mailed("right@example.org"), home.mailed(REQUEST.person.email)) == (["me"], [])
    assert home.acts() == [Act.CORRECTED]
    desk = home.at().desk.worklist
    assert desk.phoned("+352621555555") == ["me"] and desk.phoned(REQUEST.person.phone) == []


def test_another_address_ends_the_earlier_links_and_gets_its_own(home):
    before = home.contact.link_version

    home.at().correct(replace(REQUEST.person, phone="+352621555555"))
    assert (home.contact.link_version, LetterKind.LINK in home.kinds()) == (before, False)
    home.at(2).correct(replace(REQUEST.person, email="right@example.org"))
    assert (home.contact.link_version, home.kinds().count(LetterKind.LINK)) == (before + 1, 1)
    letters = home.store.contacts.letters("me")
    assert [each.reference for each in letters if each.kind is LetterKind.LINK] == [home.reference]
    home.at(3).correct(replace(REQUEST.person, email=None))

    assert (home.contact.link_version, home.kinds().count(LetterKind.LINK)) == (before + 2, 1)
    assert home.contact.mail_mark is None


def test_the_same_correction_twice_is_stored_once(home):
    for _ in range(2):
        home.at().correct(CORRECTED)

    assert (home.contact.version, home.acts()) == (2, [Act.CORRECTED])


def test_a_stale_form_changes_nothing(home):
    home.at().correct(CORRECTED)

    for act in (lambda desk: desk.correct(REQUEST.person), ContactDesk.erase):
        with pytest.raises(ChangedMeanwhileError):
            act(home.at())

    assert (home.contact.person, home.acts()) == (CORRECTED, [Act.CORRECTED])


def test_nobody_becomes_somebody_else(home):
    other = by(REQUEST, email="other@example.org", phone="+352621666666")
    request_appointment(other, home.store.office, "other", NOW)

    with pytest.raises(CannotConfirmError):
        home.at().correct(replace(REQUEST.person, email="other@example.org"))

    assert (home.contact.person, home.acts()) == (REQUEST.person, [])


def test_who_is_erased_is_gone_for_staff_at_once_and_deleted_by_the_next_run(home):
    home.at().erase()

    assert home.store.contacts.find_reference(home.reference) is None
    assert [due.contact_id for due in home.store.deletions.due(date(2026, 11, 21))] == ["me"]
    assert home.acts() == [Act.ERASED]
    with pytest.raises(UnknownReferenceError):
        home.at().erase()


def test_a_reference_that_nobody_has_is_said(home):
    with pytest.raises(UnknownReferenceError):
        home.at(reference="2222-222Z").correct(CORRECTED)
