"""What the pages of /_local/ look like."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

from chalicelib.domain.days import LUXEMBOURG
from chalicelib.web.headers import EVERY_ANSWER
from local.inbox import Attachment, Letter

_FOLDER = Path(__file__).parent / "templates"
_FRAMES = {"Content-Security-Policy": EVERY_ANSWER["Content-Security-Policy"] + "; frame-src 'self'"}
# A letter brings its own styles, runs nothing, and opens its links in a window of their own.
_LETTER = {
    "Content-Security-Policy": "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'"
}
_UNOPENED = {"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'"}
_STEPS = (("an hour", "PT1H"), ("a day", "P1D"), ("30 days", "P30D"), ("a year", "P1Y"))


def home(
    letters: Sequence[Letter], now: datetime, jobs: Sequence[str], staff: Sequence[str], message: str, status: int
) -> Response:
    moved = abs((now - datetime.now(UTC)).total_seconds()) > 1
    return _page(
        "home.html", status, letters=letters[::-1], now=now, moved=moved, jobs=jobs, staff=staff, message=message
    )


def letter(shown: Letter) -> Response:
    return _page("letter.html", letter=shown)


def letter_html(shown: Letter) -> Response:
    """The letter as a mail program would show it, to be framed."""
    in_new_window = '<base target="_blank">'
    html, placed = re.subn(r"<head[^>]*>", rf"\g<0>{in_new_window}", shown.html, count=1, flags=re.IGNORECASE)
    body = html if placed else in_new_window + html
    return _answer(body, "text/html", _LETTER)


def attachment(shown: Attachment) -> Response:
    response = _answer(shown.content, shown.type, _UNOPENED)
    response.headers.set("Content-Disposition", "attachment", filename=shown.name)
    return response


def stylesheet() -> Response:
    return _answer((_FOLDER / "look.css").read_text("utf-8"), "text/css")


def _page(template: str, status: int = 200, **values: object) -> Response:
    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.filters["moment"] = _moment
    response = _answer(environment.get_template(template).render(steps=_STEPS, **values), "text/html", _FRAMES)
    response.status_code = status
    return response


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(LUXEMBOURG):%-d %B %Y, %H:%M}" if moment else "no date"


def _answer(body: str | bytes, kind: str, headers: dict[str, str] | None = None) -> Response:
    return Response(body, headers={"Cache-Control": "no-store", **(headers or {})}, mimetype=kind)
