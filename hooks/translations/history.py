"""The English as it was, from git: nothing is stored twice, and a build without git needs none of it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from hooks.translations.words import fingerprint


def english_with(docs: Path, name: str, wanted: str) -> str | None:
    """The latest English of a page whose fingerprint is `wanted`; None where git does not have it."""
    return next((text for text in _versions(docs, name) if fingerprint(text) == wanted), None)


def fingerprint_before(docs: Path, name: str) -> str | None:
    """What the English of a page was before its last change, committed or not; None where git does not know."""
    now = fingerprint((docs / "en" / f"{name}.md").read_text("utf-8"))
    return next((before for text in _versions(docs, name) if (before := fingerprint(text)) != now), None)


def _versions(docs: Path, name: str) -> Iterator[str]:
    """Every committed text, the newest first."""
    page = f"en/{name}.md"
    for commit in _git(docs, "log", "--format=%H", "--", page).split():
        yield _git(docs, "show", f"{commit}:./{page}")


def _git(docs: Path, *arguments: str) -> str:
    git = shutil.which("git")
    if not git:
        return ""
    return subprocess.run([git, "-C", str(docs), *arguments], capture_output=True, check=False, encoding="utf-8").stdout  # noqa: S603 - our own words
