"""One member of staff at one page of the desk, and the frame around what they see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.programme.intake import is_closed
from chalicelib.usecases.desk import BackOffice
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.desk import ways
from chalicelib.web.pages import Pages, render, setting
from chalicelib.web.request import FormData


@dataclass(frozen=True)
class Visit:
    """`user` is signed in; `way` is the page, `form` is empty where nothing was posted, `now` is aware.

    `unseal` opens the social security number of a reference, and is empty where there is none.
    """

    user: str
    way: str
    form: FormData
    query: Mapping[str, str]
    office: BackOffice
    pages: Pages
    language: str
    now: datetime
    unseal: Callable[[str], str] = field(repr=False)

    def posted(self, name: str) -> str:
        """The first value of a field, or nothing."""
        return self.form.first(name)

    @property
    def seen(self) -> int:
        """The version that a form was made from."""
        return version_in(self.posted("version"))

    @property
    def setting(self) -> Any:
        """What the checks of a form depend on."""
        return setting(self.language, day_in_luxembourg(self.now))

    def page(self, title: str, content: str, status: int = 200, summary: str = "") -> Answer:
        """A page with the menu; `summary` says what is wrong, above the title and in it."""
        menu = render(
            "desk/menu.html",
            self.language,
            user=self.user,
            way=self.way,
            month=ways.month_of(self.now),
            takes_requests=not is_closed("appointment", self.pages.mode),
            path_of=ways.path_of,
        )
        body = self.pages.desk(self.language, title, content, self.address, menu, summary)
        return Answer(status, body)

    def wrong(self, sentence: str, changes: Sequence[str] = ()) -> str:
        """The summary that says what is wrong, with what has changed; empty where nothing is."""
        return render("desk/wrong.html", self.language, sentence=sentence, changes=changes) if sentence else ""

    def address(self, language: str) -> str:
        """Where this page is in a language."""
        return ways.path_of(self.way, language)

    def again(self) -> Answer:
        """The page anew, which says how things stand."""
        return see_other(self.address(self.language))


def version_in(seen: str) -> int:
    """The version with which begins what a page said; none that ever was for whatever else was posted."""
    version = seen.partition(".")[0]
    return int(version) if version.isdecimal() and len(version) < 10 else -1


Page = Callable[..., Answer]


@dataclass(frozen=True)
class DeskPage:
    """What an address of the desk shows, and what its buttons do, by the field `act` that they post.

    Each is called with the visit and the variable parts of the address, of which the first is the way to it.
    """

    show: Page
    acts: Mapping[str, Page]
