"""The built sites as tests read them: each page with its language, its path and its tree."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from chalicelib.domain.language import LANGUAGES

# `make site` has one site checked, whatever its mode.
ONE = os.environ.get("CHECKED_SITE")
SITES = {"site": Path(ONE)} if ONE else {mode: Path("build", mode) for mode in ("demonstration", "closed")}


@dataclass(frozen=True)
class Page:
    """One page; `slug` is what all its languages share, `path` what a browser asks for."""

    site: Path
    language: str
    slug: str
    path: str
    tree: Element

    def all(self, tag: str) -> list[Element]:
        return list(self.tree.iter(tag))

    def first(self, tag: str) -> Element:
        return next(self.tree.iter(tag))

    def ids(self) -> list[str]:
        return [element.get("id") for element in self.tree.iter() if element.get("id")]

    def links(self) -> list[str]:
        return [link.get("href") for link in self.all("a")]

    def description(self) -> str:
        return next(meta.get("content") for meta in self.all("meta") if meta.get("name") == "description")


@cache
def pages(mode: str) -> list[Page]:
    """Every page of the site that has a place in the menu, in all languages."""
    files = sorted(SITES[mode].rglob("index.html"))
    assert files, f"There is no {SITES[mode]}: run make build/{mode}.built"
    return [page_of(SITES[mode], file) for file in files]


@cache
def every_file(mode: str) -> list[Page]:
    """Also the pages that are shown when there is none."""
    return [*pages(mode), *(page_of(SITES[mode], file) for file in sorted(SITES[mode].rglob("404.html")))]


def in_each_language(mode: str) -> dict[str, dict[str, Page]]:
    """The pages of each language by slug."""
    return {code: {page.slug: page for page in pages(mode) if page.language == code} for code in LANGUAGES}


def text(element: Element) -> str:
    """What is read: where long words may part does not count."""
    return " ".join("".join(element.itertext()).replace("\u00ad", "").split())


def parsed(html: str) -> Element:
    return html5lib.parse(html, namespaceHTMLElements=False)


def main_of(page: Page) -> Element:
    return page.first("main")


def page_of(site: Path, file: Path) -> Page:
    path = "/" + file.relative_to(site).as_posix().removesuffix("index.html")
    language = next((code for code in LANGUAGES if path.startswith(f"/{code}/")), "en")
    slug = path.removeprefix("/" if language == "en" else f"/{language}/")
    return Page(site, language, slug, path, parsed(file.read_text("utf-8")))
