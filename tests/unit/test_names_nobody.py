"""What a function raises reaches Lambda's own log: by its class, never with a text that may name somebody."""

import json
import logging
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from chalicelib.domain.errors import ConfigurationError, LeftUndoneError, MailStoppedError, RunFailedError
from chalicelib.domain.log import names_nobody
from tests.examples import PERSON

BACKEND = Path(__file__).parents[2] / "backend"
# Without any setting of ours each function fails at once.
FAILING = """
import json, app
told = {}
for each in (*app.app.pure_lambda_functions, *app.app.event_sources):
    event = {"Records": [], "version": "", "account": "", "region": "", "detail": {}, "detail-type": "", "source": "",
             "time": "", "id": "", "resources": [], "reference": "", "secret": ""}
    try:
        getattr(app, each.name)(event, None)
        told[each.name] = "nothing"
    except Exception as raised:
        told[each.name] = f"{type(raised).__name__}: {raised}"
print(json.dumps(told))
"""
BARE = {
    "PYTHONPATH": str(BACKEND),
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nobody",
    "AWS_EC2_METADATA_DISABLED": "true",
}
FUNCTIONS = {"deliver", "deliver_at_once", "tell", "publish", "remind", "delete", "take_back", "unseal"}


def failing(raised):
    @names_nobody
    def tell(event):
        try:
            raise LookupError(PERSON.email)
        except LookupError as cause:
            raise raised from cause

    return tell


def shown(raised):
    """All that a log could show of it."""
    return "".join(traceback.format_exception(raised))


def test_each_function_that_is_no_route_says_the_class_alone_of_what_it_raises():
    ran = subprocess.run([sys.executable, "-c", FAILING], env=BARE, capture_output=True, text=True, check=True)

    assert json.loads(ran.stdout) == dict.fromkeys(FUNCTIONS, "RunFailedError: ConfigurationError")
    logged = [json.loads(line) for line in ran.stderr.splitlines()]
    assert {line["job"] for line in logged} == FUNCTIONS
    assert all(line["configuration"].startswith("CAI_") for line in logged)


@pytest.mark.parametrize("raised", [ValueError(PERSON.email), KeyError(PERSON.phone), UnicodeError(PERSON.surname)])
def test_what_nobody_has_foreseen_is_logged_and_raised_by_its_class(caplog, raised):
    with pytest.raises(RunFailedError) as told:
        failing(raised)({})

    assert str(told.value) == type(raised).__name__
    assert not [value for value in (PERSON.email, PERSON.phone, PERSON.surname) if value in shown(told.value)]
    (record,) = caplog.records
    line = json.loads(record.getMessage())
    assert (record.levelno, line.pop("at").partition(":")[0]) == (logging.ERROR, "test_names_nobody.py")
    assert line == {"job": "tell", "failure": type(raised).__name__}


def test_a_wrong_setting_is_logged_by_its_name(caplog):
    with pytest.raises(RunFailedError):
        failing(ConfigurationError(f"CAI_MAIL_FROM cannot be {PERSON.email}"))({})

    (record,) = caplog.records
    told = {"job": "tell", "failure": "ConfigurationError", "configuration": "CAI_MAIL_FROM"}
    assert json.loads(record.getMessage()) == told


@pytest.mark.parametrize("foreseen", [MailStoppedError("SES: AccessDenied"), LeftUndoneError()])
def test_what_was_foreseen_is_raised_as_it_is_without_what_led_to_it(caplog, foreseen):
    with pytest.raises(type(foreseen)) as told:
        failing(foreseen)({})

    assert told.value is foreseen
    assert PERSON.email not in shown(told.value)
    assert caplog.records == []


def test_what_a_function_gives_back_comes_through():
    assert names_nobody(lambda event: {"sent": event["sent"]})({"sent": 2}) == {"sent": 2}
