"""A resident's own page: whoever has the link of a letter sees what would be deleted, and may have it deleted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.link import OwnLink, read_token
from chalicelib.domain.retention import SIGNED
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.ports import Contacts
from chalicelib.web.answer import Answer
from chalicelib.web.pages import Pages, render
from chalicelib.web.problems import ForgedError, NotFoundError
from chalicelib.web.request import Request
from chalicelib.words.catalogues import words
from chalicelib.words.templates import site_path

GONE_WITHIN = timedelta(days=1)  # the deletion job runs each hour


@dataclass(frozen=True)
class OwnPage:
    """Shows and erases in every mode, closed too; `keys` are the link keys, newest first.

    Both raise NotFoundError for a token that is not ours or whose contact is gone, and StoreBusyError.
    """

    site_url: str
    pages: Pages
    contacts: Callable[[], Contacts]
    keys: Sequence[bytes]

    def show(self, token: str, language: str) -> Answer:
        """What would be deleted, and the button. It changes nothing: mail programs open links by themselves."""
        link, file = self._open(token)
        content = render(
            "own_page.html",
            language,
            address=_address(token, language),
            one_form=link.correction,
            reference=file.reference,
            delete_on=file.contact.delete_on,
            may_sign=file.contact.rule != SIGNED and self.pages.mode != "closed",
            mode=self.pages.mode,
        )
        title = _title_before(link, language)
        return Answer(200, self.pages.page(language, title, content, lambda other: _address(token, other)))

    def erase(self, request: Request, token: str, language: str, now: datetime) -> Answer:
        """Has it deleted, and says until when and what stays. Raises ForgedError for a post of another site's page."""
        if request.is_forged(self.site_url):
            raise ForgedError
        link, file = self._open(token)
        erase_contact(link.contact_id, link.correction, self.contacts(), now)
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
        file = self.contacts().read(link.contact_id) if link else None
        if link is None or file is None or not link.is_true(file.contact.link_version, self.keys):
            raise NotFoundError
        if link.correction and file.correction(link.correction) is None:
            raise NotFoundError
        return link, file


def _title_before(link: OwnLink, language: str) -> str:
    if link.correction:
        # NOTE: title and button of the page on which one removes a further form that somebody sent
        return words(language).gettext("Remove this form")
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
