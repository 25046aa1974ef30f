"""What the buttons on the page of a contact do with the person: correct, delete, show the number."""

from collections.abc import Callable, Mapping

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import CannotConfirmError, ChangedMeanwhileError, UnknownReferenceError
from chalicelib.usecases.record_contract import Seen
from chalicelib.usecases.see_to_contact import ContactDesk
from chalicelib.web.answer import Answer
from chalicelib.web.desk import contact, ways
from chalicelib.web.desk.visit import Page, Visit, version_in
from chalicelib.web.own_erasure import GONE_WITHIN
from chalicelib.web.pages import render
from chalicelib.words.catalogues import N_, words

# NOTE: error on the page of a contact, above the form with name and address; the mistakes stand at the fields
CHECK = N_("Check what is marked in the form.")
# NOTE: error on the page of a contact, where staff correct name, address or number
SOMEBODY_ELSE = N_("Nothing was changed: another person is stored with this name and this address or number.")


def correct(visit: Visit, reference: str) -> Answer:
    """Who the person is and how they are reached; the form again with what is wrong."""
    from chalicelib.forms.caller import CorrectedPersonForm  # noqa: PLC0415 - only this post needs it

    form = CorrectedPersonForm.read(visit.form, visit.setting)
    if not form.validate():
        return contact.page(visit, reference, 422, visit.wrong(CHECK), form=form)
    try:
        return _refused(visit, reference, lambda desk: desk.correct(form.person())) or visit.again()
    except CannotConfirmError:
        return contact.page(visit, reference, 409, visit.wrong(SOMEBODY_ELSE), form=form)


def erase(visit: Visit, reference: str) -> Answer:
    """All is deleted by the next run; the page leads nowhere from then on."""
    if refused := _refused(visit, reference, ContactDesk.erase):
        return refused
    by = day_in_luxembourg(visit.now) + GONE_WITHIN
    content = render("desk/erased.html", visit.language, reference=reference, gone_by=by)
    # NOTE: title of a page of the desk, after somebody has pressed "Delete all data of this person"
    return visit.page(words(visit.language).gettext("The data of this person is being deleted"), content)


def unseal(visit: Visit, reference: str) -> Answer:
    """The social security number, on this one answer, which no browser keeps."""
    number = visit.unseal(reference) if ways.is_reference(reference) else ""
    return contact.page(visit, reference, matricule=number)


ACTS: Mapping[str, Page] = {"correct": correct, "erase": erase, "unseal": unseal}


def _refused(visit: Visit, reference: str, change: Callable[[ContactDesk], None]) -> Answer | None:
    """The page that says why nothing was done; None where it was."""
    seen = Seen(reference, version_in(visit.posted("seen")))
    try:
        change(ContactDesk(seen, visit.user, visit.office, visit.now))
    except UnknownReferenceError:
        return contact.page(visit, reference)
    except ChangedMeanwhileError:
        return contact.stale(visit, reference)
    return None
