"""A resident confirms what a further form said: data, marks, wish and deletion day follow, once, or nothing does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import SignUp
from chalicelib.domain.days import Attended
from chalicelib.domain.errors import CannotConfirmError
from chalicelib.usecases.confirm_correction import confirm_correction
from chalicelib.usecases.plan_sessions import cancel_session
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.send_link import send_links
from chalicelib.usecases.sign_up import sign_up
from tests.examples import NOW, REQUEST, by
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore
from tests.unit.test_sign_up import INFORMATION

NEW = by(REQUEST, email="nova@example.org", surname="Fictiva", phone=REQUEST.person.phone)
LATER = NOW + timedelta(days=1)


class Home:
    """One person who asked for an appointment, and sends further forms."""

    def __init__(self, request=REQUEST):
        self.store = FakeStore()
        self.office = fake_office(self.store)
        self.office.sessions.add(INFORMATION)
        self.reference = self.ask(request)

    def ask(self, request, contact_id="me", now=NOW):
        return request_appointment(request, self.office, contact_id, now).reference

    def confirm(self, reference, now=LATER):
        confirm_correction("me", reference, self.office, now)

    @property
    def file(self):
        return self.office.contacts.read("me")

    def letters(self):
        return sorted(letter.kind.value for letter in self.store.letters.values() if letter.waiting_since == LATER)


def test_the_contact_takes_what_the_form_said_and_the_form_ends():
    home = Home()
    wish = replace(REQUEST.wish, half_days=("fri-am",), message="Another message of a test")
    further = replace(NEW, wish=wish, matricule="1980010112345")

    home.confirm(home.ask(further))

    assert home.file.contact.person == NEW.person
    assert home.file.contact.sealed_matricule == b"sealed for me: 1980010112345"
    assert home.file.appointment.wish == wish
    assert home.file.corrections == ()
    assert home.file.appointment.reference == home.reference


def test_staff_are_told_and_a_new_address_gets_the_link():
    home = Home()

    home.confirm(home.ask(NEW))

    assert home.letters() == ["link", "staff_confirmed"]


def test_a_new_phone_number_alone_is_told_to_staff_alone():
    home = Home()

    home.confirm(home.ask(by(REQUEST, phone="+352621777777")))

    assert home.letters() == ["staff_confirmed"]


def test_the_person_is_found_under_the_new_data_and_no_more_under_the_old():
    home = Home(by(REQUEST, phone=None))
    identity, find = home.office.identity, home.office.contacts.find
    further = by(REQUEST, phone="+352621777777")
    changed = replace(by(further, email=None), wish=REQUEST.wish)
    home.confirm(home.ask(further))
    home.confirm(home.ask(changed))

    assert find(identity.known_marks(changed.person)).contact.id == "me"
    assert find(identity.known_marks(by(REQUEST, phone=None).person)) is None
    send_links(REQUEST.person.email, home.office, LATER)
    assert "link" not in home.letters()


def test_the_new_mail_address_finds_the_link():
    home = Home()
    home.confirm(home.ask(NEW))

    send_links("nova@example.org", home.office, LATER + timedelta(minutes=1))

    kinds = [letter.kind.value for letter in home.store.letters.values()]
    assert kinds.count("link") == 2


@pytest.mark.parametrize("sent_by", ["appointment", "sign-up"])
def test_the_same_form_sent_again_finds_that_it_was_confirmed(sent_by):
    home = Home()
    if sent_by == "sign-up":
        sign_up(SignUp("info", REQUEST.person), home.office, "never used", NOW)
        further = SignUp("info", by(REQUEST, phone="+352621777777").person)
        send = lambda: sign_up(further, home.office, "never used", NOW).reference  # noqa: E731 - the form, sent twice
    else:
        send = lambda: home.ask(NEW, "never used")  # noqa: E731 - the form, sent twice
    reference = send()
    home.confirm(reference)

    assert send() == reference
    assert home.file.corrections == ()


def test_confirming_twice_or_what_is_gone_does_no_harm():
    home = Home()
    reference = home.ask(NEW)
    home.confirm(reference)
    version = home.file.contact.version

    home.confirm(reference)
    home.confirm("AAAA-AAAA")

    assert home.file.contact.version == version
    assert home.letters().count("staff_confirmed") == 1


def test_somebody_else_who_goes_by_the_new_data_stays_as_they_are():
    home = Home()
    home.ask(by(REQUEST, email=None, phone="+352621777777"), "other")
    reference = home.ask(by(REQUEST, phone="+352621777777"))
    before = home.file, home.office.contacts.read("other")

    with pytest.raises(CannotConfirmError):
        home.confirm(reference)

    assert (home.file, home.office.contacts.read("other")) == before
    assert home.letters() == []


def test_the_deletion_day_follows_what_is_claimed_and_its_owner_is_told():
    home = Home()
    before = home.file.contact.delete_on
    further = replace(NEW, attended=Attended(2026, 6, 3))

    home.confirm(home.ask(further))

    assert (before.isoformat(), home.file.contact.delete_on.isoformat()) == ("2027-10-12", "2027-06-03")
    assert "deletion_day_changed" in home.letters()


def test_what_staff_recorded_of_the_participation_stays():
    home = Home()
    reference = home.ask(replace(NEW, attended=Attended(2026, 6, 3)))
    Records(home.office.contacts, home.office.retention, lambda: NOW).participation(home.reference, NOW.date())

    home.confirm(reference)

    assert home.file.contact.history.attended == Attended(2026, 11, 21)


def test_no_date_comes_after_the_data_are_gone():
    home = Home()
    sign_up(SignUp("info", REQUEST.person), home.office, "never used", NOW)
    reference = home.ask(replace(NEW, attended=Attended(2025, 12, 1)))

    with pytest.raises(CannotConfirmError):
        home.confirm(reference)

    assert home.file.contact.person == REQUEST.person


def test_a_form_for_a_session_leaves_wish_participation_and_number_alone():
    home = Home()
    sign_up(SignUp("info", REQUEST.person), home.office, "never used", NOW)
    said = sign_up(SignUp("info", by(REQUEST, phone="+352621777777").person), home.office, "never used", NOW)
    before = home.file

    home.confirm(said.reference)

    assert home.file.contact.person.phone == "+352621777777"
    assert home.file.contact.history == before.contact.history
    assert home.file.contact.sealed_matricule == before.contact.sealed_matricule
    assert home.file.appointment == before.appointment


def test_of_who_is_not_there_nothing_is_confirmed():
    home = Home()
    reference = home.ask(NEW)

    confirm_correction("nobody", reference, home.office, LATER)

    assert len(home.file.corrections) == 1


@pytest.mark.parametrize("attended", [Attended(2025, 12, 4), Attended(2025, 12, 5)], ids=["day before", "on its day"])
def test_only_a_date_that_goes_ahead_has_to_come_before_the_deletion(attended):
    home = Home()
    sign_up(SignUp("info", REQUEST.person), home.office, "never used", NOW)
    reference = home.ask(replace(NEW, attended=attended))
    with pytest.raises(CannotConfirmError):
        home.confirm(reference)

    cancel_session("info", home.office.sessions)
    home.confirm(reference)

    assert home.file.contact.delete_on == attended.last.replace(year=2026)
    assert "deletion_warning" in home.letters()
