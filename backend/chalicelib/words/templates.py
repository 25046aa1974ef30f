"""Templates that speak the reader's language, and where a page of the site lies in it."""

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.words.catalogues import words

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def templates(package: str, language: str) -> "Environment":
    """The templates of `package`: HTML escaped, an unknown name refused, `_()` in the words of `language`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape  # noqa: PLC0415 - slow to import

    environment = Environment(
        loader=PackageLoader(package),
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(words(language), newstyle=True)  # type: ignore[attr-defined]  # by the extension
    return environment


def site_path(language: str, page: str = "") -> str:
    """The path of a page such as `contract/` from the root of the site: English there, the others under their code."""
    return f"/{page}" if language == "en" else f"/{language}/{page}"
