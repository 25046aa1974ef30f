"""The door of the desk: somebody asks for a link, and presses the button on the page that it opens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from chalicelib.domain.desk import LINK_GOOD_FOR
from chalicelib.domain.errors import LinkOverError, TooManyRequestsError
from chalicelib.domain.language import DESK_LANGUAGES
from chalicelib.usecases.sign_in import Door, ask_for_link, enter, find_link
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.cookie import Cookie
from chalicelib.web.pages import Pages, render
from chalicelib.web.posts import refuse_strange
from chalicelib.web.problems import NotFoundError, retry_after
from chalicelib.web.request import Request
from chalicelib.words.catalogues import N_, words

LONGEST_ADDRESS = 254

# NOTE: title of the page, and text of the button, with which staff sign in at the desk
SIGN_IN = N_("Sign in at the desk")
# NOTE: title of the page after somebody has asked for a link with which staff sign in
SENT = N_("Look into your mailbox")
# NOTE: title of a page for staff: the link in the e-mail was used or is too old
OVER = N_("This link no longer works")


@dataclass(frozen=True)
class SignIn:
    """The four answers of the door. All raise NotFoundError for a language that the desk does not speak.

    None tells whether an address may sign in.
    """

    site_url: str
    pages: Pages
    door: Callable[[], Door]

    def show(self, request: Request, language: str) -> Answer:
        """The form for an address."""
        _refuse_unspoken(language)
        return self._form(language, ways.known(request.query.get("next", "")))

    def post(self, request: Request, language: str, now: datetime) -> Answer:
        """Asks for a link. Raises ForgedError for a post that no page of ours sent, and StoreBusyError."""
        refuse_strange(request, self.site_url)
        _refuse_unspoken(language)
        form = request.form()
        way = ways.known(form.first("next"))
        address = form.first("address").strip()
        if "@" not in address or len(address) > LONGEST_ADDRESS:
            # NOTE: error on the page on which staff sign in
            return self._form(language, way, 422, words(language).gettext("Enter your e-mail address"))
        try:
            ask_for_link(address, way, language, self.door(), now, request.sender, token_hex(16))
        except TooManyRequestsError as many:
            return self._too_many(language, way, many)
        content = render("desk/link_sent.html", language, minutes=LINK_GOOD_FOR // timedelta(minutes=1))
        return self._page(language, SENT, content, ways.door, way)

    def open(self, token: str, language: str, now: datetime) -> Answer:
        """The page with the button. It changes nothing: mail programs open links by themselves."""
        _refuse_unspoken(language)
        try:
            link = find_link(token, self.door(), now)
        except LinkOverError:
            return self._over(language)
        content = render("desk/link.html", language, user=link.user, title=SIGN_IN, action=_of_link(language, token))
        return self._page(language, SIGN_IN, content, lambda other, _: _of_link(other, token))

    def enter(self, request: Request, token: str, language: str, now: datetime) -> Answer:
        """Signs in, and leads to where the link was asked for. Raises ForgedError and StoreBusyError as `post`."""
        refuse_strange(request, self.site_url)
        _refuse_unspoken(language)
        secret = token_hex(32)
        try:
            way = enter(token, secret, self.door(), now, request.sender)
        except LinkOverError:
            return self._over(language)
        except TooManyRequestsError as many:
            return self._too_many(language, ways.START, many)
        location = {"Location": ways.path_of(way, language)}
        return Answer(303, extra={**location, **Cookie(self.site_url).given(secret)})

    def _form(self, language: str, way: str, status: int = 200, error: str = "") -> Answer:
        content = render("desk/sign_in.html", language, way=way, error=error, title=SIGN_IN)
        return self._page(language, SIGN_IN, content, ways.door, way, status)

    def _too_many(self, language: str, way: str, many: TooManyRequestsError) -> Answer:
        # NOTE: error on the page on which staff sign in
        answer = self._form(language, way, 429, words(language).gettext("Too many tries. Please try again in an hour."))
        return Answer(429, answer.body, retry_after(many))

    def _over(self, language: str) -> Answer:
        content = render("desk/link_over.html", language, door=ways.door(language))
        return self._page(language, OVER, content, ways.door, status=404)

    def _page(
        self,
        language: str,
        title: str,
        content: str,
        elsewhere: Callable[[str, str], str],
        way: str = ways.START,
        status: int = 200,
    ) -> Answer:
        said = words(language).gettext(title)
        return Answer(status, self.pages.desk(language, said, content, lambda other: elsewhere(other, way), menu=""))


def _of_link(language: str, token: str) -> str:
    return f"{ways.door(language)}/{token}"


def _refuse_unspoken(language: str) -> None:
    if language not in DESK_LANGUAGES:
        raise NotFoundError
