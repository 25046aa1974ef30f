"""Keys are read whole or refused with a sentence for operators, which never quotes one."""

import json

import pytest
from botocore.exceptions import ClientError

from chalicelib.domain.errors import ConfigurationError
from chalicelib.storage.keys import PURPOSES, load_keys, make_keys

FIRST, SECOND, TENTH = "11" * 32, "22" * 32, "aa" * 32


def no_ssm():
    raise AssertionError("a file needs no SSM")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "keys.json"


class Parameters:
    def get_parameter(self, **asked):
        if asked != {"Name": "/cai/keys", "WithDecryption": True}:
            raise ClientError({"Error": {"Code": "ParameterNotFound", "Message": str(asked)}}, "GetParameter")
        return {"Parameter": {"Value": json.dumps({"links": {"1": FIRST}})}}


def test_the_newest_version_comes_first(file):
    file.write_text(json.dumps({"links": {"1": FIRST, "10": TENTH, "2": SECOND}}))

    keys = load_keys(str(file), no_ssm).purpose("links")

    assert [key.hex() for key in keys] == [TENTH, SECOND, FIRST]


def test_keys_are_read_from_ssm():
    assert load_keys("ssm:/cai/keys", Parameters).purpose("links") == (bytes.fromhex(FIRST),)


def test_a_parameter_that_is_not_there_is_named():
    with pytest.raises(ConfigurationError, match=r"/cai/other \(CAI_KEYS\): ParameterNotFound"):
        load_keys("ssm:/cai/other", Parameters)


def test_a_file_that_is_not_there_is_named(file):
    with pytest.raises(ConfigurationError, match=r"CAI_KEYS.*keys\.json"):
        load_keys(str(file), no_ssm)


@pytest.mark.parametrize("written", ["", "no JSON", "[]x", "7", '["links"]', "null"])
def test_what_is_no_json_object_is_refused(file, written):
    file.write_text(written)

    with pytest.raises(ConfigurationError, match="CAI_KEYS"):
        load_keys(str(file), no_ssm)


@pytest.mark.parametrize(
    "versions",
    [{}, None, FIRST, [FIRST], {"1": FIRST[:-2]}, {"1": FIRST + "11"}, {"1": "zz" * 32}, {"new": FIRST}, {"1": 11}],
    ids=["none", "null", "no version", "list", "too short", "too long", "no hex", "no number", "no text"],
)
def test_a_purpose_without_good_keys_is_named(file, versions):
    file.write_text(json.dumps({"links": {"1": FIRST}, "limits": versions}))

    with pytest.raises(ConfigurationError, match=r"CAI_KEYS.*limits") as refused:
        load_keys(str(file), no_ssm)

    assert FIRST[:-2] not in str(refused.value)


def test_a_purpose_that_is_missing_is_named_when_it_is_needed(file):
    file.write_text(json.dumps({"links": {"1": FIRST}}))

    with pytest.raises(ConfigurationError, match=r"CAI_KEYS.*sign-in"):
        load_keys(str(file), no_ssm).purpose("sign-in")


def test_keys_are_not_shown(file):
    file.write_text(json.dumps({"links": {"1": FIRST}}))

    assert "11" not in repr(load_keys(str(file), no_ssm))


def test_new_keys_serve_every_purpose_and_differ(file):
    file.write_text(make_keys())

    keys = [load_keys(str(file), no_ssm).purpose(name) for name in PURPOSES]

    assert [len(versions) for versions in keys] == [1] * len(PURPOSES)
    assert len(set(keys)) == len(PURPOSES)
