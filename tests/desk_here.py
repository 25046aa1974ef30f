"""The desk of the real app in this process, over a table of an engine, with the calls that each answer took."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from chalicelib.domain.desk import DeskSession, link_token, session_mark
from chalicelib.storage import table
from chalicelib.storage.dynamo import Table
from chalicelib.storage.keys import make_keys
from chalicelib.storage.sign_ins import of_session
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.sign_in import ask_for_link
from chalicelib.wiring import parts, residents, runs, staff
from local.functions import Functions
from local.settings import TABLE, Settings, environment
from tests.engines import Engine

USER = "desk@forum-cai.example"


@dataclass(frozen=True)
class Looked:
    """A page with the calls of the table that it took, in order."""

    status: int
    text: str
    calls: tuple[str, ...]


@dataclass(frozen=True)
class DeskHere:
    """Somebody of the staff who is signed in; `client` is the one that the app has."""

    functions: Functions
    client: Any
    secret: str
    calls: list[str]

    @property
    def office(self) -> BackOffice:
        return staff.back_office()

    def get(self, path: str) -> Looked:
        """A page by its path behind /api/desk/."""
        return self._ask(path, "GET")

    def post(self, path: str, **fields: str) -> Looked:
        return self._ask(path, "POST", data=fields)

    def token(self, now: datetime) -> str:
        """What stands in the link of a new mail."""
        ask_for_link(USER, "today", "en", staff.door(), now, None, nonce := token_hex(16))
        return link_token(staff.door().keys, nonce)

    def _ask(self, path: str, method: str, **options: Any) -> Looked:
        headers = {"Cookie": f"desk={self.secret}", "Sec-Fetch-Site": "same-origin"}
        asked = EnvironBuilder(f"/api/desk/{path}", method=method, headers=headers, **options).get_environ()
        self.calls.clear()
        answer = self.functions.answer(Request(asked | {"REMOTE_ADDR": "127.0.0.1"}))
        return Looked(answer.status_code, answer.get_data(as_text=True), tuple(self.calls))


@contextmanager
def desk_here(engine: Engine, folder: Path, now: datetime) -> Iterator[DeskHere]:
    """The desk over a new table, with a clock that begins at an aware `now`."""
    before = dict(os.environ)
    settings = Settings("127.0.0.1", 8000, folder, folder)
    os.environ.update(environment(settings, f"http://127.0.0.1:{engine.port}", {}))
    _forget_parts()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settings.keys.write_text(make_keys(), "utf-8")
        settings.clock.write_text(str((now - datetime.now(UTC)).total_seconds()), "ascii")
        yield _signed_in(now)
    finally:
        os.environ.clear()
        os.environ.update(before)
        _forget_parts()


def _signed_in(now: datetime) -> DeskHere:
    client, secret, calls = parts.client("dynamodb"), token_hex(32), []
    table.create(client, TABLE)
    Table(client, TABLE).add(of_session(DeskSession(session_mark(secret), USER, now + timedelta(days=1))))
    client.meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    return DeskHere(Functions(), client, secret, calls)


def _forget_parts() -> None:
    """What wiring built from another environment."""
    for module in (parts, residents, runs, staff):
        for part in vars(module).values():
            if hasattr(part, "cache_clear"):
                part.cache_clear()
