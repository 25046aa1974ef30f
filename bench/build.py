"""Build of all languages beside the same pages without i18n

The peer builds the same Markdown files with the same templates and steps as one plain English site: no i18n plugin, so
one configuration, one list of files and one set of compiled templates. It lacks what languages cost and nothing else,
while Material on its own would differ by its theme, its search and its scripts too. Each build is a fresh process; the
ratio is taken turn by turn.
"""

import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, compared

TURNS = 5
NEEDED = ("backend", "bench", "docs", "hooks", "overrides")
PEER = "as one plain site"
OURS = "with i18n"
CONFIGS = {PEER: "bench/plain.yml", OURS: "mkdocs.yml"}


@dataclass(frozen=True)
class Cost:
    """The seconds that a build takes, and those of all cores together."""

    lasted: float
    cpu: float


def copy_to(folder: Path) -> None:
    """The peer must not leave its shells where the service looks for the site's."""
    for name in NEEDED:
        shutil.copytree(name, folder / name)
    shutil.copyfile("mkdocs.yml", folder / "mkdocs.yml")
    # The English pages at the root, where they stand in the site, so that menu and steps find them.
    shutil.copytree("docs", folder / "plain", ignore=shutil.ignore_patterns("en"))
    shutil.copytree("docs/en", folder / "plain", dirs_exist_ok=True)


def build(config: str, folder: Path) -> Cost:
    """One build, in a copy of the repository. Raises RuntimeError where a page is missing from the site."""
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--config-file",
        config,
        "--site-dir",
        folder / "site",
    ]
    path = f"{folder / 'backend'}{os.pathsep}{folder}"
    environment = {**os.environ, "PYTHONPATH": path, "CAI_MODE": "demonstration", "NO_MKDOCS_2_WARNING": "1"}
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=environment, check=True)
    lasted, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if len(list((folder / "site").rglob("index.html"))) != pages():
        raise RuntimeError(f"{config} left a page out")
    return Cost(lasted, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def pages() -> int:
    return len(list(Path("docs").rglob("*.md")))


def figures() -> list[Figure]:
    with TemporaryDirectory() as name:
        copy_to(Path(name))
        turns = [{which: build(config, Path(name)) for which, config in CONFIGS.items()} for _ in range(TURNS)]
    return [
        compared(
            f"{pages()} pages, {told}",
            "s",
            [getattr(turn[OURS], part) for turn in turns],
            PEER,
            [getattr(turn[PEER], part) for turn in turns],
            aim,
        )
        for part, told, aim in (("lasted", "time", "at most 1.50"), ("cpu", "all cores together", ""))
    ]
