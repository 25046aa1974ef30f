"""`make bench`: every figure beside its peer in one run, in words and written down; names choose some modules."""

import sys
from datetime import UTC, datetime

from bench import build, cost, deletion, desk, hostile, letters, lighthouse, sign_ups, start, timing, weight, years
from bench.figures import write

_ALL = (weight, build, start, sign_ups, desk, letters, deletion, cost, timing, hostile, years, lighthouse)
MODULES = {module.__name__.partition(".")[2]: module for module in _ALL}


def main(chosen: list[str]) -> None:
    """Measures all, or those that are named."""
    for name in chosen or MODULES:
        module = MODULES[name]
        title, _, note = (module.__doc__ or "").partition("\n")
        print(title, flush=True)
        figures = module.figures()
        for figure in figures:
            print(f"  {figure.row().strip('| ')}", flush=True)
        write(name, title, " ".join(note.split()), figures, datetime.now(UTC).date())


if __name__ == "__main__":
    main(sys.argv[1:])
