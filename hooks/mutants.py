"""Changes the rules one small step at a time, and lists the changes that no test notices.

mutmut takes a module's name from its path, so it works on a copy in which `chalicelib` stands at the root.
"""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

COPY = Path("build/mutants")
COPIED = {
    "backend/chalicelib": "chalicelib",
    "backend/timetable.py": "timetable.py",
    "tests": "tests",
    "bench": "bench",
    "pyproject.toml": "pyproject.toml",
}
# Unit tests of the rules import them; what reads or builds something that is not in the copy cannot run there.
RULES = ("from chalicelib.domain", "from chalicelib.usecases")
NOT_COPIED = ("from hooks", "from local", "from infra", "import ROOT", "__file__")
# They find their way to what is rare, in minutes: too slow to be asked about each change.
SLOW = ("store/test_roster_properties.py", "store/test_merge_properties.py", "unit/test_deletion_properties.py")
CACHES = shutil.ignore_patterns("__pycache__", ".hypothesis")


def main(names: list[str]) -> None:
    """All, or those whose name is like one of `names`; a second run tries only what has changed."""
    _copy()
    run = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names]
    subprocess.run(run, cwd=COPY, check=True)  # noqa: S603 - our own words
    listed = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    results = subprocess.run(listed, cwd=COPY, check=True, capture_output=True, text=True).stdout  # noqa: S603
    for line in report(results.splitlines()):
        sys.stdout.write(f"{line}\n")


def report(results: Iterable[str]) -> Iterable[str]:
    """How many of each module were noticed, then each that was not."""
    found = [tuple(line.strip().rsplit(": ", 1)) for line in results if ": " in line]
    tried, noticed = Counter[str](), Counter[str]()
    for name, state in found:
        module = name.rsplit(".", 1)[0]
        tried[module] += state != "not checked"
        noticed[module] += state in ("killed", "timeout")
    for module in sorted(tried):
        yield f"{noticed[module]:5} of {tried[module]:5}  {module}"
    yield f"{noticed.total():5} of {tried.total():5}"
    yield from (f"{state}: {name}" for name, state in found if state not in ("killed", "timeout", "not checked"))


def _copy() -> None:
    COPY.mkdir(parents=True, exist_ok=True)
    for source, there in COPIED.items():
        if Path(source).is_dir():
            shutil.copytree(source, COPY / there, ignore=CACHES, dirs_exist_ok=True)
        else:
            shutil.copy(source, COPY / there)
    for slow in SLOW:
        (COPY / "tests" / slow).unlink(missing_ok=True)
    for test in (*COPY.glob("tests/unit/test_*.py"), *COPY.glob("tests/store/test_*.py")):
        text = test.read_text("utf-8")
        is_of_rules = test.parent.name == "store" or any(each in text for each in RULES)
        if any(each in text for each in NOT_COPIED) or not is_of_rules:
            test.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
