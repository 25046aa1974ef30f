"""A function of the local service is refused what its policy does not grant it, as AWS would."""

import pytest

from chalicelib.domain.errors import ConfigurationError
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.table import DUE
from chalicelib.wiring import parts
from local import permissions
from local.permissions import WEB, acting_as
from local.settings import TABLE
from tests.desk_here import desk_here
from tests.engines import start_roto
from tests.examples import NOW

pytestmark = pytest.mark.engine

SEAT = places.of_seat("info", "one")


@pytest.fixture
def here(tmp_path):
    permissions.enforce()
    engine = start_roto(tmp_path / "db")
    try:
        with desk_here(engine, tmp_path / "data", NOW):
            yield Table(parts.client("dynamodb"), TABLE)
    finally:
        engine.stop()


@pytest.mark.parametrize("function", [WEB, "tell", "deliver", "take_back"])
def test_only_the_deletion_function_may_delete(here, function):
    here.add({**SEAT, "place": "seat"})

    with acting_as(function), pytest.raises(ConfigurationError, match="AccessDenied"):
        here.transact([here.deleting(SEAT)])
    with acting_as(function), pytest.raises(ConfigurationError, match="AccessDenied"):
        here.delete([SEAT])

    assert here.get(SEAT)
    with acting_as("delete"):
        here.transact([here.deleting(SEAT)])
    assert not here.get(SEAT)


def test_a_function_asks_of_the_index_what_its_policy_says_of_the_index(here):
    looked = {"IndexName": DUE}
    for function in ("deliver", "delete"):
        with acting_as(function):
            assert not list(here.scanned("begins_with(#due_key, :day)", {"day": "letter"}, "#pk", **looked))

    with acting_as(WEB), pytest.raises(ConfigurationError, match="AccessDenied"):
        list(here.scanned("begins_with(#due_key, :day)", {"day": "letter"}, "#pk", **looked))
    with acting_as("deliver"), pytest.raises(ConfigurationError, match="AccessDenied"):
        list(here.scanned("begins_with(#due_key, :day)", {"day": "letter"}, "#pk"))


def test_who_runs_the_service_may_do_everything(here):
    here.delete([SEAT])


@pytest.mark.parametrize("function", permissions.functions())
def test_each_function_has_a_policy(function):
    assert permissions.granted(function)
