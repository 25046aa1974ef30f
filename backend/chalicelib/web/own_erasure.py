"""The button of the own page that has everything deleted, or the one form that the link is about."""

from datetime import timedelta

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.web.answer import Answer
from chalicelib.web.pages import render
from chalicelib.web.visit import Visit
from chalicelib.words.catalogues import words
from chalicelib.words.templates import site_path

GONE_WITHIN = timedelta(days=1)  # the deletion job runs each hour


def erase(visit: Visit) -> Answer:
    """Has it deleted, and says until when and what stays."""
    erase_contact(visit.link.contact_id, visit.link.correction, visit.office.contacts, visit.now)
    content = render(
        "erased.html",
        visit.language,
        one_form=visit.link.correction,
        reference=visit.file.reference,
        gone_by=day_in_luxembourg(visit.now) + GONE_WITHIN,
        mode=visit.pages.mode,
    )
    # The link leads nowhere from now on, in any language.
    return Answer(200, visit.pages.page(visit.language, _title(visit), content, site_path))


def _title(visit: Visit) -> str:
    if visit.link.correction:
        # NOTE: title of the page after one has pressed "Remove this form"
        return words(visit.language).gettext("The form is being removed")
    # NOTE: title of the page after one has pressed "Delete my data"
    return words(visit.language).gettext("Your data is being deleted")
