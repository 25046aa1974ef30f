"""ARCHITECTURE.md is a map of the tree as it is."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = "backend/chalicelib"
UNMAPPED = {".gitignore", f"{PACKAGE}/__init__.py"}


def mapped():
    table = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("## The map")[1].split("## ")[0]
    first_cells = (line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    return {path.rstrip("/") for cell in first_cells for path in re.findall(r"`([^`]+)`", cell)}


def parts():
    """Each file or folder at the root, in backend/ and in chalicelib/, as git knows them."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {part_of(path) for path in tracked.splitlines()} - UNMAPPED


def part_of(path):
    for folder in (f"{PACKAGE}/", "backend/", ""):
        if path.startswith(folder):
            return folder + path.removeprefix(folder).split("/")[0]
    raise AssertionError(path)


def test_every_part_is_on_the_map_and_the_map_shows_nothing_else():
    assert mapped() == parts()
