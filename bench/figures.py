"""A figure beside its peer from the same run, and how figures are written down."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True)
class Figure:
    """What was measured in turns with a peer: the medians of both, and the ratio of each turn.

    `aim` is what design section 9 or an issue asks of the ratio, in words, where one does.
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


def write(figures: Mapping[str, Sequence[Figure | Count]], notes: Mapping[str, str]) -> None:
    """Writes `RESULTS.md` and `RESULTS.json` beside this file; the machine by its cores and Python alone."""
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    parts = [
        "# Figures\n",
        f"From one run of `make bench` on {machine['cores']} cores with Python {machine['python']}.",
    ]
    parts.append("Ratios: median (least to most) of turns taken beside the peer.\n")
    for name, found in figures.items():
        parts += [f"## {name}\n", f"{notes[name]}\n", "| What | Ours | Beside | Ratio | Aim |", "|---|---|---|---|---|"]
        parts += [*(figure.row() for figure in found), ""]
    RESULTS.write_text("\n".join(parts), "utf-8")
    listed = {name: [asdict(each) for each in found] for name, found in figures.items()}
    text = json.dumps({"machine": machine, "figures": listed}, indent=1)
    RESULTS.with_suffix(".json").write_text(f"{text}\n", "utf-8")


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
