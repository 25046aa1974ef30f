"""One browser for the journeys of a test process."""

import pytest

from tests.browser import chromium


@pytest.fixture(scope="session")
def browser():
    with chromium() as running:
        yield running
