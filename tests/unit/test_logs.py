"""The listener to the logs of all tests hears a name however it gets there."""

import logging

import pytest

from tests.examples import PERSON, REQUEST
from tests.logs import Listener, naming_somebody


@pytest.fixture
def log():
    """A logger of its own, so that what it is told here is not held against this test."""
    log, listener = logging.Logger("apart"), Listener()
    log.addHandler(listener)
    return log, listener


@pytest.mark.parametrize("value", [PERSON.first_name, PERSON.email.upper(), PERSON.phone, REQUEST.matricule])
def test_a_line_with_a_personal_value_is_noticed(log, value):
    log, listener = log

    log.info("stored %s", value)

    assert naming_somebody(listener.taken()) == [f"stored {value}"]


def test_a_personal_value_in_an_exception_is_noticed(log):
    log, listener = log

    try:
        raise ValueError(PERSON.surname)
    except ValueError:
        log.exception("not stored")

    assert len(naming_somebody(listener.taken())) == 1


def test_a_reference_and_counts_name_nobody(log):
    log, listener = log

    log.info('{"job": "deliver", "sent": 2, "reference": "7KQ2-M9XW"}')

    assert naming_somebody(listener.taken()) == []


def test_the_logs_of_the_service_are_listened_to(pytestconfig):
    listeners = [each for each in logging.getLogger().handlers if type(each).__name__ == "Listener"]

    assert len(listeners) == 1
    assert all(logging.getLogger(name).isEnabledFor(logging.INFO) for name in ("cai.jobs", "cai.web", "local.jobs"))
