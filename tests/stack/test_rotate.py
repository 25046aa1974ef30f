"""A new key signs at once, and what the older ones signed stays good unless they are dropped."""

import json

import pytest

from chalicelib.domain.link import token
from chalicelib.storage.keys import load_keys, make_keys
from infra.rotate import rotate, rotated
from infra.stage import RefusedError
from tests.stack.account import STAGE
from tests.stack.test_stack import asked


def purpose(written, tmp_path, name="links"):
    file = tmp_path / "keys"
    file.write_text(written)
    return load_keys(str(file), lambda: None).purpose(name)


def test_a_new_key_signs_and_older_ones_verify(tmp_path):
    before = make_keys()

    once = rotated(before, "links", drop=False)
    twice = rotated(once, "links", drop=False)

    assert purpose(twice, tmp_path)[1:] == purpose(once, tmp_path)
    assert purpose(once, tmp_path)[1:] == purpose(before, tmp_path)
    assert purpose(twice, tmp_path, "limits") == purpose(before, tmp_path, "limits")


def test_keys_that_were_seen_by_others_are_dropped(tmp_path):
    before = make_keys()

    after = purpose(rotated(before, "sign-in", drop=True), tmp_path, "sign-in")

    assert len(after) == 1
    assert after != purpose(before, tmp_path, "sign-in")


@pytest.mark.parametrize(
    ("name", "drop", "sentence"),
    [
        ("", False, "PURPOSE must be one of pointers, links, sign-in, limits."),
        ("seal", False, "PURPOSE must be one of pointers, links, sign-in, limits."),
        ("pointers", True, "The older keys of pointers cannot be dropped: nobody would be found any more."),
    ],
)
def test_what_would_lose_somebody_is_refused(name, drop, sentence):
    with pytest.raises(RefusedError) as error:
        rotated(make_keys(), name, drop=drop)

    assert error.value.sentences == (sentence,)


@pytest.mark.engine
def test_a_link_in_a_letter_ends_only_when_its_key_is_dropped(account):
    person, ssm = asked(account, "linked"), account.engine.client("ssm")
    keys = json.loads(ssm.get_parameter(Name=STAGE.keys, WithDecryption=True)["Parameter"]["Value"])
    link = token([bytes.fromhex(keys["links"]["1"])], person, 1)
    answered = [account.ask("GET", f"/api/fr/my/{link}").status_code]

    for drop in (False, True):
        rotate(STAGE, "links", account.hands.clients, drop=drop)
        answered.append(account.ask("GET", f"/api/fr/my/{link}").status_code)

    assert answered == [200, 200, 404]
