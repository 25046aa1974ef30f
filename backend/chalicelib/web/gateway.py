"""Between Chalice and our pages: requests in, answers out, and every failure in words."""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from chalice import Chalice, ChaliceUnhandledError, Response

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.log import note, told_of
from chalicelib.web.answer import Answer
from chalicelib.web.problems import PROBLEMS, NotFoundError, language_of, problem
from chalicelib.web.request import Request

if TYPE_CHECKING:
    from chalicelib.web.pages import Pages  # most functions of the app show none


def asked(app: Chalice) -> Request:
    """The current request as our handlers know it."""
    current: Any = app.current_request
    headers = {name.lower(): value for name, value in current.headers.items()}
    source = current.context.get("identity", {}).get("sourceIp", "")
    return Request(headers, current.raw_body, source, dict(current.query_params or {}))


class UnansweredError(ChaliceUnhandledError):
    """Carries a failure past Chalice, which would make it a 500, to the middleware that has words for it."""


def respond(handle: Callable[[], Answer]) -> Response:
    """The answer of a handler. Raises UnansweredError from whatever it raised."""
    try:
        return _response(handle())
    except Exception as failure:  # the outermost report of a request: no input gets a 500
        raise UnansweredError from failure


def answer_in_words(pages: "Callable[[], Pages]") -> Callable[[Any, Callable[[Any], Response]], Response]:
    """A middleware that turns each failure into a page in the language of the address, and logs route and duration."""

    def middleware(event: Any, get_response: Callable[[Any], Response]) -> Response:
        started = time.monotonic()
        response = _in_words(event, get_response, pages)
        _log(event, response, started)
        return response

    return middleware


def unknown_route(path: str, pages: "Callable[[], Pages]") -> Response:
    """What the gateway answers where it has no route; `path` is the address below /api."""
    return _explained(NotFoundError(), language_of(path), pages)


def _in_words(event: Any, get_response: Callable[[Any], Response], pages: "Callable[[], Pages]") -> Response:
    language = (event.uri_params or {}).get("lang", "en")
    if language not in LANGUAGES:
        return _explained(NotFoundError(), "en", pages)
    try:
        response = get_response(event)
    except UnansweredError as unanswered:
        return _explained(_cause(unanswered), language, pages)
    if response.status_code in (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.UNSUPPORTED_MEDIA_TYPE):
        explained = _explained(HTTPStatus(response.status_code), language, pages)
        explained.headers |= {"Allow": response.headers["Allow"]} if "Allow" in response.headers else {}
        return explained
    return response


def _explained(cause: Exception | HTTPStatus, language: str, pages: "Callable[[], Pages]") -> Response:
    """The page about a failure; where not even that can be made, a sentence with a phone number."""
    from chalicelib.programme import facts  # noqa: PLC0415 - of failures only

    try:
        return _response(problem(cause, language, pages()))
    except (ConfigurationError, OSError) as broken:
        note("web", {"failure": type(broken).__name__, "without a page": 1}, logging.ERROR)
        return _response(Answer(503, facts.load().text("contact.phone", language), {"Retry-After": "30"}))


def _cause(unanswered: UnansweredError) -> Exception:
    """The failure itself; one that is not in the table is logged with its place, never with its text."""
    cause = unanswered.__cause__
    if not isinstance(cause, Exception):
        return unanswered
    if isinstance(cause, ConfigurationError) or type(cause) not in PROBLEMS:
        note("web", told_of(cause), logging.ERROR)
    return cause


def _response(answer: Answer) -> Response:
    return Response(body=answer.body, status_code=answer.status, headers={**answer.headers})


def _log(event: Any, response: Response, started: float) -> None:
    route, milliseconds = event.context.get("resourcePath"), round(1000 * (time.monotonic() - started))
    note("web", {"route": route, "status": response.status_code, "milliseconds": milliseconds})
