"""The functions as the gateway would call them: the real Chalice app, one request an instance at a time."""

import importlib.util
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any
from urllib.parse import quote

from chalice.config import Config
from chalice.local import ForbiddenError, LocalGateway
from werkzeug.wrappers import Request, Response

from local import ROOT
from local.permissions import WEB, acting_as

APP = ROOT / "backend" / "app.py"
STAGE = "/api"


class Functions:
    """A pool of warm instances, as Lambda keeps them: a Chalice app holds its current request on itself."""

    def __init__(self, app: Path = APP) -> None:
        self._app = app
        self._numbers = count(1)
        self._idle: LifoQueue[_Instance] = LifoQueue()
        self._idle.put(self._make())

    def answer(self, request: Request) -> Response:
        with self._instance() as instance:
            return instance.answer(request)

    def invoke(self, name: str, event: dict[str, Any]) -> dict[str, int]:
        """What a function that is no route answers to an event, as Lambda would call it."""
        with self._instance() as instance:
            return instance.invoke(name, event)

    @contextmanager
    def _instance(self) -> Iterator["_Instance"]:
        try:
            instance = self._idle.get_nowait()
        except Empty:
            instance = self._make()
        try:
            yield instance
        finally:
            self._idle.put(instance)

    def _make(self) -> "_Instance":
        return _Instance(self._app, f"app_{next(self._numbers)}")


class _Instance:
    def __init__(self, file: Path, name: str) -> None:
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec and spec.loader, file  # noqa: S101 - a file that ends in .py has both
        self._module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self._module)
        self._gateway = LocalGateway(self._module.app, Config())
        self._binary_types = self._module.app.api.binary_types

    def invoke(self, name: str, event: dict[str, Any]) -> dict[str, int]:
        with acting_as(name):
            answer: dict[str, int] = getattr(self._module, name)(event, None)
        return answer

    def answer(self, request: Request) -> Response:
        self._gateway.event_converter.LOCAL_SOURCE_IP = request.remote_addr or ""
        path = request.path.removeprefix(STAGE) or "/"
        try:
            if (
                path.startswith("//") or request.method == "OPTIONS"
            ):  # a host to the gateway; a preflight it would grant
                raise ForbiddenError({})
            return _response(self._ask(request, path))
        except ForbiddenError:  # the gateway knows no such route
            return _response(self._module.unknown_route(path).to_dict(self._binary_types))

    def _ask(self, request: Request, path: str) -> dict[str, Any]:
        method = "GET" if request.method == "HEAD" else request.method
        query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        body = request.get_data() or None
        with acting_as(WEB):
            answer: dict[str, Any] = self._gateway.handle_request(
                method, quote(path) + query, self._headers(request), body
            )
        return answer

    def _headers(self, request: Request) -> dict[str, str]:
        headers = dict(request.headers) | {"X-Forwarded-For": request.remote_addr or ""}
        if request.mimetype in self._binary_types:  # the gateway compares the whole header, parameters and all
            headers["Content-Type"] = request.mimetype
        return headers


def _response(answer: dict[str, Any]) -> Response:
    body = answer.get("body") or ""
    if answer.get("isBase64Encoded"):
        body = b64decode(body)
    response = Response(body, answer["statusCode"], content_type="application/json")  # what the gateway takes it for
    response.headers.update(answer["headers"])
    for name, values in answer.get("multiValueHeaders", {}).items():
        response.headers.setlist(name, values)
    return response
