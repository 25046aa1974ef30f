"""Whatever the rules and the state of a contract say has words, and nothing else has."""

import re

import pytest

from chalicelib.domain.contract import Reason, Verdict
from chalicelib.domain.contract_state import Done, Ends, Missing
from chalicelib.domain.papers import CertificateKind
from chalicelib.programme import facts
from chalicelib.words import contract


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (Reason, contract.REASONS),
        (Verdict, contract.VERDICTS),
        (Done, contract.DONE),
        (Missing, contract.MISSING),
        (Ends, contract.ENDS),
        (CertificateKind, contract.CERTIFICATES),
    ],
    ids=lambda one: getattr(one, "__name__", "words"),
)
def test_each_key_has_its_words(keys, words):
    assert set(words) == {key.value for key in keys}


def test_each_place_of_a_reason_is_filled_by_a_fact():
    places = {place for sentence in contract.REASONS.values() for place in re.findall(r"%\((\w+)\)s", sentence)}

    assert places == set(contract.PLACES)
    assert all(facts.load().text(fact) for fact in contract.PLACES.values())


@pytest.mark.parametrize("words", [contract.DONE, contract.ENDS], ids=["done", "ends"])
def test_what_is_done_or_ends_says_its_day(words):
    assert all(re.findall(r"%\(\w+\)s", sentence) == ["%(day)s"] for sentence in words.values())
