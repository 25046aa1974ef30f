"""What every template of the skeleton may show: the menu, the languages, the mode, the facts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.structure.nav import Navigation

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme.facts import load
from chalicelib.words.formats import write_day
from chalicelib.words.templates import site_path
from hooks.addresses import slug_of
from hooks.links import Links
from hooks.pages import said
from hooks.shells import place

Names = dict[str, Any]


def names_of_page(slug: str, language: str, mode: str, site_url: str) -> Names:
    """For a page that exists in each language under the same slug."""
    return {
        "home": slug == "",
        "icon": Path("docs/assets/mark.svg").read_text("utf-8"),
        "elsewhere": _languages(lambda code: site_path(code, slug)),
        "canonical": _absolute(site_url, slug, language),
        "home_address": _absolute(site_url, "", language),
        "alternates": {code: _absolute(site_url, slug, code) for code in LANGUAGES},
        **_common(language, mode),
    }


def names_of_template(name: str, language: str, mode: str) -> Names:
    """For what is no page of its own: the page not found leads home, a shell learns its languages later."""
    shell = name == "page.html"
    return {
        "shell": shell,
        "elsewhere": _languages(lambda code: place(f"elsewhere_{code}") if shell else site_path(code, "")),
        **_common(language, mode),
    }


def menu(nav: Navigation, language: str, current: str | None) -> list[Names]:
    """The pages in their order, each under its own title and with its sentence."""
    slugs = [(page, slug_of(page.url, language)) for page in nav.pages]
    return [
        {
            "title": page.meta["title"],
            "description": page.meta["description"],
            "slug": slug,
            "path": site_path(language, slug),
            "current": slug == current,
        }
        for page, slug in slugs
    ]


def _languages(path: Callable[[str], str]) -> list[Names]:
    return [{"code": code, "name": name, "path": path(code)} for code, name in LANGUAGES.items()]


def _common(language: str, mode: str) -> Names:
    return {
        "language": language,
        "home_path": site_path(language, ""),
        "mode": mode,
        "closed": mode == "closed",
        "facts": said(language),
        "links": Links(language),
        "operator": load().settings["operator"],
        "checked": write_day(load().by_key["programme.closed_since"].checked, language),
        "place": place,
    }


def _absolute(site_url: str, slug: str, language: str) -> str:
    return site_url.rstrip("/") + site_path(language, slug)
