"""The Nu HTML checker finds nothing on any page: those of both built sites, and those that the API makes."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from chalicelib.domain.language import DESK_LANGUAGES, LANGUAGES
from tests.made_pages import made_pages
from tests.service import ROOT
from tests.site.built import SITES

NODE = ROOT / "requirements" / "node"
VNU = NODE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Less time to start, and a stack for deep pages: what the checker's own documentation advises for a short run.
JAVA = ("java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Warnings that we mean: hooks/tables.py gives these roles for a browser that forgets them.
MEANT = re.compile(r"The “(cell|row|rowheader|columnheader)” role is unnecessary for element")


@pytest.fixture(scope="module")
def made(service, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    for language in LANGUAGES:
        for name, html in made_pages(service, language):
            folder.joinpath(f"{language} {name}.html").write_text(html, "utf-8")
    return sorted(folder.iterdir())


def found(files: list[Path]) -> list[str]:
    """What the checker says about `files`, in one run."""
    assert VNU.is_file(), "The HTML checker is missing: `make test` installs it"
    check = [*JAVA, "-jar", VNU, "--also-check-svg", "--format", "json", "--stdout", "--exit-zero-always", *files]
    said = subprocess.run(check, capture_output=True, check=True, text=True, timeout=120)
    messages = json.loads(said.stdout)["messages"]
    return [f"{each['url']}: {each['message']}" for each in messages if not MEANT.match(each["message"])]


@pytest.mark.engine
def test_every_page_and_drawing_is_valid(made):
    built = [file for site in SITES.values() for kind in ("html", "svg") for file in site.rglob(f"*.{kind}")]
    assert len(made) == len({file.read_bytes() for file in made}) == 6 * len(LANGUAGES) + 11 * len(DESK_LANGUAGES)
    assert len(built) > 2 * len(LANGUAGES)

    assert found([*built, *made]) == []


def test_the_checker_sees_a_mistake(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>T</title><p id=a><b id=a>x</b></p>", "utf-8")

    assert found([page])[0] == f"file:{page}: Duplicate ID “a”."


def test_the_lock_names_no_host():
    lock = json.loads(NODE.joinpath("package-lock.json").read_text("utf-8"))

    assert all("integrity" in package for path, package in lock["packages"].items() if path)
    assert not [path for path, package in lock["packages"].items() if "resolved" in package]
