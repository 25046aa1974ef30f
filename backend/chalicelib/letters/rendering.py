"""Fills in the templates of the letters with facts, days and the words of a language."""

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from chalicelib.programme.facts import Facts
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write, write_weekday

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True)
class Templates:
    """The templates in one language; a name that a template does not find is an error, never a gap."""

    language: str
    facts: Facts
    site_url: str
    mode: str

    def render(self, name: str, told: object, title: str = "") -> str:
        """The template `name`, which reads `told` as `letter`; what goes into an `.html` is escaped."""
        return (
            _environment(self.language)
            .get_template(name)
            .render(
                letter=told,
                title=title,
                language=self.language,
                mode=self.mode,
                facts=self.facts.said(self.language, partial(write, language=self.language)),
                day=partial(write_weekday, language=self.language),
                privacy=f"{self.site_url}{'' if self.language == 'en' else f'/{self.language}'}/data-protection/",
            )
        )


@cache
def _environment(language: str) -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape  # noqa: PLC0415 - slow to import

    environment = Environment(
        loader=PackageLoader("chalicelib.letters"),
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(words(language), newstyle=True)  # type: ignore[attr-defined]  # by the extension
    return environment
