"""One account a process, with the packaged stack in it."""

import pytest

from tests.stack.account import account as deployed


@pytest.fixture(scope="session")
def account(tmp_path_factory):
    with deployed(tmp_path_factory.mktemp("account")) as running:
        # The sweep of each minute would send what the stream is to tell of.
        running.engine.client("events").disable_rule(Name=running.called("DeliverDeliverEvent"))
        yield running


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Lets what waits for the clock of the account come last, when the minute has passed beside the other tests."""
    items.sort(key=lambda item: item.get_closest_marker("waits") is not None)
