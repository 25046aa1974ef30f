"""How the office wants its mail, as facts.toml says."""

from datetime import time

from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme.facts import Facts


def digest_times(facts: Facts) -> tuple[time, ...]:
    """The times of a day at which staff get a digest; none where each request comes by itself.

    Raises ConfigurationError, naming the fact, for anything else.
    """
    wanted = facts.text("staff.mail")
    if wanted == "each":
        return ()
    if wanted != "digest":
        raise ConfigurationError("facts.toml: staff.mail must be each or digest")
    try:
        times = tuple(time.fromisoformat(each) for each in facts.text("staff.digest_times").split())
    except ValueError:
        times = ()
    if not times:
        raise ConfigurationError("facts.toml: staff.digest_times must be times such as 09:00 14:00")
    return times
