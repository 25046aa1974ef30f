"""No field of a log can hold a token, a name or an address: each has one form, and nothing else comes through."""

import json
import logging
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.link import token
from chalicelib.domain.log import FIELDS, LEFT_OUT, note, told_of
from tests.examples import FORM, PERSON, REQUEST

TOKEN = token((b"k" * 32,), "5c1a7e90d2b0f8e3a1645c1a7e90d2b0", 1, until=datetime(2026, 11, 21, tzinfo=UTC))
KEY = "0f1e2d3c" * 8
PERSONAL = [
    *(TOKEN, TOKEN.partition(".")[2], KEY, PERSON.email, PERSON.phone, PERSON.first_name, PERSON.surname),
    *(REQUEST.matricule, FORM["phone"], REQUEST.wish.message, "192.0.2.1", "2001:db8::1", "1990 0930 12358"),
]
GOOD = {
    "job": ["deliver_at_once", "take_back"],
    "route": [
        "/{lang}/my/{token}/dates/{about}",
        "/desk/{lang}/sign-in/{token}",
        "/health",
        "/{lang}/my/{token}/data.json",
    ],
    "letter": ["7KQ2-M9XW.received.1", "7KQ2-M9XW.staff_call.moved.2.2026-12-05T09:00:00+01:00", "dpo_month.1.2026-11"],
    "failure": ["KeyError", "StoreBusyError"],
    "stopped": ["MailStoppedError"],
    "at": ["sign_up.py:31"],
    "configuration": ["CAI_DESK_USERS", "facts.toml"],
}


@pytest.fixture
def logged(caplog):
    def log(fields):
        caplog.clear()
        with caplog.at_level(logging.INFO, "cai"):
            note("test", fields)
        (record,) = caplog.records
        return json.loads(record.getMessage()), record

    return log


def test_every_field_has_examples_here():
    assert GOOD.keys() == FIELDS.keys()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in GOOD.items() for value in values])
def test_what_has_its_form_is_logged_as_a_line_and_by_its_name(logged, name, value):
    line, record = logged({name: value})

    assert line == {name: value}
    assert record.__dict__[name] == value


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize("name", [*FIELDS, "sent", "status"])
def test_nothing_personal_comes_through_any_field(logged, name, value):
    for given_value in (
        value,
        f"CAI_MAIL is {value}",
        f"/my/{value}",
        f"7KQ2-M9XW.received.1.{value}",
        [value],
        {"a": value},
    ):
        line, record = logged({name: given_value})

        assert line[name] == record.__dict__[name] == LEFT_OUT
        assert LEFT_OUT in record.getMessage()


@given(st.emails() | st.ip_addresses().map(str) | st.from_regex(r"[A-Za-z0-9_-]{32,64}", fullmatch=True))
def test_no_address_and_no_token_has_the_form_of_any_field(value):
    assert [name for name, form in FIELDS.items() if form.fullmatch(value)] == []


@pytest.mark.parametrize("count", [10**8, 352621000000, 1990093012358, True, 1.5, "1", None])
def test_a_count_is_a_whole_number_too_small_for_a_phone(logged, count):
    assert logged({"sent": count})[0] == {"sent": LEFT_OUT}


@pytest.mark.parametrize("name", [PERSON.email, "Exempla", TOKEN, "+352621000000"])
def test_a_field_that_is_not_named_by_us_is_dropped(logged, name):
    assert logged({name: 1, "sent": 2})[0] == {"sent": 2}


def test_a_failure_is_told_by_its_class_and_place():
    with pytest.raises(KeyError) as failure:
        raise KeyError(PERSON.email)

    told = told_of(failure.value)
    file, _, line = told.pop("at").partition(":")
    assert (told, file, line.isdigit()) == ({"failure": "KeyError"}, "test_log.py", True)


@pytest.mark.parametrize(
    ("text", "named"),
    [("CAI_MAIL_FROM cannot be x", "CAI_MAIL_FROM"), ("facts.toml: staff.mail", "facts.toml"), (PERSON.surname, None)],
)
def test_a_wrong_setting_is_told_by_its_name_alone(text, named):
    assert told_of(ConfigurationError(text)) == {"failure": "ConfigurationError", "configuration": named}
