"""The one place through which every page of the desk is reached: nobody is there who is not signed in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.domain.language import DESK_LANGUAGES
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.sign_in import Door, find_user, leave
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.desk import ways
from chalicelib.web.desk.contents import CONTENTS
from chalicelib.web.desk.cookie import Cookie
from chalicelib.web.desk.visit import Visit
from chalicelib.web.pages import Pages, render
from chalicelib.web.posts import refuse_strange
from chalicelib.web.problems import NotFoundError
from chalicelib.web.request import FormData, Request
from chalicelib.words.catalogues import words

MOST_FIELDS = 2000  # a box for each person on a roster and each meeting


@dataclass(frozen=True)
class Desk:
    """Each handler of contents.py gets its visit from here; `office` is asked for once somebody is signed in."""

    site_url: str
    pages: Pages
    door: Callable[[], Door]
    office: Callable[[], BackOffice]
    unseal: Callable[[str, str], str] = field(repr=False)

    def begin(self) -> Answer:
        """Whoever types the address of the desk alone is led to its first page, in its first language."""
        return see_other(ways.path_of(ways.START, DESK_LANGUAGES[0]))

    def show(self, page: str, request: Request, language: str, now: datetime, *named: str) -> Answer:
        """The page, or the way to the door. It changes nothing. Raises NotFoundError and StoreBusyError."""
        way = _way(page, language, named)
        user = find_user(Cookie(self.site_url).secret(request), self.door(), now)
        if user is None:
            return see_other(ways.door(language, way))
        visit = self._visit(user, way, FormData({}), request, language, now)
        return CONTENTS[page].show(visit, *named)

    def post(self, page: str, request: Request, language: str, now: datetime, *named: str) -> Answer:
        """Does what the field `act` names, else shows the page again; 403 for who is not signed in.

        Raises ForgedError for a post that no page of ours sent, and what `show` raises.
        """
        refuse_strange(request, self.site_url)
        way = _way(page, language, named)
        user = find_user(Cookie(self.site_url).secret(request), self.door(), now)
        if user is None:
            return self._signed_out(way, language)
        visit = self._visit(user, way, request.form(MOST_FIELDS), request, language, now)
        act = CONTENTS[page].acts.get(visit.posted("act"))
        return act(visit, *named) if act else visit.again()

    def leave(self, request: Request, language: str, now: datetime) -> Answer:
        """Ends the session. Raises what `post` raises."""
        refuse_strange(request, self.site_url)
        cookie, way = Cookie(self.site_url), _way(ways.START, language, ())
        secret = cookie.secret(request)
        user = find_user(secret, self.door(), now)
        if user is None:
            return self._signed_out(way, language)
        leave(secret, user, self.door(), now)
        return Answer(303, extra={"Location": ways.door(language), **cookie.taken()})

    def _visit(self, user: str, way: str, form: FormData, request: Request, language: str, now: datetime) -> Visit:
        secret = Cookie(self.site_url).secret(request)
        query, office = request.query, self.office()
        return Visit(user, way, form, query, office, self.pages, language, now, lambda each: self.unseal(each, secret))

    def _signed_out(self, way: str, language: str) -> Answer:
        content = render("desk/signed_out.html", language, door=ways.door(language, way))
        # NOTE: title of a page of the desk, for staff whose session is over
        title = words(language).gettext("You are not signed in")
        return Answer(403, self.pages.desk(language, title, content, lambda other: ways.door(other, way), menu=""))


def _way(page: str, language: str, named: tuple[str, ...]) -> str:
    if language not in DESK_LANGUAGES:
        raise NotFoundError
    return ways.to(page, named)
