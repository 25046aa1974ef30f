"""The words of a page: Markdown with facts and forms in it, checked to the last name."""

from collections.abc import MutableMapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme.facts import Said, load
from chalicelib.programme.intake import is_closed
from chalicelib.programme.links import providers
from chalicelib.words.catalogues import words
from chalicelib.words.choices import IN_LANGUAGE
from chalicelib.words.formats import write, write_day
from hooks.checked import oldest_check
from hooks.links import Links
from hooks.measured import Measured
from hooks.privacy import Privacy

REQUIRED = ("title", "description")

# In Markdown `{#name}` is the id of a heading, not the beginning of a comment.
_NO_COMMENTS: Any = {"comment_start_string": "{##", "comment_end_string": "##}"}


def said(language: str) -> Said:
    """The facts as a page in `language` shows them."""
    return load().said(language, partial(write, language=language), words(language).gettext)


def render_page(text: str, meta: MutableMapping[str, Any], *, file: str, language: str, mode: str) -> str:
    """The Markdown with its facts and forms; title and description are rendered in place.

    Raises ConfigurationError, naming file and key, for what a page asks for and nobody has.
    """
    for key in REQUIRED:
        meta[key] = _render(_required(meta, key, file), file, language, mode)
    return _render(text, file, language, mode)


def form_marker(name: str) -> str:
    """What holds the place of a form until the page around it is made."""
    return f"<!--form {name}-->"


def _required(meta: MutableMapping[str, Any], key: str, file: str) -> str:
    if not meta.get(key):
        raise ConfigurationError(f"{file} has no {key} in its front matter")
    return str(meta[key])


def _render(text: str, file: str, language: str, mode: str) -> str:
    try:
        return _environment(language, mode).overlay(**_NO_COMMENTS).from_string(text).render()
    except (TemplateError, ConfigurationError) as problem:
        raise ConfigurationError(f"{file}: {problem}") from problem


@cache
def _environment(language: str, mode: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader("overrides"),
        undefined=StrictUndefined,
        finalize=_finished,
        autoescape=select_autoescape(default_for_string=False),
        extensions=["jinja2.ext.i18n"],
        keep_trailing_newline=True,
    )
    environment.install_gettext_translations(words(language), newstyle=True)  # type: ignore[attr-defined]
    form = partial(_form, environment=environment, mode=mode)
    environment.globals.update(facts=said(language), mode=mode, closed=mode == "closed", language=language, form=form)
    environment.globals.update(dates=partial(_dates, environment=environment, language=language, mode=mode))
    environment.globals.update(slots=partial(_slots, environment=environment, language=language, mode=mode))
    environment.globals.update(privacy=Privacy(language), links=Links(language), measured=Measured(language))
    environment.globals.update(oldest_check=write_day(oldest_check(), language))
    environment.globals.update(providers=partial(_providers, environment=environment, language=language))
    return environment


def _form(name: str, *, environment: Environment, mode: str) -> str:
    if is_closed(name, mode):
        return environment.get_template("instead.html").render()
    return form_marker(name)


def _dates(kind: str, *, environment: Environment, language: str, mode: str) -> str:
    """The way to the dates of a kind of session, which change more often than the site."""
    if is_closed(kind, mode):
        return environment.get_template("instead.html").render()
    return environment.get_template("dates.html").render(kind=kind, language=language)


def _slots(*, environment: Environment, language: str, mode: str) -> str:
    """The way to the form with the free dates of appointments; none where the form takes no requests."""
    closed = is_closed("appointment", mode)
    return "" if closed else environment.get_template("slots.html").render(language=language)


def _providers(*, environment: Environment, language: str) -> str:
    template = environment.get_template("providers.html")
    return template.render(
        providers=providers(),
        in_language=IN_LANGUAGE,
        day=partial(write_day, language=language),
        translate=words(language).gettext,
    )


def _finished(value: object) -> object:
    if isinstance(value, Said):
        raise ConfigurationError("a group of facts stands where one fact belongs")
    return value
