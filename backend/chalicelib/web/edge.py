"""Lets only our own edge in, and takes from it who the reader is: behind it every request comes from the edge."""

import hmac
from collections.abc import Callable
from typing import Any

from chalice import Response

from chalicelib.web.headers import EVERY_API_ANSWER

SECRET = "x-origin-secret"  # noqa: S105 - the name of a header
READER = "x-reader"


def only_from_edge(secret: Callable[[], str]) -> Callable[[Any, Callable[[Any], Response]], Response]:
    """A middleware that refuses, before anything else, what does not show the secret; an empty one lets all in."""

    def middleware(event: Any, get_response: Callable[[Any], Response]) -> Response:
        expected = secret()
        if expected:
            if not hmac.compare_digest(event.headers.get(SECRET, "").encode(), expected.encode()):
                return Response("", status_code=403, headers={**EVERY_API_ANSWER})
            event.context["identity"] = {"sourceIp": event.headers.get(READER, "")}
        return get_response(event)

    return middleware
