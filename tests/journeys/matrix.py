"""Every page in every language in every look: each pair of these in `make test`, all of them in `make full`.

Pages times languages are so many that a look of its own for each, in turn, already meets every page and every
language in every width and theme: no smaller choice has all pairs, so no library is needed to find one.
"""

from dataclasses import dataclass
from itertools import product

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from tests.site.built import every_file

WIDTHS = (320, 360, 1280)
NORMAL, DOUBLE = 16, 32  # the size of text in a browser's settings
# In turn, so that three neighbours have all widths and two have both themes.
LOOKS = tuple((WIDTHS[turn % 3], ("light", "dark")[turn % 2]) for turn in range(6))


@dataclass(frozen=True)
class View:
    """One page as somebody sees it."""

    language: str
    slug: str
    width: int
    theme: str = "light"
    text: int = NORMAL

    @property
    def path(self) -> str:
        return site_path(self.language, self.slug)

    def __str__(self) -> str:
        return f"{self.language} {self.slug or 'home'} {self.width} {self.theme} {self.text}"


def views(*looks: tuple) -> list:
    """Each page in each language in each look as a parameter; what is in no pair of its own is for `make full`."""
    chosen = set(pairwise(*looks))
    return [
        pytest.param(view, id=str(view), marks=() if view in chosen else pytest.mark.full)
        for view in (View(language, slug, *look) for slug, language, look in product(slugs(), LANGUAGES, looks))
    ]


def pairwise(*looks: tuple) -> list[View]:
    return [
        View(language, slug, *looks[(row + column) % len(looks)])
        for row, slug in enumerate(slugs())
        for column, language in enumerate(LANGUAGES)
    ]


def slugs() -> list[str]:
    """The pages of the built site, the page not found among them."""
    found = sorted({page.slug for page in every_file("demonstration")})
    assert found, "Build the site first: make test does"
    return found
