"""ARCHITECTURE.md is a map of the tree as it is, and one module writes the logs."""

import ast
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


def test_nothing_but_its_module_writes_a_log():
    backend = ROOT / "backend"
    written = {
        file.relative_to(backend).as_posix()
        for file in backend.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).startswith(("logging.getLogger", "log.", "logger.", "warnings."))
    }

    assert written == {"chalicelib/domain/log.py"}
