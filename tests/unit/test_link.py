"""A link to a resident's own page proves itself, for one contact, one version and one form."""

import re
from dataclasses import replace

import pytest

from chalicelib.domain.link import OwnLink, read_token, token

OLD, NEW = b"o" * 32, b"n" * 32
CONTACT_ID = "0123456789abcdef" * 2
REFERENCE = "AB2C-9DEF"


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

    assert not OwnLink(CONTACT_ID, REFERENCE, mark).is_true(1, [NEW])


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
    ],
)
def test_what_is_no_token_of_ours_is_not_read(text):
    assert read_token(text) is None
