"""One reader at their own page: whose page it is, what they sent, and where the answer goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.link import OwnLink
from chalicelib.usecases.admit import Office
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.pages import Pages
from chalicelib.web.request import FormData


@dataclass(frozen=True)
class Visit:
    """The link is proven and leads to `file`; `now` is aware, `form` is empty where nothing was posted.

    `keys` sign the links to other pages of this person, newest first.
    """

    token: str
    link: OwnLink
    file: ContactFile
    form: FormData
    office: Office
    pages: Pages
    language: str
    now: datetime
    keys: Sequence[bytes]

    @property
    def sees_all(self) -> bool:
        """Whether the link shows all data: it was asked for, is fresh, and about more than one form."""
        return self.link.correction is None and self.link.is_fresh(self.now)

    def posted(self, name: str) -> str:
        """The first value of a field, or nothing."""
        return self.form.first(name)

    def address(self, language: str) -> str:
        """Where this page is in a language."""
        return f"/api/{language}/my/{self.token}"

    def again(self) -> Answer:
        """The page anew, which says how things stand."""
        return see_other(self.address(self.language))
