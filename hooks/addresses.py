"""Where each page stands: the same slug in every language, English at the root."""

import re
from urllib.parse import urljoin

_RELATIVE = re.compile(r'\b(href|src)="(?![a-z]+:|[#/])([^"]*)"')


def slug_of(url: str, language: str) -> str:
    """What all languages of a page share: `contract/`, or nothing for home."""
    return url.removeprefix("./").removeprefix("" if language == "en" else f"{language}/")


def from_the_root(html: str, path: str) -> str:
    """`html` of the page at `path` with its links counted from the root, so that it also works under /api."""
    return _RELATIVE.sub(lambda link: f'{link[1]}="{urljoin(path, link[2])}"', html)
