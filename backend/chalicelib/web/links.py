"""Has the link to the own page sent again to whoever gave a mail address, and never says who did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import StoreBusyError, TooManyLinksError, TooManyRequestsError
from chalicelib.usecases.admit import Office
from chalicelib.usecases.send_link import send_links
from chalicelib.web.answer import Answer
from chalicelib.web.pages import Address, Pages, render, setting
from chalicelib.web.posts import count_post, refuse_forged
from chalicelib.web.problems import keep_answers
from chalicelib.web.request import FormData, Request
from chalicelib.words.catalogues import words

if TYPE_CHECKING:
    from chalicelib.forms.link import LinkForm


@dataclass(frozen=True)
class LinkDesk:
    """Shows the form and takes it, in every mode, closed too."""

    site_url: str
    pages: Pages
    office: Callable[[], Office]

    def show(self, language: str) -> Answer:
        return Answer(200, self._page(_form(language, date.min), language))

    def post(self, request: Request, language: str, now: datetime) -> Answer:
        """The same page whether or not anybody has this address; else the form again: 422, 429 or 503.

        Raises the other errors of the table in problems.py.
        """
        refuse_forged(request, self.site_url)
        form = _form(language, day_in_luxembourg(now), request.form())
        if not form.validate():
            return Answer(422, self._page(form, language, render("summary.html", language, form=form)))
        try:
            count_post(self.office(), request.sender, now)
            send_links(form.email.data, self.office(), now)
        except (StoreBusyError, TooManyLinksError, TooManyRequestsError) as refused:
            return keep_answers(refused, language, lambda notice: self._page(form, language, notice))
        return link_sent(self.pages, language, link_path)

    def _page(self, form: "LinkForm", language: str, summary: str = "") -> str:
        content = render("link.html", language, form=form, address=link_path(language))
        # NOTE: title of the page on which one has the link to one's own page sent again
        title = words(language).gettext("Send me my link again")
        return self.pages.page(language, title, content, link_path, summary)


def link_path(language: str) -> str:
    """Where the link to the own page can be had again."""
    return f"/api/{language}/link"


def link_sent(pages: Pages, language: str, elsewhere: Address, *, by_phone: bool = False, back: str = "") -> Answer:
    """The answer to who asked for a link; `back` is their own page, where they asked for it there."""
    content = render("link_sent.html", language, by_phone=by_phone, back=back, mode=pages.mode)
    # NOTE: title of the page after one has asked for the link to one's own page
    title = words(language).gettext("We send you the link")
    if by_phone:
        # NOTE: title of the page after somebody without an e-mail address has asked to see the own data
        title = words(language).gettext("We phone you")
    return Answer(200, pages.page(language, title, content, elsewhere))


def _form(language: str, today: date, posted: FormData | None = None) -> "LinkForm":
    from chalicelib.forms.link import LinkForm  # noqa: PLC0415 - slow to import, and most requests never need it

    return LinkForm.read(posted, setting(language, today))
