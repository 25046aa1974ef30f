"""Who asks for the link to their page gets one, who has no address is called, and nobody learns who is known."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import TooManyLinksError
from chalicelib.domain.letter import LetterKind, LetterState
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.send_link import LINKS_A_DAY, send_link, send_links
from tests.examples import NOW, REQUEST, by
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Home:
    """People who asked for an appointment; `links` are the letters and calls with their link."""

    def __init__(self):
        self.store = FakeStore()
        self.office = fake_office(self.store)

    def ask(self, who, **changes):
        request_appointment(by(REQUEST, first_name=who, **changes), self.office, f"contact-{who}", NOW)
        return self.office.contacts.read(f"contact-{who}")

    def links(self):
        about = (letter for letter in self.store.letters.values() if letter.about.startswith("LINK"))
        return sorted((letter.contact_id, letter.kind.value, letter.state.value) for letter in about)

    def limits(self):
        return sorted(mark.partition("#")[0] for mark, _ in self.office.limits.requests)


def test_a_link_goes_to_whoever_asks_once_a_minute():
    home = Home()
    file = home.ask("Una")

    for seconds in (0, 1, 20):
        send_link(file, home.office, NOW + timedelta(seconds=seconds))

    assert home.links() == [("contact-Una", "link", "waiting")]
    send_link(file, home.office, NOW + MINUTE)
    assert len(home.links()) == 2


def test_who_has_no_address_is_called():
    home = Home()

    send_link(home.ask("Una", email=None), home.office, NOW)

    assert home.links() == [("contact-Una", "link", "by_phone"), ("contact-Una", "staff_call", "waiting")]
    call = next(each for each in home.store.letters.values() if each.kind is LetterKind.STAFF_CALL)
    assert (call.news, call.session_id, call.state) == ("link", None, LetterState.WAITING)


def test_five_a_day_are_enough_and_the_next_day_is_another():
    home = Home()
    file = home.ask("Una")
    for minutes in range(LINKS_A_DAY):
        send_link(file, home.office, NOW + minutes * MINUTE)

    with pytest.raises(TooManyLinksError) as many:
        send_link(file, home.office, NOW + LINKS_A_DAY * MINUTE)

    assert timedelta() < many.value.retry_after <= DAY
    assert len(home.links()) == LINKS_A_DAY
    send_link(file, home.office, NOW + DAY)
    assert len(home.links()) == LINKS_A_DAY + 1


def test_the_limit_is_that_of_one_person_or_one_address():
    home = Home()
    una, altera = home.ask("Una"), home.ask("Altera", email="altera@example.org")
    for minutes in range(LINKS_A_DAY):
        send_link(una, home.office, NOW + minutes * MINUTE)
        send_links("una@example.org", home.office, NOW + minutes * MINUTE)

    later = NOW + LINKS_A_DAY * MINUTE
    send_link(altera, home.office, later)
    send_links("altera@example.org", home.office, later + MINUTE)

    assert [who for who, *_ in home.links()].count("contact-Altera") == 2


def test_everybody_with_the_address_gets_a_letter_of_their_own_and_nobody_else():
    home = Home()
    home.ask("Una", email="familia@example.org")
    home.ask("Altera", email="FAMILIA@example.org")
    home.ask("Aliena", email="aliena@example.org")

    send_links("Familia@example.org", home.office, NOW)

    assert home.links() == [("contact-Altera", "link", "waiting"), ("contact-Una", "link", "waiting")]


def test_an_address_that_nobody_gave_writes_as_well_and_sends_nothing():
    known, unknown = Home(), Home()
    known.ask("Una", email="nota@example.org")
    before = known.limits()

    send_links("nota@example.org", known.office, NOW)
    send_links("ignota@example.org", unknown.office, NOW)

    assert unknown.links() == []
    assert unknown.limits() == ["link", "nobody"]
    assert known.limits() == sorted([*before, "link"])


@pytest.mark.parametrize("email", ["nota@example.org", "ignota@example.org"])
def test_an_address_has_a_limit_whether_or_not_somebody_gave_it(email):
    home = Home()
    home.ask("Una", email="nota@example.org")
    for minutes in range(LINKS_A_DAY):
        send_links(email, home.office, NOW + minutes * MINUTE)

    with pytest.raises(TooManyLinksError):
        send_links(email, home.office, NOW + LINKS_A_DAY * MINUTE)


def test_nobody_who_is_being_deleted_gets_a_link():
    home = Home()
    file = home.ask("Una", email="abiens@example.org")
    erase_contact(file.contact.id, None, home.office.contacts, NOW)

    send_links("abiens@example.org", home.office, NOW)
    send_link(file, home.office, NOW)

    assert home.links() == []
