"""Looks somebody up: the search is a post, so that no name, number or address stands in a URL."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chalicelib.letters.told import language_in_words, phone_in_words
from chalicelib.usecases.desk_ports import Listed
from chalicelib.usecases.find_contacts import MOST, find_contacts
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.visit import Page, Visit
from chalicelib.web.pages import render
from chalicelib.words.catalogues import words

if TYPE_CHECKING:
    from chalicelib.forms.find import FindForm


def show(visit: Visit) -> Answer:
    from chalicelib.forms.find import FindForm  # noqa: PLC0415 - only this page needs it

    return _page(visit, FindForm.blank(visit.setting))


def find(visit: Visit) -> Answer:
    """Whom the posted field is about, each with the way to their request and contact."""
    from chalicelib.forms.find import FindForm  # noqa: PLC0415 - as above

    form = FindForm.read(visit.form, visit.setting)
    if not form.validate():
        return _page(visit, form)
    return _page(visit, form, find_contacts(form.sought.sought(), visit.office))


ACTS: Mapping[str, Page] = {"find": find}


def _page(visit: Visit, form: "FindForm", found: Sequence[Listed] | None = None) -> Answer:
    summary = render("summary.html", visit.language, form=form) if form.errors else ""
    content = render(
        "desk/find.html",
        visit.language,
        form=form,
        found=found,
        most=MOST,
        action=visit.address(visit.language),
        path_of=ways.path_of,
        of_contact=ways.of_contact,
        phone=phone_in_words,
        speaks=lambda code: language_in_words(code, visit.language),
    )
    # NOTE: title of the page of the desk on which staff look somebody up
    return visit.page(words(visit.language).gettext("Find somebody"), content, 422 if form.errors else 200, summary)
