"""What the environment says to more than one part."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from chalicelib.domain.errors import ConfigurationError


def needed(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ConfigurationError(f"{name} is not set")
    return value


def mode() -> str:
    """demonstration, closed or open: `CAI_MODE`, or what facts.toml says."""
    from chalicelib.programme import intake

    return intake.chosen(os.environ.get("CAI_MODE"))


def site_url() -> str:
    """The address of the site, without a slash at its end: `CAI_SITE_URL`."""
    url = needed("CAI_SITE_URL").rstrip("/")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise ConfigurationError("CAI_SITE_URL must be an address such as https://forum-cai.example")
    return url


def origin_secret() -> str:
    """What the edge shows: `CAI_ORIGIN_SECRET`; empty on one machine, where nobody can come round it."""
    return os.environ.get("CAI_ORIGIN_SECRET", "")


def now() -> datetime:
    """The aware time of day in UTC; a demonstration may move it by the seconds in the file that `CAI_CLOCK` names."""
    moved = os.environ.get("CAI_CLOCK")
    if not moved:
        return datetime.now(UTC)
    if mode() != "demonstration":
        raise ConfigurationError("CAI_CLOCK moves the clock of a demonstration only")
    return datetime.now(UTC) + _offset(Path(moved))


def _offset(file: Path) -> timedelta:
    try:
        return timedelta(seconds=float(file.read_text("ascii")))
    except FileNotFoundError:
        return timedelta()
