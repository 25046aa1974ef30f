"""The periods of retention.toml: how long a contact is kept, and why."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from chalicelib.domain.errors import ConfigurationError

NEEDED = {"years", "after", "reason", "source"}


@cache
def years() -> Mapping[str, int]:
    """Whole years for each rule. Raises ConfigurationError for a rule that leaves something blank."""
    rules = tomllib.loads(files("chalicelib.programme").joinpath("retention.toml").read_text("utf-8"))
    for name, rule in rules.items():
        if blank := sorted(field for field in NEEDED if not rule.get(field)):
            raise ConfigurationError(f"retention.toml: {name} lacks {', '.join(blank)}")
    return {name: rule["years"] for name, rule in rules.items()}
