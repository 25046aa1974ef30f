"""What every template of the skeleton may show: the menu, the languages, the mode, the facts."""

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from mkdocs.structure.nav import Navigation

from chalicelib.domain.language import DESK_LANGUAGES, LANGUAGES
from chalicelib.programme.facts import load
from chalicelib.words.formats import write_day
from chalicelib.words.templates import site_path
from hooks.addresses import slug_of
from hooks.links import Links
from hooks.pages import said
from hooks.shells import place
from hooks.tokens import ground

Names = dict[str, Any]

# The steps that have pages of their own; the three measures are taken in any order.
STEPS = (("information-session/",), ("appointment/",), ("language-courses/", "citizenship-course/", "orientation-day/"))

# What only the API fills in, with the languages that need it.
SHELL_TEMPLATES = {"page.html": tuple(LANGUAGES), "desk.html": DESK_LANGUAGES}


def names_of_page(slug: str, language: str, mode: str, site_url: str) -> Names:
    """For a page that exists in each language under the same slug."""
    return {
        "home": slug == "",
        "icon": Path("docs/assets/mark.svg").read_text("utf-8"),
        "elsewhere": _languages(lambda code: site_path(code, slug)),
        "canonical": _absolute(site_url, slug, language),
        "home_address": _absolute(site_url, "", language),
        "share": _absolute(site_url, "share.png", language_of_picture(language)),
        "alternates": {code: _absolute(site_url, slug, code) for code in LANGUAGES},
        **_common(language, mode),
    }


def names_of_template(name: str, language: str, mode: str) -> Names:
    """For what is no page of its own: the page not found leads home, a shell learns its languages later."""
    shell = name in SHELL_TEMPLATES
    elsewhere = _languages(lambda code: place(f"elsewhere_{code}") if shell else site_path(code, ""))
    return {
        "shell": shell,
        "elsewhere": [each for each in elsewhere if each["code"] in SHELL_TEMPLATES.get(name, LANGUAGES)],
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
            "group": page.parent.title if page.parent else "",
        }
        for page, slug in slugs
    ]


def places(menu: list[Names]) -> Names:
    """Where the pages are listed: the first group in the header, the last at the foot, the others at the side."""
    _, *groups, foot = [list(pages) for _, pages in groupby(menu, key=itemgetter("group"))]
    return {"menu": menu, "groups": groups, "foot": foot, "search": foot[0], "way": way(menu)}


def way(menu: list[Names]) -> Names | None:
    """For a page that is a step of the contract: all steps, where one may have several pages."""
    pages = {page["slug"]: page for page in menu}
    steps = [[pages[slug] for slug in step] for step in STEPS]
    here = any(page["current"] for step in steps for page in step)
    return {"title": pages["steps/"]["title"], "steps": steps} if here else None


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
        "ground": ground(),
        "place": place,
    }


def _absolute(site_url: str, slug: str, language: str) -> str:
    return site_url.rstrip("/") + site_path(language, slug)


def language_of_picture(language: str) -> str:
    """The language whose picture is shown: a new one has none until `make images`."""
    return language if Path("docs", language, "share.png").is_file() else "en"
