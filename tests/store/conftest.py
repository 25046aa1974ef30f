"""The engines, each started once for a worker, and a fresh store on the fake and on each of them."""

from functools import cache

import pytest

from tests.engines import start_ministack, start_roto
from tests.store.stores import dynamo_store, fake_store, new_table

ENGINES = [pytest.param(name, marks=pytest.mark.engine) for name in ("roto", "ministack")]


@pytest.fixture(scope="session")
def roto(tmp_path_factory):
    engine = start_roto(tmp_path_factory.mktemp("roto"))
    yield engine
    engine.stop()


@pytest.fixture(scope="session")
def ministack(tmp_path_factory):
    engine = start_ministack(tmp_path_factory.mktemp("ministack"))
    yield engine
    engine.stop()


@pytest.fixture(scope="session")
def client_of():
    """The client of an engine, made once since making one is slow, and without retries, so that no fault is hidden."""
    return cache(lambda engine: engine.client(retries={"total_max_attempts": 1}))


@pytest.fixture(params=ENGINES)
def engine(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def table(engine, client_of):
    """A client of an engine and the name of a new table there."""
    client = client_of(engine)
    return client, new_table(client)


@pytest.fixture(params=["fake", *ENGINES])
def store(request, client_of):
    """The same promises are kept by the fake and by DynamoDB on two engines."""
    if request.param == "fake":
        return fake_store()
    client = client_of(request.getfixturevalue(request.param))
    return dynamo_store(client, new_table(client))
