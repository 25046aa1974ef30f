"""Sealing by KMS, as an engine plays it."""

import pytest

from chalicelib.domain.errors import ConfigurationError
from chalicelib.storage.seal import KmsSeal

pytestmark = pytest.mark.engine


def test_kms_opens_what_was_sealed_for_the_same_contact_only(ministack):
    kms = ministack.client("kms")
    seal = KmsSeal(lambda: kms, kms.create_key()["KeyMetadata"]["KeyId"])

    sealed = seal.close("1990010112345", "one")

    assert b"1990010112345" not in sealed
    assert seal.open(sealed, "one") == "1990010112345"
    with pytest.raises(ConfigurationError) as refused:
        seal.open(sealed, "two")
    assert "1990010112345" not in str(refused.value)


def test_a_key_that_is_not_there_is_named_to_the_operator(ministack):
    with pytest.raises(ConfigurationError, match="CAI_KMS_KEY"):
        KmsSeal(lambda: ministack.client("kms"), "00000000-0000-0000-0000-000000000000").close("1990010112345", "one")
