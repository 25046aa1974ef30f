"""Attributes of an item as DynamoDB writes them; boto3's own converter would cost half a cold start."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

Item = dict[str, Any]
Values = dict[str, Any]
Attributes = Mapping[str, Any]

_WRITERS: dict[type, Callable[[Any], Item]] = {
    bool: lambda value: {"BOOL": value},
    bytes: lambda value: {"B": value},
    frozenset: lambda value: {"SS": sorted(value)},
    int: lambda value: {"N": str(value)},
    str: lambda value: {"S": value},
    tuple: lambda value: {"L": [_write(each) for each in value]},
}

_READERS: dict[str, Callable[[Any], object]] = {
    "BOOL": bool,
    "B": bytes,
    "SS": frozenset,
    "N": int,
    "S": str,
    "L": lambda value: tuple(_read(each) for each in value),
}


def to_item(attributes: Attributes) -> Item:
    """The attributes as stored; one that is None is left out, since an index may only hold what has its key."""
    return {name: _write(value) for name, value in attributes.items() if value is not None}


def from_item(item: Item) -> Values:
    return {name: _read(value) for name, value in item.items()}


def key_in(item: Item) -> dict[str, str]:
    """Where an item stands, which DynamoDB asks for by these two attributes and no other."""
    return {name: item[name]["S"] for name in ("pk", "sk")}


def aliased(values: Attributes, **parts: str) -> Item:
    """The arguments of a call for its expressions, in which `#name` is an attribute and `:name` one of `values`.

    Hundreds of words are reserved as names, `state` and `language` among them, so every one is aliased.
    """
    names = {alias: alias[1:] for alias in re.findall(r"#\w+", " ".join(parts.values()))}
    written = {f":{name}": _write(value) for name, value in values.items() if value is not None}
    return {**parts, "ExpressionAttributeNames": names} | ({"ExpressionAttributeValues": written} if written else {})


def assigned(attributes: Attributes) -> str:
    """The update by which an item gets these values, and loses those that are None."""
    kept = [f"#{name} = :{name}" for name, value in attributes.items() if value is not None]
    gone = [f"#{name}" for name, value in attributes.items() if value is None]
    return f"SET {', '.join(kept)}" + (f" REMOVE {', '.join(gone)}" if gone else "")


def write_moment(aware: datetime) -> str:
    """In UTC and always of the same length, so that moments sort as text."""
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def _write(value: object) -> Item:
    return _WRITERS[type(value)](value)


def _read(value: Item) -> object:
    ((kind, content),) = value.items()
    return _READERS[kind](content)
