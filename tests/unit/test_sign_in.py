"""Who is known gets a link that opens the desk once; who is not gets the same answer, and nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.desk import LINK_GOOD_FOR, SESSION_LASTS, Act, Deed, link_token, nonce_in
from chalicelib.domain.errors import LinkOverError, TooManyRequestsError
from chalicelib.domain.letter import LetterState
from chalicelib.usecases import sign_in
from chalicelib.usecases.deliver_letters import deliver_letters
from chalicelib.usecases.post_room import PostRoom
from chalicelib.usecases.sign_in import Door, ask_for_link, enter, find_link, find_user, leave
from tests.examples import NOW
from tests.fakes.deletions import FakeMonths
from tests.fakes.desk import FakeAudit, FakeSignIns
from tests.fakes.limits import FakeLimits
from tests.fakes.outbox import FakeOutbox, FakePost
from tests.fakes.sessions import fake_rosters
from tests.fakes.store import FakeStore
from tests.letter_examples import SIGN_IN_KEYS, writer

USER, NONCE = "desk@forum-cai.example", "ab" * 16
TOKEN = link_token(SIGN_IN_KEYS, NONCE)
SECOND = timedelta(seconds=1)


class House:
    """A door with one user, and the post room behind it."""

    def __init__(self):
        self.store, self.audit, self.post = FakeStore(), FakeAudit(), FakePost()
        self.sign_ins = FakeSignIns(self.store, self.audit)
        self.door = Door(frozenset({USER}), self.sign_ins, FakeLimits(), SIGN_IN_KEYS)

    def ask(self, address=USER, nonce=NONCE, now=NOW, sender=None):
        ask_for_link(address, "7KQ2-M9XW", "fr", self.door, now, sender, nonce)

    def enter(self, secret="secret", now=NOW, token=TOKEN):
        return enter(token, secret, self.door, now, None)

    def deliver(self, now=NOW):
        outbox, months = FakeOutbox(self.store), FakeMonths(self.store)
        room = PostRoom(outbox, fake_rosters(self.store), months, writer().compose, self.post, sign_ins=self.sign_ins)
        return deliver_letters(room, lambda: now)


@pytest.fixture
def house():
    return House()


@pytest.mark.parametrize("address", [USER, "  Desk@Forum-CAI.example "])
def test_a_user_gets_a_link_by_mail_that_leads_back(house, address):
    house.ask(address)
    assert house.deliver() == {"sent": 1}

    (mail,) = house.post.sent
    assert (mail.to, mail.kind, mail.language) == (USER, "desk_link", "fr")
    assert f"https://forum-cai.example/api/desk/fr/sign-in/{TOKEN}" in mail.text
    assert TOKEN in mail.html
    assert TOKEN not in mail.id
    assert house.enter() == "7KQ2-M9XW"
    assert find_user("secret", house.door, NOW) == USER
    assert house.audit.deeds == [Deed(NOW, USER, Act.SIGNED_IN)]


def test_nobody_else_gets_a_letter_and_as_much_is_written_for_them():
    known, unknown = House(), House()
    known.ask()
    unknown.ask("stranger@example.org")

    assert unknown.deliver() == {}
    assert "stranger" not in str((unknown.sign_ins.links, unknown.store.letters))
    assert [len(each.store.letters) + len(each.sign_ins.links) for each in (known, unknown)] == [2, 2]
    assert [letter.state for letter in unknown.store.letters.values()] == [LetterState.VOID]
    with pytest.raises(LinkOverError):
        unknown.enter()


def test_a_link_works_once(house):
    house.ask()
    house.enter()

    with pytest.raises(LinkOverError):
        house.enter("another secret")
    assert find_user("another secret", house.door, NOW) is None


def test_an_answer_that_got_lost_is_given_again(house):
    house.ask()
    house.enter()

    assert house.enter() == "7KQ2-M9XW"


@pytest.mark.parametrize(("after", "good"), [(LINK_GOOD_FOR - SECOND, True), (LINK_GOOD_FOR, False)])
def test_a_link_works_for_fifteen_minutes(house, after, good):
    house.ask()

    if good:
        house.enter(now=NOW + after)
    else:
        with pytest.raises(LinkOverError):
            house.enter(now=NOW + after)


def test_a_letter_that_comes_too_late_is_not_sent(house):
    house.ask()

    assert house.deliver(NOW + LINK_GOOD_FOR) == {"void": 1}
    assert house.deliver(NOW + timedelta(days=1)) == {}
    assert house.post.sent == []


@pytest.mark.parametrize(
    "token",
    ["", NONCE, f"{NONCE}.{'0' * 32}", TOKEN.upper(), f"{TOKEN}0", TOKEN.replace(".", "/"), f"{'cd' * 16}{TOKEN[32:]}"],
)
def test_a_link_that_we_did_not_make_opens_nothing(house, token):
    house.ask()

    with pytest.raises(LinkOverError):
        find_link(token, house.door, NOW)


def test_an_older_key_still_opens_what_it_signed(house):
    house.ask()

    assert nonce_in(link_token(SIGN_IN_KEYS[1:], NONCE), SIGN_IN_KEYS) == NONCE
    assert house.enter(token=link_token(SIGN_IN_KEYS[1:], NONCE)) == "7KQ2-M9XW"


@pytest.mark.parametrize(("after", "user"), [(SESSION_LASTS - SECOND, USER), (SESSION_LASTS, None)])
def test_a_session_lasts_eight_hours(house, after, user):
    house.ask()
    house.enter()

    assert find_user("secret", house.door, NOW + after) == user


def test_who_signs_out_is_out_and_may_do_so_twice(house):
    house.ask()
    house.enter()
    for _ in range(2):
        leave("secret", USER, house.door, NOW)

    assert find_user("secret", house.door, NOW) is None
    assert house.audit.deeds == [Deed(NOW, USER, act) for act in (Act.SIGNED_IN, Act.SIGNED_OUT)]


def test_who_is_no_user_any_more_is_out_at_once(house):
    house.ask()
    house.enter()
    house.ask(nonce="cd" * 16)
    without = replace(house.door, users=frozenset({"other@forum-cai.example"}))

    assert find_user("secret", without, NOW) is None
    with pytest.raises(LinkOverError):
        find_link(link_token(SIGN_IN_KEYS, "cd" * 16), without, NOW)


@pytest.mark.parametrize("address", [USER, "stranger@example.org"])
def test_links_for_one_address_are_counted_whoever_it_is(house, address):
    for number in range(sign_in.LINKS_AN_HOUR):
        house.ask(address, nonce=f"{number:032x}")

    with pytest.raises(TooManyRequestsError):
        house.ask(address.upper())
    house.ask("another@example.org")
    house.ask(address, nonce="ef" * 16, now=NOW + timedelta(hours=1))


def test_tries_from_one_network_are_counted(house):
    for number in range(sign_in.TRIES_AN_HOUR):
        house.ask(f"somebody-{number}@example.org", nonce=f"{number:032x}", sender="192.0.2.0/32")

    with pytest.raises(TooManyRequestsError):
        house.ask(sender="192.0.2.0/32")
    with pytest.raises(TooManyRequestsError):
        enter(TOKEN, "secret", house.door, NOW, "192.0.2.0/32")
    house.ask(sender="198.51.100.0/32")


def test_a_link_that_a_try_nobody_heard_of_has_written_is_not_written_again(house):
    house.ask()
    house.ask()

    assert house.deliver() == {"sent": 1}


def test_after_an_hour_one_may_ask_again(house):
    for number in range(sign_in.LINKS_AN_HOUR):
        house.ask(nonce=f"{number:032x}", now=NOW - timedelta(hours=1))

    house.ask()
    with pytest.raises(TooManyRequestsError):
        house.ask(nonce="cd" * 16, now=NOW - timedelta(hours=1))
