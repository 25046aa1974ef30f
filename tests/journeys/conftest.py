"""One running service and one browser for the journeys of a test process."""

import pytest

from tests.browser import chromium
from tests.service import start_service


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    service = start_service(tmp_path_factory.mktemp("service") / "data")
    yield service
    service.stop()


@pytest.fixture(scope="session")
def browser():
    with chromium() as running:
        yield running
