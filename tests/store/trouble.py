"""Ports that get into trouble at a chosen call: too busy, silent, overtaken by somebody else, or the process dies."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from chalicelib.domain.errors import StoreBusyError
from tests.store.boundaries import DiedError
from tests.store.stores import Store

KINDS = ("busy", "silent", "dies before", "dies after", "overtaken")


@dataclass
class Trouble:
    """Comes at call number `at` from now on, 1 being the next; 0 is none. `meanwhile` is what overtakes."""

    at: int = 0
    kind: str = ""
    meanwhile: Callable[[], object] = lambda: None

    def meet(self, call: Callable[[], Any]) -> Any:
        self.at -= 1
        if self.at != 0:
            return call()
        if self.kind == "overtaken":
            self.meanwhile()
            return call()
        if self.kind in ("silent", "dies after"):
            call()
        raise StoreBusyError("as asked for") if self.kind in ("busy", "silent") else DiedError


class Port:
    """Passes on each call, unless trouble comes; what a store yields it has read whole before."""

    def __init__(self, real: Any, trouble: Trouble) -> None:
        self._real, self._trouble = real, trouble

    def __getattr__(self, name: str) -> Any:
        return lambda *given, **named: self._trouble.meet(lambda: self._call(name, given, named))

    def _call(self, name: str, given: Any, named: Any) -> Any:
        answer = getattr(self._real, name)(*given, **named)
        return iter(list(answer)) if isinstance(answer, Iterator) else answer


def troubled(store: Store, trouble: Trouble) -> Store:
    return Store(*(Port(getattr(store, each.name), trouble) for each in fields(Store)))
