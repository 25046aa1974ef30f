"""The periods of retention.toml: how long a contact is kept, and why."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.retention import NEVER_TOOK_PART, SIGNED, TOOK_PART, Retention

RULES = (NEVER_TOOK_PART, TOOK_PART, SIGNED)


@cache
def retention() -> Retention:
    """The periods of this build. Raises ConfigurationError, naming the entry, where one is missing or blank."""
    tables = tomllib.loads(files("chalicelib.programme").joinpath("retention.toml").read_text("utf-8"))
    rules = tables.get("rules", {})
    for rule in RULES:
        _complete(f"rules.{rule}", rules.get(rule, {}), "years", "after")
    _complete("contract", tables.get("contract", {}), "years")
    _complete("warning", tables.get("warning", {}), "days")
    return Retention(
        {rule: rules[rule]["years"] for rule in RULES},
        tables["contract"]["years"],
        timedelta(days=tables["warning"]["days"]),
    )


def _complete(name: str, entry: Mapping[str, Any], *needed: str) -> None:
    if blank := sorted(field for field in (*needed, "reason", "source") if not entry.get(field)):
        raise ConfigurationError(f"retention.toml: {name} lacks {', '.join(blank)}")
