"""A running service whose intake is closed."""

import pytest

from tests.service import ROOT, start_service


@pytest.fixture(scope="session")
def closed_service(tmp_path_factory):
    data_dir = tmp_path_factory.mktemp("closed") / "data"
    service = start_service(data_dir, site=ROOT / "build" / "closed", CAI_MODE="closed")
    yield service
    service.stop()
