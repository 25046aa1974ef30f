"""Fills in the templates of the letters with facts, days and the words of a language."""

from dataclasses import dataclass
from functools import partial

from chalicelib.domain.language import desk_language
from chalicelib.programme.facts import Facts
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write, write_weekday
from chalicelib.words.refusals import REFUSALS
from chalicelib.words.templates import site_path, templates


@dataclass(frozen=True)
class Templates:
    """The templates in one language; a name that a template does not find is an error, never a gap."""

    language: str
    facts: Facts
    site_url: str
    mode: str

    def render(self, name: str, told: object, title: str = "", frame: str = "base") -> str:
        """The template `name`, which reads `told` as `letter`; what goes into an `.html` is escaped.

        `frame` is what stands around a letter to staff: it may be a part of another.
        """
        return (
            templates("chalicelib.letters", self.language)
            .get_template(name)
            .render(
                letter=told,
                title=title,
                frame=frame,
                language=self.language,
                mode=self.mode,
                facts=self.facts.said(
                    self.language, partial(write, language=self.language), words(self.language).gettext
                ),
                refusals=REFUSALS,
                day=partial(write_weekday, language=self.language),
                desk=f"{self.site_url}/api/desk/{desk_language(self.language)}/requests/",
                privacy=f"{self.site_url}{site_path(self.language, 'data-protection/')}",
            )
        )
