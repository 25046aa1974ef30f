"""What `operations/scale.md` says that a sign-up needs is what is counted on a real engine."""

import re

import pytest

from bench.cost import DOLLARS, counted, dollars
from local import ROOT

pytestmark = pytest.mark.engine

PAGE = (ROOT / "operations" / "scale.md").read_text("utf-8")


@pytest.fixture(scope="module")
def units():
    return counted()


@pytest.mark.parametrize("what", DOLLARS)
def test_the_page_says_what_is_counted(what, units):
    ((number, price),) = re.findall(rf"^\| {what} \| ([\d.]+) \| ([\d.]+) \|$", PAGE, re.MULTILINE)

    assert float(number) == pytest.approx(units[what], rel=0.02)
    assert float(price) == pytest.approx(dollars({what: units[what]}), abs=0.001)


def test_the_page_says_what_it_costs_together(units):
    (together,) = re.findall(r"^\| together \| \| ([\d.]+) \|$", PAGE, re.MULTILINE)

    assert float(together) == pytest.approx(dollars(units), abs=0.01)
