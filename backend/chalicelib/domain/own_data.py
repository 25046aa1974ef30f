"""What is stored of one person, as it lies there."""

from collections.abc import Mapping
from dataclasses import dataclass

# A number, a text, a yes or no, what is sealed, or several of them.
Value = str | int | bool | bytes | tuple[object, ...] | frozenset[str]


@dataclass(frozen=True)
class StoredItem:
    """An item that says something of a person: its kind by its name in stored.toml, and each attribute that does so."""

    kind: str
    attributes: Mapping[str, Value]
