"""A figure beside its peer from the same run, and how figures are written down."""

import json
import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True)
class Figure:
    """What was measured in turns with a peer: the medians of both, and the ratio of each turn.

    `aim` is what was asked of the ratio, in words, where something was.
    """

    what: str
    unit: str
    ours: float
    peer: str
    theirs: float
    ratios: tuple[float, ...]
    aim: str = ""

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    def row(self) -> str:
        ours, theirs = f"{_short(self.ours)} {self.unit}", f"{_short(self.theirs)} {self.unit}, {self.peer}"
        spread = f"{self.ratio:.2f} ({min(self.ratios):.2f} to {max(self.ratios):.2f})"
        return f"| {self.what} | {ours} | {theirs} | {spread} | {self.aim} |"


@dataclass(frozen=True)
class Count:
    """What was counted, with no peer to stand beside."""

    what: str
    ours: float
    unit: str = ""

    def row(self) -> str:
        return f"| {self.what} | {_short(self.ours)} {self.unit} | | | |"


def compared(what: str, unit: str, ours: Sequence[float], peer: str, theirs: Sequence[float], aim: str = "") -> Figure:
    """The figure of turns in which both took part, ours and the peer's in the same order."""
    ratios = tuple(mine / other for mine, other in zip(ours, theirs, strict=True))
    return Figure(what, unit, statistics.median(ours), peer, statistics.median(theirs), ratios, aim)


def write(name: str, title: str, note: str, figures: Sequence[Figure | Count], day: date) -> None:
    """Puts what one module measured in one run into `RESULTS.json`, in place of its earlier figures, and all in words.

    The machine goes by its cores and Python alone.
    """
    data = RESULTS.with_suffix(".json")
    known = json.loads(data.read_text("utf-8")) if data.exists() else {}
    known[name] = {
        "title": title,
        "note": note,
        "day": day.isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "figures": [asdict(each) for each in figures],
    }
    data.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n", "utf-8")
    RESULTS.write_text("\n".join(_page(known)), "utf-8")


def _page(known: Mapping[str, Any]) -> Iterator[str]:
    yield "# Figures\n"
    yield "From `make bench`. Ratios: median (least to most) of turns taken beside the peer in the same run."
    for module in known.values():
        yield f"\n## {module['title']}\n\n{module['note']}"
        yield f"Measured on {module['day']} on {module['cores']} cores with Python {module['python']}.\n"
        yield "| What | Ours | Beside | Ratio | Aim |\n|---|---|---|---|---|"
        yield from ((Figure if "peer" in each else Count)(**each).row() for each in module["figures"])
    yield ""


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
