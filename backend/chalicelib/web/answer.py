"""What goes back: a status, headers and a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.web.headers import EVERY_API_ANSWER

HTML = {"Content-Type": "text/html; charset=utf-8"}
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; the table of headers is added to what is given."""

    status: int
    body: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        return {**EVERY_API_ANSWER, **HTML, **self.extra}


def see_other(path: str) -> Answer:
    return Answer(303, extra={"Location": path})
