"""An audit that could not ask says so, and is never taken for good news."""

import json
import sys

import pytest

from hooks.audit import LOCKS, UnreachableError, _asked
from hooks.lock import LOCKS as WRITTEN


def saying(text):
    return [sys.executable, "-c", f"print({text!r})"]


@pytest.mark.parametrize("answer", [{"dependencies": []}, {"vulnerabilities": {}}])
def test_what_a_database_says_is_taken(answer):
    assert _asked(saying(json.dumps(answer)), "Python") == answer


@pytest.mark.parametrize(
    "said", ["", "No known vulnerabilities found", '{"error": "audit endpoint returned an error"}']
)
def test_silence_is_no_good_news(said):
    with pytest.raises(UnreachableError):
        _asked(saying(said), "Node")


def test_each_lock_that_ships_or_runs_is_audited():
    tools = {"requirements/audit.txt", "requirements/mutants.txt", "requirements/peers.txt"}
    in_the_tests = {"requirements/run.txt"}

    assert set(LOCKS) == set(WRITTEN) - tools - in_the_tests
