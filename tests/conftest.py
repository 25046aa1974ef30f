"""For all tests: no log line names a person, and one running service and one browser for each test process."""

import logging

import pytest

from tests.browser import chromium
from tests.logs import Listener, naming_somebody
from tests.service import start_service

LISTENER = pytest.StashKey[Listener]()


def pytest_configure(config):
    """Listens from the start, so that lines of fixtures count for the test that asked for them."""
    listener = config.stash[LISTENER] = Listener()
    logging.getLogger().addHandler(listener)
    # What a function logs at its most talkative; of libraries what they say by default and one level more.
    logging.getLogger().setLevel(logging.INFO)
    for ours in ("cai", "local"):
        logging.getLogger(ours).setLevel(logging.DEBUG)
    # The mail server that tests start in their own process says whom it serves; it never ships.
    logging.getLogger("mail.log").setLevel(logging.WARNING)


def pytest_unconfigure(config):
    logging.getLogger().removeHandler(config.stash[LISTENER])


@pytest.fixture(autouse=True)
def _no_person_in_the_logs(pytestconfig):
    yield
    assert naming_somebody(pytestconfig.stash[LISTENER].taken()) == []


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    # Of many tests' letters to staff none waits for the end of an hour.
    with start_service(tmp_path_factory.mktemp("service") / "data", CAI_STAFF_MAILS_AN_HOUR="10000") as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    with chromium() as running:
        yield running
