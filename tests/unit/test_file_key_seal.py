"""A local key opens what it closed, for the same contact only."""

import os
import sys

import pytest
from cryptography.exceptions import InvalidTag

from chalicelib.domain.errors import ConfigurationError
from chalicelib.storage.seal import FileKeySeal

KEY = os.urandom(32)


def test_what_was_sealed_is_opened_for_the_same_contact():
    seal = FileKeySeal(KEY)

    assert seal.open(seal.close("1990010112345", "one"), "one") == "1990010112345"


@pytest.mark.parametrize(
    ("key", "contact"), [(KEY, "two"), (os.urandom(32), "one")], ids=["other contact", "other key"]
)
def test_what_was_sealed_stays_closed_otherwise(key, contact):
    sealed = FileKeySeal(KEY).close("1990010112345", "one")

    with pytest.raises(InvalidTag):
        FileKeySeal(key).open(sealed, contact)


def test_the_same_number_never_looks_the_same():
    seal = FileKeySeal(KEY)

    assert seal.close("1990010112345", "one") != seal.close("1990010112345", "one")


def test_a_missing_package_is_named_to_the_operator(monkeypatch):
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers.aead", None)

    with pytest.raises(ConfigurationError, match=r"CAI_KMS_KEY.*cryptography"):
        FileKeySeal(KEY).close("1990010112345", "one")
