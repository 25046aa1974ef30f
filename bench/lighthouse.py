"""Lighthouse as on a phone, for every page in every language, served by the real service: `make lighthouse`.

The closed site, since it is what a deployment publishes: a demonstration keeps search engines out, so that the audit
`is-crawlable` could only fail there. MODE=demonstration measures the forms too, without that audit.
One run at a time. What was measured stays in build/lighthouse-MODE.json for as long as the page stays the same, so that
it may be cut off and go on, or be done in parts: PAGES="home contract/" LANGUAGES="fr lb" RUNS=3.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from tests.browser import QUIET, program
from tests.service import ROOT, start_service
from tests.site.built import Page, pages

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PROGRAM = ROOT / "requirements" / "node" / "node_modules" / ".bin" / "lighthouse"
Runs = list[dict[str, int]]


def main() -> int:
    given = _arguments()
    results = Results(Path("build", f"lighthouse-{given.mode}.json"))
    wanted = [page for page in pages(given.mode) if _wanted(page, given.pages, given.languages)]
    due = [(page, run) for page in wanted for run in range(len(results.of(page)), given.runs)]
    print(f"{len(wanted)} pages, {len(due)} runs to do, {len(wanted) * given.runs - len(due)} done before")
    with tempfile.TemporaryDirectory() as folder, _service(Path(folder), given.mode) as service:
        for done, (page, _) in enumerate(due, 1):
            began = time.monotonic()
            results.add(page, measure(service.url + page.path, given.mode, Path(folder, "report.json")))
            scores = " ".join(str(score) for score in results.of(page)[-1].values())
            print(f"{done}/{len(due)} {page.path} {scores} ({time.monotonic() - began:.0f} s)", flush=True)
    lines = table({page.path: results.of(page)[: given.runs] for page in wanted})
    results.file.with_suffix(".md").write_text("\n".join(lines) + "\n", "utf-8")
    print("", *lines, sep="\n")
    return _verdict({page.path: results.of(page) for page in wanted})


class Results:
    """Scores of each page by its path, in a file; forgotten when the page is another."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._all = json.loads(file.read_text("utf-8")) if file.exists() else {}

    def of(self, page: Page) -> Runs:
        known = self._all.get(page.path, {})
        return known["runs"] if known.get("page") == _fingerprint(page) else []

    def add(self, page: Page, scores: dict[str, int]) -> None:
        self._all[page.path] = {"page": _fingerprint(page), "runs": [*self.of(page), scores]}
        self.file.write_text(json.dumps(self._all, indent=1), "utf-8")


def measure(url: str, mode: str, report: Path) -> dict[str, int]:
    """One run in a browser of its own, with Lighthouse's own phone: a slow processor on a slow network."""
    command = [PROGRAM, url, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={_flags()}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--skip-audits=is-crawlable"] if mode == "demonstration" else []
    subprocess.run(command, check=True, timeout=300, env={**os.environ, "CHROME_PATH": program()})
    found = json.loads(report.read_text("utf-8"))
    for audit in _failed(found):
        print(f"  {audit}")
    return {name: round(100 * found["categories"][name]["score"]) for name in CATEGORIES}


def table(measured: dict[str, Runs]) -> list[str]:
    """Markdown: the median and the worst of each category."""
    heads = [f"{name}, median (worst)" for name in CATEGORIES]
    lines = [f"| page | runs | {' | '.join(heads)} |", f"|---|---|{'---|' * len(CATEGORIES)}"]
    for path, runs in measured.items():
        cells = [f"{statistics.median_low([run[name] for run in runs])} ({_worst(runs, name)})" for name in CATEGORIES]
        lines.append(f"| {path} | {len(runs)} | {' | '.join(cells)} |")
    everything = [run for runs in measured.values() for run in runs]
    medians = [f"{statistics.median_low([run[name] for run in everything])}" for name in CATEGORIES]
    worst = [f"{median} ({_worst(everything, name)})" for median, name in zip(medians, CATEGORIES, strict=True)]
    return [*lines, f"| all {len(measured)} | {len(everything)} | {' | '.join(worst)} |"]


def _verdict(measured: dict[str, Runs]) -> int:
    """1 where a category is below 100; performance is only reported, since it tells of the machine as well."""
    bad = [path for path, runs in measured.items() if any(_worst(runs, name) < 100 for name in CATEGORIES[1:])]
    print("", f"Below 100 in {', '.join(CATEGORIES[1:])}: {', '.join(bad) or 'no page'}", sep="\n")
    return 1 if bad else 0


def _worst(runs: Runs, name: str) -> int:
    return min(run[name] for run in runs)


def _failed(report: dict) -> list[str]:
    """The audits that cost points."""
    counted = {each["id"] for one in report["categories"].values() for each in one["auditRefs"] if each["weight"]}
    audits = (audit for audit in report["audits"].values() if audit["id"] in counted)
    return [f"{audit['id']}: {audit['title']}" for audit in audits if (audit["score"] or 0) < 0.9 and _scored(audit)]


def _scored(audit: dict) -> bool:
    return audit["scoreDisplayMode"] not in ("notApplicable", "informative", "manual")


def _fingerprint(page: Page) -> str:
    """Of the page and so, by the names that they have in it, of its style and scripts."""
    return sha256((page.site / page.path[1:] / "index.html").read_bytes()).hexdigest()[:16]


def _flags() -> str:
    return " ".join(("--headless", *QUIET))


def _service(folder: Path, mode: str):
    return start_service(folder / "data", site=ROOT / "build" / mode, CAI_MODE=mode)


def _wanted(page: Page, slugs: list[str], languages: list[str]) -> bool:
    return (not slugs or (page.slug or "home") in slugs) and (not languages or page.language in languages)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mode", default="closed", choices=("closed", "demonstration"))
    parser.add_argument("--runs", default=3, type=int)
    parser.add_argument("--pages", default="", type=str.split, help="such as: home contract/")
    parser.add_argument("--languages", default="", type=str.split, help="such as: fr lb")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
