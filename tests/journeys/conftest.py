"""What journeys share: their window, their languages, and which of their variants `make test` takes."""

from collections import defaultdict

import pytest

from chalicelib.domain.language import LANGUAGES
from tests.browser import page as opened
from tests.journeys.looking import show_as

IN_TEST = ("fr", "lb")
ELSEWHERE = [pytest.param(each, marks=pytest.mark.full) for each in LANGUAGES if each not in IN_TEST]


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before they are shuffled
def pytest_collection_modifyitems(items):
    """Of a test `in_turn`, the first values of its parameters go together, then the second ones; the rest is `full`."""
    variants = defaultdict(list)
    for item in items:
        if item.get_closest_marker("in_turn") and not item.get_closest_marker("full") and hasattr(item, "callspec"):
            variants[item.nodeid.partition("[")[0]].append(item)
    for together in variants.values():
        rows = in_turn(list(map(values_of, together)))
        for item in together:
            if values_of(item) not in rows:
                item.add_marker(pytest.mark.full)
    return (yield)


def values_of(item):
    return {name: repr(value) for name, value in item.callspec.params.items()}


def in_turn(variants):
    """Those with every value at least once; short lists start again one further each time, to meet other values."""
    lists = [(name, list(dict.fromkeys(each[name] for each in variants))) for name in variants[0]]
    rows = [
        {name: values[(turn + at * (turn // len(values))) % len(values)] for at, (name, values) in enumerate(lists)}
        for turn in range(max(len(values) for _, values in lists))
    ]
    assert all(row in variants for row in rows), "parameters that go together cannot be taken in turn"
    return rows


@pytest.fixture(params=[*IN_TEST, *ELSEWHERE])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def window(browser):
    """One for many tests: a new one costs several times what a page does."""
    with opened(browser) as page:
        yield page


@pytest.fixture
def seen(window, view):
    """The window with the width, theme and text size of the test's view."""
    show_as(window, view)
    return window
