"""What a log may hold: a closed list of fields, each with the only form that its value may have.

No form leaves room for a name, an address, a phone number or the token of a link.
"""

import json
import logging
import re
import traceback
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import PurePath
from typing import Any, TypeVar

from chalicelib.domain.errors import ConfigurationError, LeftUndoneError, MailStoppedError, RunFailedError

_Result = TypeVar("_Result")

LEFT_OUT = "…"

logging.getLogger("cai").setLevel(logging.INFO)  # Lambda and Python alike show warnings only

_REFERENCE = r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}"
_DAY = r"\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}[\d:.+]{0,20})?)?"
FIELDS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(form)
    for name, form in {
        "job": r"[a-z_]{1,20}",
        "route": r"(/(\{[a-z_]{1,20}\}|[a-z-]{1,20}|data\.json))+",
        "letter": rf"({_REFERENCE}\.)?[a-z_]{{1,30}}(\.[a-z_]{{1,30}})?\.\d{{1,4}}(\.{_DAY})?",
        # The class of an exception, never its text.
        "failure": r"[A-Z][A-Za-z]{0,40}Error",
        "stopped": r"[A-Z][A-Za-z]{0,40}Error",
        "at": r"[a-z_]{1,40}\.py:\d{1,5}",
        # What is missing or malformed, by its name alone.
        "configuration": r"CAI_[A-Z_]{1,30}|[a-z]{1,20}\.toml",
    }.items()
}
# Any other name is one of a count, in our own words; a phone number would be too long.
_COUNTED = re.compile(r"[a-z_ ]{1,30}")
_MOST = 10**8


def note(part: str, fields: Mapping[str, Any], level: int = logging.INFO) -> None:
    """Logs the fields of a part of the service as one line, and each by its name, for what listens to logs.

    A value that is not of its form is left out, and what has no name is dropped.
    """
    allowed = {name: _allowed(name, value) for name, value in fields.items() if _is_named(name)}
    logging.getLogger(f"cai.{part}").log(level, json.dumps(allowed, ensure_ascii=False), extra=allowed)


def names_nobody(function: Callable[..., _Result]) -> Callable[..., _Result]:
    """For a function that is no route: Lambda logs the text of what it raises, which may name a person.

    What nobody has foreseen is logged by class and place, and raised anew as a RunFailedError that an alarm hears.
    """

    @wraps(function)
    def reported(*given: Any) -> _Result:
        try:
            return function(*given)
        except (LeftUndoneError, MailStoppedError) as foreseen:
            raise foreseen from None
        except Exception as failure:  # the outermost report of a run
            note("jobs", {"job": function.__name__} | told_of(failure), logging.ERROR)
            raise RunFailedError(type(failure).__name__) from None

    return reported


def told_of(failure: Exception) -> dict[str, Any]:
    """The fields that tell what a failure is and where it was raised, or which setting is wrong; never its text."""
    told = {"failure": type(failure).__name__}
    if isinstance(failure, ConfigurationError):
        named = re.search(r"CAI_[A-Z_]+|[a-z]+\.toml", str(failure))
        return told | {"configuration": named and named[0]}
    return told | {"at": _place(failure)}


def _place(failure: Exception) -> str:
    frame = traceback.extract_tb(failure.__traceback__)[-1]
    return f"{PurePath(frame.filename).name}:{frame.lineno}"


def _is_named(name: str) -> bool:
    return name in FIELDS or _COUNTED.fullmatch(name) is not None


def _allowed(name: str, value: object) -> object:
    if form := FIELDS.get(name):
        return value if isinstance(value, str) and form.fullmatch(value) else LEFT_OUT
    return value if type(value) is int and abs(value) < _MOST else LEFT_OUT
