"""The build steps of MkDocs: each event calls one plain function and says where it went wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme.facts import load
from chalicelib.words.catalogues import words
from chalicelib.words.joints import jointed, with_joints
from chalicelib.words.names import with_names_kept
from chalicelib.words.templates import site_path
from hooks.addresses import from_the_root, slug_of
from hooks.arrange import heading_and_rest, with_doors
from hooks.compiled import Compiled
from hooks.finish import finish, tidy
from hooks.links import with_languages
from hooks.mode import chosen_mode
from hooks.pages import form_marker, render_page
from hooks.pictograms import pictograms, with_pictograms
from hooks.qr import qr_code
from hooks.shells import as_shell, place, with_blank_form, write_shell
from hooks.skeleton import SHELL_TEMPLATES, menu, names_of_page, names_of_template, places
from hooks.translations.shown import shown

_COMPILED = Compiled()
_FORM = re.compile(form_marker(r"([\w-]+)"))


@contextmanager
def _one_sentence() -> Iterator[None]:
    try:
        yield
    except ConfigurationError as problem:
        raise PluginError(str(problem)) from problem


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    with _one_sentence():
        chosen_mode()
    # We write one sitemap at the end; MkDocs would write one for each language over the last.
    config.theme.static_templates.discard("sitemap.xml")
    # Of Material we take the stylesheet alone; MkDocs would look at its 14,000 files for each language.
    config.theme.dirs = [str(config.theme.custom_dir)]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leaves out what the theme ships and no page uses, and the sources of stylesheet and scripts."""
    docs = Path(config.docs_dir)
    for file in list(files):
        if not Path(file.abs_src_path or "").is_relative_to(docs) or file.src_uri.endswith((".css", ".js")):
            files.remove(file)
    return files


def on_env(env: Environment, config: MkDocsConfig, **_: Any) -> Environment:
    env.autoescape = True
    env.filters["jointed"] = lambda text, language: Markup(jointed(str(escape(text)), language))  # noqa: S704 - escaped on the spot
    env.filters["qr_code"] = lambda address, name: Markup(qr_code(address, name))  # noqa: S704 - escaped there
    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = _COMPILED
    with _one_sentence():
        env.install_gettext_translations(words(_language(config)), newstyle=True)  # type: ignore[attr-defined]
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    file = f"docs/{page.file.src_uri}"
    with _one_sentence():
        return render_page(markdown, page.meta, file=file, language=_language(config), mode=chosen_mode())


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    language = _language(config)
    slug = slug_of(page.url, language)
    with _one_sentence():
        html = with_languages(from_the_root(html, site_path(language, slug)), language)
    html = with_joints(html, language)
    return with_doors(with_pictograms(html)) if slug == "" else html


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
    language = _language(config)
    slug = slug_of(page.url, language)
    context.update(names_of_page(slug, language, chosen_mode(), config.site_url or ""))
    context.update(title=page.meta["title"], description=page.meta["description"])
    context.update(pictogram=pictograms().get(slug, ""))
    context.update(zip(("heading", "content"), heading_and_rest(page.content or ""), strict=True))
    context.update(translation=shown(Path(config.docs_dir), language, Path(page.file.src_uri).stem, slug))
    context.update(places(menu(nav, language, slug)), shell=bool(_FORM.search(page.content or "")))
    return context


def on_template_context(context: Any, template_name: str, config: MkDocsConfig) -> Any:
    language = _language(config)
    context.update(names_of_template(template_name, language, chosen_mode()))
    context.update(places(menu(context["nav"], language, None)))
    return context


def on_post_page(output: str, config: MkDocsConfig, **_: Any) -> str:
    output = _finished(output)
    form = _FORM.search(output)
    if not form:
        return output
    shell = as_shell(output.replace(form[0], place("content")))
    write_shell(shell, chosen_mode(), _language(config), form[1])
    with _one_sentence():
        return with_blank_form(shell, form[1], _language(config), chosen_mode())


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keeps the shells out of the site, and gives each language its own page not found."""
    language = _language(config)
    if template_name in SHELL_TEMPLATES:
        if language in SHELL_TEMPLATES[template_name]:
            write_shell(as_shell(_finished(output_content)), chosen_mode(), language, template_name[: -len(".html")])
        return ""
    if language == "en":
        return _finished(output_content)
    target = Path(config.site_dir, language, template_name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_finished(output_content), "utf-8")
    return ""


@event_priority(-200)  # after the i18n plugin (-100), which builds the other languages from this event
def on_post_build(config: MkDocsConfig) -> None:
    if not _i18n(config).building:
        finish(Path(config.site_dir), chosen_mode(), config.site_url or "")


def _finished(html: str) -> str:
    return with_names_kept(tidy(html), load().names())


def _language(config: MkDocsConfig) -> str:
    return str(_i18n(config).current_language)


def _i18n(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]
