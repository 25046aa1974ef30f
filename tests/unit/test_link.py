"""A link to a resident's own page proves itself, for one contact, one version and one form."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.link import FRESH_FOR, OwnLink, invitation_token, read_invitation, read_token, token
from chalicelib.programme import facts

OLD, NEW = b"o" * 32, b"n" * 32
CONTACT_ID = "0123456789abcdef" * 2
REFERENCE = "AB2C-9DEF"
UNTIL = datetime(2026, 11, 21, 10, tzinfo=UTC)


def says(text, version=1, keys=(NEW, OLD)):
    """Whether the token is read and true."""
    link = read_token(text)
    return link is not None and link.is_true(version, keys)


@pytest.mark.parametrize("correction", [None, REFERENCE], ids=["all", "one form"])
def test_a_token_says_whose_page_it_opens_and_for_which_form(correction):
    link = read_token(token([NEW], CONTACT_ID, 1, correction))

    assert (link.contact_id, link.correction) == (CONTACT_ID, correction)
    assert link.is_true(1, [NEW])


def test_the_same_token_is_made_for_each_letter():
    assert token([NEW], CONTACT_ID, 1) == token([NEW], CONTACT_ID, 1)


@pytest.mark.parametrize("correction", [None, REFERENCE], ids=["all", "one form"])
def test_it_ends_in_a_letter_or_digit_and_needs_no_escape_in_an_address(correction):
    assert re.fullmatch(r"[\w.-]+\w", token([NEW], CONTACT_ID, 1, correction), re.ASCII)


def test_the_newest_key_signs_and_older_ones_verify():
    assert says(token([NEW, OLD], CONTACT_ID, 1), keys=[NEW])
    assert says(token([OLD], CONTACT_ID, 1), keys=[NEW, OLD])
    assert not says(token([OLD], CONTACT_ID, 1), keys=[NEW])


def test_raising_the_version_revokes_it():
    assert says(token([NEW], CONTACT_ID, 1), version=1)
    assert not says(token([NEW], CONTACT_ID, 1), version=2)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"contact_id": "f" * 32}, id="another contact"),
        pytest.param({"correction": None}, id="everything instead of one form"),
        pytest.param({"correction": "AB2C-9DEG"}, id="another form"),
        pytest.param({"mark": "0" * 32}, id="another mark"),
    ],
)
def test_it_is_true_for_nothing_else(change):
    link = read_token(token([NEW], CONTACT_ID, 1, REFERENCE))

    assert link.is_true(1, [NEW])
    assert not replace(link, **change).is_true(1, [NEW])


def test_a_link_for_everything_is_none_for_one_form():
    mark = read_token(token([NEW], CONTACT_ID, 1)).mark

    assert not OwnLink(CONTACT_ID, REFERENCE, None, mark).is_true(1, [NEW])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("forged", id="one word"),
        pytest.param(f"{CONTACT_ID}.{'0' * 31}", id="short mark"),
        pytest.param(f"{CONTACT_ID}.{'0' * 33}", id="long mark"),
        pytest.param(f"{CONTACT_ID}.{'G' * 32}", id="mark of other letters"),
        pytest.param(f"{CONTACT_ID}.{'٠' * 32}", id="digits of another script"),
        pytest.param(f".{'0' * 32}", id="no contact"),
        pytest.param(f"{'a' * 65}.{'0' * 32}", id="long contact"),
        pytest.param(f"{CONTACT_ID}#x.{'0' * 32}", id="sign in the contact"),
        pytest.param(f"{CONTACT_ID}.AB2C-9DE0.{'0' * 32}", id="no reference"),
        pytest.param(f"{CONTACT_ID}.{REFERENCE}.{REFERENCE}.{'0' * 32}", id="two references"),
        pytest.param(f"{CONTACT_ID}.{'0' * 32}\n", id="line break"),
        pytest.param(f"{CONTACT_ID}.{'9' * 12}.{'0' * 32}", id="late for any clock"),
        pytest.param(f"{CONTACT_ID}.-1795254600.{'0' * 32}", id="before all times"),
        pytest.param(f"{CONTACT_ID}.１795254600.{'0' * 32}", id="time in digits of another script"),
    ],
)
def test_what_is_no_token_of_ours_is_not_read(text):
    assert read_token(text) is None


def test_a_fresh_link_shows_all_data_up_to_its_moment_and_stays_a_link():
    link = read_token(token([NEW], CONTACT_ID, 1, until=UNTIL))

    assert link.is_true(1, [NEW])
    assert link.is_fresh(UNTIL - timedelta(seconds=1))
    assert not link.is_fresh(UNTIL)
    assert not read_token(token([NEW], CONTACT_ID, 1)).is_fresh(UNTIL)


@pytest.mark.parametrize("until", ["1795258801", "99999999999", None])
def test_nobody_makes_a_link_fresher_than_it_is(until):
    link = read_token(token([NEW], CONTACT_ID, 1, until=UNTIL))

    assert not replace(link, until=until).is_true(1, [NEW])


def test_pages_and_letters_say_how_long_it_is_fresh():
    assert timedelta(minutes=facts.load().number("privacy.fresh_link_minutes")) == FRESH_FOR


def test_an_older_link_is_not_made_fresh():
    contact_id, mark = token([NEW], CONTACT_ID, 1).split(".")

    assert not says(f"{contact_id}.1795258800.{mark}")


def test_the_newest_key_signs_an_invitation():
    link = read_invitation(invitation_token([NEW, OLD], CONTACT_ID, 1, "day"))

    assert (link.contact_id, link.session_id) == (CONTACT_ID, "day")
    assert link.is_true(1, [NEW])
    assert not link.is_true(1, [OLD])


def test_what_is_no_token_of_an_invitation_is_not_read():
    assert read_invitation(token([NEW], CONTACT_ID, 1)) is None
