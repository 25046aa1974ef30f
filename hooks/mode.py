"""The mode that a build is made for: demonstration, closed or open."""

import os

from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme.facts import load

MODES = ("demonstration", "closed", "open")


def chosen_mode() -> str:
    """The mode of this build, from CAI_MODE or else from the facts.

    Raises ConfigurationError for an unknown mode, and for an open programme that nobody answers for.
    """
    mode = os.environ.get("CAI_MODE") or str(load().settings["intake"]["mode"])
    if mode not in MODES:
        raise ConfigurationError(f"CAI_MODE is one of {', '.join(MODES)}, not {mode}")
    if mode == "open":
        _demand_an_operator()
    return mode


def is_closed(form: str, mode: str) -> bool:
    """Whether a form takes nothing: the programme is closed, or this kind of form alone."""
    return mode == "closed" or form in load().settings["intake"]["closed_forms"]


def _demand_an_operator() -> None:
    missing = [key for key, value in load().settings["operator"].items() if not value]
    if missing:
        raise ConfigurationError(
            f"facts.toml: [operator] {', '.join(missing)} must be filled in before CAI_MODE is open"
        )
