"""Stamping: what a person says about translations, written into the front matter of their pages."""

import re
from datetime import date
from pathlib import Path

from chalicelib.domain.errors import ConfigurationError
from hooks.translations.history import fingerprint_before
from hooks.translations.state import TRANSLATED, Translation, all_pages
from hooks.translations.words import fingerprint

_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_MARK = re.compile(r"^(?:english|translated|status|checked):.*\n", re.MULTILINE)


def stamp(docs: Path, wanted: str, today: date) -> list[Translation]:
    """Says that pages were made today from the English as it is: `fr/contact fr/steps`, or all that are due in `fr`."""
    chosen = [page for one in wanted.split() for page in _chosen(docs, one)]
    for page in chosen:
        if page.is_a_copy or not page.text:
            raise ConfigurationError(f"{page.file} is not translated yet")
        _write(page, fingerprint(page.english), translated=today)
    return chosen


def check(docs: Path, wanted: str, today: date) -> list[Translation]:
    """Says that a native reader has read pages today, beside the English as it is."""
    chosen = [_page(docs, one) for one in wanted.split()]
    for page in chosen:
        if page.stamp is None or page.state != "current":
            raise ConfigurationError(f"{page.file} is {page.state}: translate and stamp it before it is checked")
        _write(page, page.stamp.english, translated=page.stamp.translated, checked=today)
    return chosen


def pass_over(docs: Path, wanted: str) -> list[Translation]:
    """Says that the last change of English pages, such as `contact`, was minor: no translation has to follow it.

    Only a translation that was up to date before that change is; an older one stays older.
    """
    return [page for name in wanted.split() for page in _pass_over(docs, name)]


def _pass_over(docs: Path, name: str) -> list[Translation]:
    pages = [_page(docs, f"{language}/{name}") for language in TRANSLATED]
    before = fingerprint_before(docs, name)
    followed = [(page, page.stamp) for page in pages if page.stamp and page.stamp.english == before]
    if not followed:
        raise ConfigurationError(f"en/{name}: no translation was made from the English before its last change")
    for page, stamp in followed:
        _write(page, fingerprint(page.english), translated=stamp.translated, checked=stamp.checked)
    return [page for page, _ in followed]


def _chosen(docs: Path, wanted: str) -> list[Translation]:
    if wanted not in TRANSLATED:
        return [_page(docs, wanted)]
    return [page for page in all_pages(docs, wanted) if page.state != "current" and not page.is_a_copy and page.text]


def _page(docs: Path, wanted: str) -> Translation:
    language, _, name = wanted.partition("/")
    if language not in TRANSLATED or not (docs / "en" / f"{name}.md").is_file():
        raise ConfigurationError(f"There is no page {wanted}: write it like fr/contact")
    return Translation(docs, language, name)


def _write(page: Translation, english: str, *, translated: date, checked: date | None = None) -> None:
    marks = [f'english: "{english}"', f"translated: {translated}", f"status: {'checked' if checked else 'unchecked'}"]
    marks += [f"checked: {checked}"] if checked else []
    front = _FRONT.match(page.text)
    if not front:
        raise ConfigurationError(f"{page.file} has no front matter")
    lines = [*_MARK.sub("", front[1]).splitlines(), *marks]
    page.file.write_text("\n".join(["---", *lines, "---", page.text[front.end() :]]), "utf-8")
