"""`make bench`: every figure beside its peer in one run, in words and written down; names choose some of them."""

import sys

from bench import build, deletion, desk, sign_ups, start, weight, years
from bench.figures import write

MODULES = (start, sign_ups, desk, deletion, weight, build, years)


def main(chosen: list[str]) -> None:
    """Measures all, or those whose module is named, which are not written down."""
    modules = [each for each in MODULES if not chosen or each.__name__.removeprefix("bench.") in chosen]
    figures, notes = {}, {}
    for module in modules:
        name, _, notes_of = (module.__doc__ or "").partition("\n")
        print(f"{name}", flush=True)
        figures[name], notes[name] = module.figures(), " ".join(notes_of.split())
        for figure in figures[name]:
            print(f"  {figure.row().strip('| ')}", flush=True)
    if not chosen:
        write(figures, notes)


if __name__ == "__main__":
    main(sys.argv[1:])
