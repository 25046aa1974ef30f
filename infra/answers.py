"""What the gateway says before any function is asked: our words, in every language at once, since it knows none."""

from html import escape
from http import HTTPStatus
from typing import Any

from chalicelib.domain.errors import StoreBusyError
from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import facts
from chalicelib.web.problems import PROBLEMS, NotFoundError
from chalicelib.web.request import TooLargeError, UnreadableError
from chalicelib.words.catalogues import words
from chalicelib.words.templates import site_path

_ANSWERS: dict[str, tuple[HTTPStatus, type[Exception]]] = {
    "MISSING_AUTHENTICATION_TOKEN": (HTTPStatus.NOT_FOUND, NotFoundError),  # what AWS calls an address without a route
    "RESOURCE_NOT_FOUND": (HTTPStatus.NOT_FOUND, NotFoundError),
    "REQUEST_TOO_LARGE": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TooLargeError),
    "UNSUPPORTED_MEDIA_TYPE": (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, UnreadableError),
    "BAD_REQUEST_BODY": (HTTPStatus.BAD_REQUEST, UnreadableError),
    "BAD_REQUEST_PARAMETERS": (HTTPStatus.BAD_REQUEST, UnreadableError),
    "THROTTLED": (HTTPStatus.TOO_MANY_REQUESTS, StoreBusyError),
    "QUOTA_EXCEEDED": (HTTPStatus.TOO_MANY_REQUESTS, StoreBusyError),
    "WAF_FILTERED": (HTTPStatus.FORBIDDEN, UnreadableError),
    "DEFAULT_4XX": (HTTPStatus.BAD_REQUEST, UnreadableError),
    "DEFAULT_5XX": (HTTPStatus.SERVICE_UNAVAILABLE, StoreBusyError),
}


def gateway_responses() -> dict[str, Any]:
    """As SAM takes them: a page for each case, never stored."""
    return {name: _response(status, cause) for name, (status, cause) in _ANSWERS.items()}


def _response(status: HTTPStatus, cause: type[Exception]) -> dict[str, Any]:
    headers = {"Cache-Control": "'no-store'", "Content-Type": "'text/html; charset=utf-8'"}
    if cause is StoreBusyError:
        headers["Retry-After"] = "'30'"
    page = _page(cause)
    # Whatever the request accepts, there is one page.
    templates = {"application/json": page, "text/html": page}
    return {"StatusCode": int(status), "ResponseParameters": {"Headers": headers}, "ResponseTemplates": templates}


def _page(cause: type[Exception]) -> str:
    sections = "".join(_section(cause, language) for language in LANGUAGES)
    title = escape(words("en").gettext(PROBLEMS[cause].title))
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><main>{sections}</main></html>'


def _section(cause: type[Exception], language: str) -> str:
    entry, told = PROBLEMS[cause], words(language).gettext
    paragraphs = "".join(f"<p>{escape(told(sentence))}</p>" for sentence in entry.sentences)
    home = f'<a href="{site_path(language, "")}">{escape(told(PROBLEMS[NotFoundError].link_text))}</a>'
    phone = escape(facts.load().text("contact.phone", language))
    return (
        f'<section lang="{language}"><h1>{escape(told(entry.title))}</h1>{paragraphs}<p>{home}, {phone}</p></section>'
    )
