"""Lighthouse as on a phone beside a default Material build of the same pages

Every page in every language, ours and the peer's in turns, each in a browser of its own with Lighthouse's own phone: a
slow processor on a slow network. Ours is what `make run` serves; since a demonstration keeps search engines out, the
audit `is-crawlable` is left out on both sides. The peer has the same words and Material's defaults, without fonts, and
is served by the same code without our headers. Performance tells of the machine as well.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from waitress.server import create_server
from werkzeug.wrappers import Request

from bench.figures import Figure, compared
from bench.material import PEER, by_default
from chalicelib.domain.language import LANGUAGES
from local.site import Site
from tests.browser import QUIET, program
from tests.service import ROOT, start_service
from tests.site.built import in_each_language

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PROGRAM = ROOT / "requirements" / "node" / "node_modules" / ".bin" / "lighthouse"
Scores = dict[str, int]


def figures() -> list[Figure]:
    with TemporaryDirectory() as name, start_service(Path(name, "data")) as service:
        turns = {language: list(_turns(language, service.url, Path(name, language))) for language in LANGUAGES}
    found = [
        _beside(f"{category}, pages in {language}", category, turns[language])
        for category in CATEGORIES
        for language in LANGUAGES
    ]
    everything = [turn for each in turns.values() for turn in each]
    return [*found, *(_least(category, everything) for category in CATEGORIES)]


def measure(url: str, report: Path) -> Scores:
    """Points of 100 by category, from one run. Raises CalledProcessError or TimeoutExpired."""
    command = [PROGRAM, url, "--quiet", "--output=json", f"--output-path={report}", "--skip-audits=is-crawlable"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(('--headless', *QUIET))}"]
    subprocess.run(command, check=True, timeout=300, env={**os.environ, "CHROME_PATH": program()})
    found = json.loads(report.read_text("utf-8"))["categories"]
    return {name: round(100 * found[name]["score"]) for name in CATEGORIES}


def _turns(language: str, ours: str, folder: Path) -> Iterator[tuple[Scores, Scores]]:
    folder.mkdir()
    theirs = {page.slug: page.path for page in by_default(language, folder)}
    with _served(folder / "site") as peer:
        for slug, page in in_each_language("demonstration")[language].items():
            turn = measure(ours + page.path, folder / "ours"), measure(peer + theirs[slug], folder / "theirs")
            print(f"  {page.path} {turn[0]} beside {turn[1]}", flush=True)
            yield turn


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = create_server(Request.application(Site(folder).answer), listen="127.0.0.1:0")
    Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def _beside(what: str, category: str, turns: list[tuple[Scores, Scores]]) -> Figure:
    ours, theirs = ([turn[side][category] for turn in turns] for side in (0, 1))
    below = sum(score < 100 for score in ours)
    return compared(
        what, "points", ours, PEER, theirs, f"100 on each of {len(ours)} pages; below it: {below or 'none'}"
    )


def _least(category: str, turns: list[tuple[Scores, Scores]]) -> Figure:
    ours, theirs = ([min(turn[side][category] for turn in turns)] for side in (0, 1))
    return compared(f"{category}, least of all pages", "points", ours, PEER, theirs)
