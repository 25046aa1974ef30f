"""How fresh the facts are: the day of the check that lies furthest back."""

from collections.abc import Iterable
from datetime import date

from chalicelib.programme import facts, links


def oldest_check() -> date:
    """Of all facts and links, the day on which the one was checked that nobody has looked at for longest."""
    return oldest([*facts.load().by_key.values(), *links.load().values()])


def oldest(entries: Iterable[facts.Fact | links.Link]) -> date:
    return min(entry.checked for entry in entries)
