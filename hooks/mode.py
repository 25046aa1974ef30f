"""The mode that a build is made for: demonstration, closed or open."""

import os

from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme import intake
from chalicelib.programme.facts import load


def chosen_mode() -> str:
    """The mode of this build, from CAI_MODE or else from the facts.

    Raises ConfigurationError for an unknown mode, and for an open programme that nobody answers for.
    """
    mode = intake.chosen(os.environ.get("CAI_MODE"))
    if mode == "open":
        _demand_an_operator()
    return mode


def _demand_an_operator() -> None:
    missing = [key for key, value in load().settings["operator"].items() if not value]
    if missing:
        raise ConfigurationError(
            f"facts.toml: [operator] {', '.join(missing)} must be filled in before CAI_MODE is open"
        )
