"""A resident's own page: whoever has the link of a letter sees places and data, may cancel those and delete these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.link import OwnLink, read_token
from chalicelib.domain.retention import SIGNED
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.give_up_place import Rosters, give_up_place
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.own_places import own_places
from chalicelib.web.pages import Pages, render
from chalicelib.web.posts import refuse_forged
from chalicelib.web.problems import NotFoundError
from chalicelib.web.request import Request
from chalicelib.words.catalogues import words
from chalicelib.words.templates import site_path

CANCELS = "cancel"  # the field that names the session of a place
GONE_WITHIN = timedelta(days=1)  # the deletion job runs each hour


@dataclass(frozen=True)
class OwnPage:
    """Shows, cancels and erases in every mode, closed too; `keys` are the link keys, newest first.

    All raise NotFoundError for a token that is not ours or whose contact is gone, and StoreBusyError.
    """

    site_url: str
    pages: Pages
    rosters: Callable[[], Rosters]
    keys: Sequence[bytes]

    def show(self, token: str, language: str, now: datetime) -> Answer:
        """Places and data, with the buttons. It changes nothing: mail programs open links by themselves."""
        link, file = self._open(token)
        places = () if link.correction else own_places(file, self.rosters().sessions, now)
        content = render(
            "own_page.html",
            language,
            address=_address(token, language),
            places=places,
            one_form=link.correction,
            reference=file.reference,
            delete_on=file.contact.delete_on,
            may_sign=file.contact.rule != SIGNED and self.pages.mode != "closed",
            mode=self.pages.mode,
        )
        title = _title_before(link, language, with_places=bool(places))
        return Answer(200, self.pages.page(language, title, content, lambda other: _address(token, other)))

    def post(self, request: Request, token: str, language: str, now: datetime) -> Answer:
        """Cancels the place that the post names, or else erases. Raises ForgedError for a post of another site."""
        refuse_forged(request, self.site_url)
        link, file = self._open(token)
        if named := request.form().getlist(CANCELS):
            return self._cancel(link, file, named[0], _address(token, language), now)
        return self._erase(link, file, language, now)

    def _cancel(self, link: OwnLink, file: ContactFile, session_id: str, back: str, now: datetime) -> Answer:
        """Gives up a place that can still be given up, and shows the page again, which says how things stand."""
        places = () if link.correction else own_places(file, self.rosters().sessions, now)
        if any(place.session.id == session_id and place.may_cancel for place in places):
            give_up_place(link.contact_id, session_id, self.rosters(), now)
        return see_other(back)

    def _erase(self, link: OwnLink, file: ContactFile, language: str, now: datetime) -> Answer:
        """Has it deleted, and says until when and what stays."""
        erase_contact(link.contact_id, link.correction, self.rosters().contacts, now)
        content = render(
            "erased.html",
            language,
            one_form=link.correction,
            reference=file.reference,
            gone_by=day_in_luxembourg(now) + GONE_WITHIN,
            mode=self.pages.mode,
        )
        # The link leads nowhere from now on, in any language.
        return Answer(200, self.pages.page(language, _title_after(link, language), content, site_path))

    def _open(self, token: str) -> tuple[OwnLink, ContactFile]:
        link = read_token(token)
        file = self.rosters().contacts.read(link.contact_id) if link else None
        if link is None or file is None or not link.is_true(file.contact.link_version, self.keys):
            raise NotFoundError
        if link.correction and file.correction(link.correction) is None:
            raise NotFoundError
        return link, file


def _title_before(link: OwnLink, language: str, *, with_places: bool) -> str:
    if link.correction:
        # NOTE: title and button of the page on which one removes a further form that somebody sent
        return words(language).gettext("Remove this form")
    if with_places:
        # NOTE: title of the page on which one sees one's places in sessions and deletes one's own data
        return words(language).gettext("Your page")
    # NOTE: title of the page on which one deletes one's own data
    return words(language).gettext("Delete your data")


def _title_after(link: OwnLink, language: str) -> str:
    if link.correction:
        # NOTE: title of the page after one has pressed "Remove this form"
        return words(language).gettext("The form is being removed")
    # NOTE: title of the page after one has pressed "Delete my data"
    return words(language).gettext("Your data is being deleted")


def _address(token: str, language: str) -> str:
    return f"/api/{language}/my/{token}"
