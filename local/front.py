"""The one address: who may ask, which part answers, and one line about it in the log."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Protocol
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.wrappers import Request, Response

from chalicelib.web.headers import EVERY_ANSWER, headers_of
from local.address import is_ours

log = logging.getLogger("local.requests")

# How much of an address the log may hold, such as /api/fr/receipts: a token or a key may follow.
_KNOWN_PARTS = {"api": 3, "_local": 2}


class Part(Protocol):
    def answer(self, request: Request) -> Response: ...


class Front:
    """A WSGI application."""

    def __init__(self, host: str, *, site: Part, functions: Part, trial: Part, nudge: Callable[[], None]) -> None:
        self._host = host
        self._site, self._functions, self._trial = site, functions, trial
        self._nudge = nudge

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = time.monotonic()
        request = Request(environ)
        response = self._answer(request)
        if request.method == "POST":  # a form, or a move of the clock: something may be due now
            self._nudge()
        milliseconds = 1000 * (time.monotonic() - started)
        log.info("%s %s %d %.0f ms", request.method, _route(request.path), response.status_code, milliseconds)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if not is_ours(request.headers.get("Host", ""), self._host):
            return _with_headers(Response("This service answers to its own address only.\n", status=421), EVERY_ANSWER)
        if _is_below("/api", request.path):
            # Headers are left as they are: what the functions forget would be missing on AWS as well.
            return self._functions.answer(request)
        part = self._trial if _is_below("/_local", request.path) else self._site
        return _with_headers(part.answer(request), headers_of(request.path))


def _is_below(prefix: str, path: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")


def _with_headers(response: Response, headers: dict[str, str]) -> Response:
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response


def _route(path: str) -> str:
    """A path as the log may hold it: without tokens, and without signs that would forge a second line."""
    parts = path[1:].split("/")
    known = _KNOWN_PARTS.get(parts[0], len(parts))
    path = "/" + "/".join(parts[:known] + ["…"] * (len(parts) > known))
    return "".join(sign if sign.isprintable() else "?" for sign in path[:100])
