"""ARCHITECTURE.md is a map of the tree as it is."""

import re
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = "backend/chalicelib"
UNMAPPED = {".git", ".gitignore", "backend", PACKAGE, f"{PACKAGE}/__init__.py"}


def mapped():
    table = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("## The map")[1].split("## ")[0]
    first_cells = (line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    return {path.rstrip("/") for cell in first_cells for path in re.findall(r"`([^`]+)`", cell)}


def parts():
    """Each file or folder at the root, in backend/ and in chalicelib/ that is the project's own."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()]
    found = (path for folder in ("", "backend", PACKAGE) for path in (ROOT / folder).iterdir())
    own = (path for path in found if not any(fnmatch(path.name, pattern) for pattern in ignored))
    return {path.relative_to(ROOT).as_posix() for path in own} - UNMAPPED


def test_every_part_is_on_the_map_and_the_map_shows_nothing_else():
    assert mapped() == parts()
