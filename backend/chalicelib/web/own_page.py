"""A resident's own page: whoever has the link of a letter sees places and data, may cancel those and delete these."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.link import read_token
from chalicelib.domain.retention import SIGNED
from chalicelib.usecases.admit import Office
from chalicelib.web.answer import Answer
from chalicelib.web.own_bookings import cancel, own_bookings
from chalicelib.web.own_calendar import send_calendar
from chalicelib.web.own_changes import confirm, discard, own_changes
from chalicelib.web.own_contract import own_contract
from chalicelib.web.own_counter import show_counter
from chalicelib.web.own_data import own_data, send_data
from chalicelib.web.own_dates import move, show_dates
from chalicelib.web.own_erasure import erase
from chalicelib.web.own_link import ask_for_link
from chalicelib.web.pages import Pages, render
from chalicelib.web.posts import refuse_forged
from chalicelib.web.problems import LinkGoneError
from chalicelib.web.request import FormData, Request
from chalicelib.web.visit import Visit
from chalicelib.words.catalogues import words
from chalicelib.words.privacy import RULES

_NOTHING = FormData({})

Act = Callable[[Visit], Answer]

# What a button of the page may ask for, by its value; each act looks for itself whether it can be done.
ACTS: Mapping[str, Act] = {
    "cancel": cancel,
    "confirm": confirm,
    "discard": discard,
    "erase": erase,
    "link": ask_for_link,
    "move": move,
}
ACTS_ON_ONE_FORM: Mapping[str, Act] = {"erase": erase}


@dataclass(frozen=True)
class OwnPage:
    """Shows, cancels and erases in every mode, closed too; `keys` are the link keys, newest first.

    All raise LinkGoneError for a token that is not ours or whose contact is gone, and StoreBusyError.
    """

    site_url: str
    pages: Pages
    office: Callable[[], Office]
    keys: Sequence[bytes]

    def show(self, token: str, language: str, now: datetime) -> Answer:
        """Places and data, with the buttons. It changes nothing: mail programs open links by themselves."""
        return Answer(200, _page(self._visit(token, language, now)))

    def show_counter(self, token: str, language: str, now: datetime) -> Answer:
        """What one shows at the counter, with large letters."""
        return show_counter(self._whole(token, language, now))

    def send_calendar(self, token: str, session_id: str, language: str, now: datetime) -> Answer:
        """The calendar file of a place with a date. Raises NotFoundError where there is none."""
        return send_calendar(self._whole(token, language, now), session_id, self.site_url)

    def send_data(self, token: str, language: str, now: datetime) -> Answer:
        """All that is stored of the person as JSON, by a fresh link."""
        return send_data(self._whole(token, language, now))

    def show_dates(self, token: str, about: str, language: str, now: datetime) -> Answer:
        """The dates to which a booking may move. Raises NotFoundError where there is none that may."""
        return show_dates(self._whole(token, language, now), about)

    def post(self, request: Request, token: str, language: str, now: datetime) -> Answer:
        """Does what the field `act` names, else shows the page again. Raises ForgedError for a post of another site."""
        refuse_forged(request, self.site_url)
        visit = self._visit(token, language, now, request.form())
        acts = ACTS_ON_ONE_FORM if visit.link.correction else ACTS
        act = acts.get(visit.posted("act"), Visit.again)
        return act(visit)

    def _whole(self, token: str, language: str, now: datetime) -> Visit:
        """A visit by a link that is about more than one form."""
        visit = self._visit(token, language, now)
        if visit.link.correction:
            raise LinkGoneError
        return visit

    def _visit(self, token: str, language: str, now: datetime, form: FormData = _NOTHING) -> Visit:
        link, office = read_token(token), self.office()
        file = office.contacts.read(link.contact_id) if link else None
        if link is None or file is None or not link.is_true(file.contact.link_version, self.keys):
            raise LinkGoneError
        if link.correction and file.correction(link.correction) is None:
            raise LinkGoneError
        return Visit(token, link, file, form, office, self.pages, language, now, self.keys)


def _page(visit: Visit) -> str:
    contact, one_form = visit.file.contact, visit.link.correction
    content = render(
        "own_page.html",
        visit.language,
        address=visit.address(visit.language),
        bookings=() if one_form else own_bookings(visit),
        contract=None if one_form else own_contract(visit),
        changes=own_changes(visit),
        waiting_changes=bool(visit.file.corrections),
        data=own_data(visit) if visit.sees_all else (),
        was_fresh=visit.link.until is not None,
        one_form=one_form,
        reference=visit.file.reference,
        delete_on=contact.delete_on,
        rule=contact.rule,
        may_sign=contact.rule != SIGNED and visit.pages.mode != "closed",
        mode=visit.pages.mode,
        rules=RULES,
    )
    return visit.pages.page(visit.language, _title(visit), content, visit.address)


def _title(visit: Visit) -> str:
    gettext = words(visit.language).gettext
    if visit.link.correction:
        # NOTE: title and button of the page on which one removes a further form that somebody sent
        return gettext("Remove this form")
    # NOTE: title of the page on which one sees what one asked for, and deletes one's own data
    return gettext("Your page")
