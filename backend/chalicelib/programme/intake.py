"""Whether forms are taken: the mode of the service, and the kinds of form that are closed alone."""

from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme.facts import load

MODES = ("demonstration", "closed", "open")
# The checker takes nothing from anybody, so there is nothing to close.
NEVER_CLOSED = ("eligibility",)
# Who has signed keeps the services of the contract: only closed alone.
GOES_ON = ("orientation",)
# Who takes part in an information session asks for an appointment next: both are open or closed together.
KINDS = {
    "appointment": "information",
    "information": "information",
    "citizenship": "citizenship",
    "orientation": "orientation",
}


def chosen(named: str | None) -> str:
    """The mode that `CAI_MODE` names, or else facts.toml. Raises ConfigurationError for an unknown one."""
    mode = named or str(load().settings["intake"]["mode"])
    if mode not in MODES:
        raise ConfigurationError(f"CAI_MODE is one of {', '.join(MODES)}, not {mode}")
    return mode


def is_closed(form: str, mode: str) -> bool:
    """Whether a form takes nothing: the programme is closed, or this kind of form alone."""
    if form in NEVER_CLOSED:
        return False
    closed_alone = KINDS[form] in load().settings["intake"]["closed_forms"]
    return closed_alone or (mode == "closed" and form not in GOES_ON)
