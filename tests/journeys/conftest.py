"""The window of the journeys, as a view wants it."""

import pytest

from tests.browser import page as opened
from tests.journeys.looking import show_as


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
