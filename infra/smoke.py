"""Looks at a stage from outside, as a reader does, and says what is not as it should be."""

from collections.abc import Iterator, Mapping
from typing import Any

import requests

from chalicelib.domain.language import LANGUAGES
from chalicelib.web.headers import EVERY_API_ANSWER, NOT_FOUND, headers_of, kept
from chalicelib.words.templates import site_path

_PATIENCE = 20


def smoke(url: str, mode: str, build: str) -> Iterator[str]:
    """A sentence for each thing that is wrong: pages in each language, pages not found, the API, headers."""
    with requests.Session() as session:
        for language in LANGUAGES:
            home, nowhere = site_path(language), site_path(language, "nowhere/")
            yield from _wrong_page(session, url, home, 200, language)
            yield from _wrong_page(session, url, nowhere, 404, language)
        yield from _wrong_health(session, url, mode, build)


def _wrong_page(session: requests.Session, url: str, path: str, status: int, language: str) -> Iterator[str]:
    answer = session.get(f"{url}{path}", timeout=_PATIENCE, allow_redirects=False)
    if answer.status_code != status or f'lang="{language}"' not in answer.text:
        yield f"{path} is answered {answer.status_code} instead of {status} in {language}"
    page = path if status == 200 else NOT_FOUND[language]
    yield from _wrong_headers(path, answer.headers, headers_of(path) | {"Cache-Control": kept(page)})


def _wrong_health(session: requests.Session, url: str, mode: str, build: str) -> Iterator[str]:
    answer = session.get(f"{url}/api/health", timeout=_PATIENCE)
    if answer.status_code != 200:
        yield f"/api/health is answered {answer.status_code}"
        return
    said: dict[str, Any] = answer.json()
    for what, wanted in (("mode", mode), ("build", build)):
        if said[what] != wanted:
            yield f"/api/health says that the {what} is {said[what]} instead of {wanted}"
    yield from _wrong_headers("/api/health", answer.headers, EVERY_API_ANSWER)


def _wrong_headers(path: str, sent: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(name for name, value in wanted.items() if sent.get(name) != value):
        yield f"{path} comes with the wrong {name}"
