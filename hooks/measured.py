"""What `make bench` measured, as the page about this site shows it."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal

from chalicelib.domain.errors import ConfigurationError
from chalicelib.words.formats import write_day

RESULTS = Path(__file__).parent.parent / "bench" / "RESULTS.json"


@dataclass(frozen=True)
class Measured:
    """Figures by the module of the bench and their name, as a language writes numbers."""

    language: str
    results: Path = RESULTS

    def ours(self, module: str, what: str, unit: int = 1) -> str:
        """In so many of its units, such as 1000 bytes. Raises ConfigurationError for a figure that nobody measured."""
        return self._written(self._figure(module, what)["ours"] / unit)

    def theirs(self, module: str, what: str, unit: int = 1) -> str:
        """What stands beside it. Raises ConfigurationError for a figure that nobody measured."""
        return self._written(self._figure(module, what)["theirs"] / unit)

    @property
    def day(self) -> str:
        """Of the oldest of the measurements."""
        return write_day(min(date.fromisoformat(each["day"]) for each in self._known.values()), self.language)

    def _figure(self, module: str, what: str) -> dict[str, Any]:
        figures = self._known.get(module, {}).get("figures", [])
        found = [figure for figure in figures if figure["what"] == what]
        if len(found) != 1:
            raise ConfigurationError(f"{self.results.name}: {len(found)} figures of {module} are called “{what}”")
        return dict(found[0])

    def _written(self, number: float) -> str:
        return str(format_decimal(number if number < 10 else round(number), "#,##0.#", self.language))

    @cached_property
    def _known(self) -> dict[str, Any]:
        return dict(json.loads(self.results.read_text("utf-8")))
