"""Each threat has a test that stands against it, under the name that `operations/threats.md` gives."""

import ast
import re

import pytest

from local import ROOT

ROWS = [line for line in (ROOT / "operations" / "threats.md").read_text("utf-8").splitlines() if line.startswith("| ")]
THREATS = {cells[1].strip(): re.findall(r"`(tests/[^`]+)`", cells[3]) for row in ROWS[1:] if (cells := row.split("|"))}


def names_in(tests):
    """What a file of tests defines, a test in a class by both names."""
    for node in ast.parse(tests).body:
        yield from (each.id for each in getattr(node, "targets", ()) if isinstance(each, ast.Name))
        yield getattr(node, "name", None)
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef))


def test_there_are_threats():
    assert len(THREATS) > 10


@pytest.mark.parametrize(("threat", "tests"), THREATS.items(), ids=THREATS.keys())
def test_each_threat_has_a_test(threat, tests):
    assert tests
    for test in tests:
        file, _, name = test.partition("::")
        assert name in set(names_in((ROOT / file).read_text("utf-8"))), test
