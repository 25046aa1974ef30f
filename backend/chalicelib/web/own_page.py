"""A resident's own page: whoever has the link of a letter sees places and data, may cancel those and delete these."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.link import read_token
from chalicelib.domain.retention import SIGNED
from chalicelib.usecases.admit import Office
from chalicelib.web.answer import Answer
from chalicelib.web.own_erasure import erase
from chalicelib.web.own_places import cancel, own_places
from chalicelib.web.pages import Pages, render
from chalicelib.web.posts import refuse_forged
from chalicelib.web.problems import NotFoundError
from chalicelib.web.request import FormData, Request
from chalicelib.web.visit import Visit
from chalicelib.words.catalogues import words

Act = Callable[[Visit], Answer]

# What a button of the page may ask for, by its value; each act looks for itself whether it can be done.
ACTS: Mapping[str, Act] = {"cancel": cancel, "erase": erase}
ACTS_ON_ONE_FORM: Mapping[str, Act] = {"erase": erase}


@dataclass(frozen=True)
class OwnPage:
    """Shows, cancels and erases in every mode, closed too; `keys` are the link keys, newest first.

    All raise NotFoundError for a token that is not ours or whose contact is gone, and StoreBusyError.
    """

    site_url: str
    pages: Pages
    office: Callable[[], Office]
    keys: Sequence[bytes]

    def show(self, token: str, language: str, now: datetime) -> Answer:
        """Places and data, with the buttons. It changes nothing: mail programs open links by themselves."""
        visit = self._visit(token, FormData({}), language, now)
        return Answer(200, _page(visit))

    def post(self, request: Request, token: str, language: str, now: datetime) -> Answer:
        """Does what the field `act` names, else shows the page again. Raises ForgedError for a post of another site."""
        refuse_forged(request, self.site_url)
        visit = self._visit(token, request.form(), language, now)
        acts = ACTS_ON_ONE_FORM if visit.link.correction else ACTS
        act = acts.get(visit.posted("act"), Visit.again)
        return act(visit)

    def _visit(self, token: str, form: FormData, language: str, now: datetime) -> Visit:
        link, office = read_token(token), self.office()
        file = office.contacts.read(link.contact_id) if link else None
        if link is None or file is None or not link.is_true(file.contact.link_version, self.keys):
            raise NotFoundError
        if link.correction and file.correction(link.correction) is None:
            raise NotFoundError
        return Visit(token, link, file, form, office, self.pages, language, now)


def _page(visit: Visit) -> str:
    contact, one_form = visit.file.contact, visit.link.correction
    places = () if one_form else own_places(visit)
    content = render(
        "own_page.html",
        visit.language,
        address=visit.address(visit.language),
        places=places,
        one_form=one_form,
        reference=visit.file.reference,
        delete_on=contact.delete_on,
        may_sign=contact.rule != SIGNED and visit.pages.mode != "closed",
        mode=visit.pages.mode,
    )
    return visit.pages.page(visit.language, _title(visit, with_places=bool(places)), content, visit.address)


def _title(visit: Visit, *, with_places: bool) -> str:
    gettext = words(visit.language).gettext
    if visit.link.correction:
        # NOTE: title and button of the page on which one removes a further form that somebody sent
        return gettext("Remove this form")
    if with_places:
        # NOTE: title of the page on which one sees one's places in sessions and deletes one's own data
        return gettext("Your page")
    # NOTE: title of the page on which one deletes one's own data
    return gettext("Delete your data")
