"""The keys that marks, links, sign-ins and limits are made with: versioned, one set a purpose."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chalicelib.domain.errors import ConfigurationError
from chalicelib.storage.failures import failures

PURPOSES = ("pointers", "links", "sign-in", "limits", "seal")
LENGTH = 32
_IN_SSM = "ssm:"


@dataclass(frozen=True)
class Keys:
    """Keys by purpose, the newest version first: it signs, and all of them verify."""

    by_purpose: Mapping[str, tuple[bytes, ...]] = field(repr=False)

    def purpose(self, name: str) -> tuple[bytes, ...]:
        """At least one key. Raises ConfigurationError where there is none."""
        try:
            return self.by_purpose[name]
        except KeyError:
            raise ConfigurationError(f"CAI_KEYS has no keys for the purpose {name}") from None


def load_keys(location: str, ssm: Callable[[], Any]) -> Keys:
    """The keys in `location`, a file or "ssm:" with the name of a parameter: JSON of purpose, version and key in hex.

    Raises ConfigurationError with a sentence that names CAI_KEYS and the purpose, never a key.
    """
    written = _parameter(location.removeprefix(_IN_SSM), ssm()) if location.startswith(_IN_SSM) else _file(location)
    # Errors of reading are not chained: they quote what they could not read, and that may be a key.
    try:
        purposes = dict(json.loads(written))
    except (TypeError, ValueError):
        raise ConfigurationError("CAI_KEYS leads to something that is no JSON object") from None
    return Keys({name: _newest_first(name, versions) for name, versions in purposes.items()})


def make_keys(known: str = "{}") -> str:
    """As JSON for a file that nobody else may read: the `known` keys, and a new random one for each other purpose."""
    new = {name: {"1": secrets.token_hex(LENGTH)} for name in PURPOSES}
    return json.dumps(new | json.loads(known), indent=2)


def _file(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        raise ConfigurationError(f"CAI_KEYS names a file that cannot be read: {path}") from None


def _parameter(name: str, ssm: Any) -> str:
    with failures(f"parameter {name} (CAI_KEYS)"):
        return str(ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])


def _newest_first(purpose: str, versions: Any) -> tuple[bytes, ...]:
    try:
        keys = tuple(bytes.fromhex(versions[each]) for each in sorted(versions, key=int, reverse=True))
    except (AttributeError, TypeError, ValueError):
        keys = ()
    if not keys or any(len(key) != LENGTH for key in keys):
        raise ConfigurationError(f"CAI_KEYS holds no versions of {LENGTH} bytes in hex for the purpose {purpose}")
    return keys
