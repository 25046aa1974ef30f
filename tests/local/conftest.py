"""A small site, and the real service with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service import Service, start_service

PAGES = {
    "index.html": "<!doctype html><title>Home</title>" + "Welcome. " * 100,
    "404.html": "Not found",
    "contact/index.html": "Contact",
    "assets/site.css": "body { color: black }",
    "fr/index.html": "Accueil",
    "fr/404.html": "Page introuvable",
    "de/index.html": "Start",
    "de/404.html": "Nicht gefunden",
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for name, words in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, "utf-8")
    (folder.parent / "secret.txt").write_text("outside", "utf-8")
    return folder


@pytest.fixture(scope="module")
def service(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with start_service(tmp_path_factory.mktemp("service") / "data", site=site) as running:
        yield running


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"
