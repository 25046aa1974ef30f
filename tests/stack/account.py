"""An account on this machine: the packaged stack in ministack, each function under its own role, and its edge."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any

import requests
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from chalicelib.web.headers import headers_of
from infra.changes import outputs
from infra.deploy import Hands, deploy
from infra.package import package
from infra.stage import Stage
from local.site import Site
from tests.engines import Engine, start_ministack
from tests.infra.packaged import ROOT, TEMPLATE, template
from tests.service import SITE

STAGE = Stage(
    "test",
    "eu-central-1",
    {
        "Mode": "demonstration",
        "Sender": "noreply@forum-cai.example",
        "StaffMail": "staff@forum-cai.example",
        "DpoMail": "privacy@forum-cai.example",
        "DeskUsers": "desk@forum-cai.example",
        "AlarmMail": "operator@forum-cai.example",
    },
)
# What ministack does not know: the wall before an API, a budget, and of mail whose it is; tests/infra holds them.
UNKNOWN = {"WallBeforeTheApi", "Budget"}
SENDER = {"StringEquals": {"ses:FromAddress": {"Ref": "Sender"}}}
PATIENCE = 90.0


@dataclass(frozen=True)
class Account:
    engine: Engine
    hands: Hands
    url: str

    @cached_property
    def outputs(self) -> dict[str, str]:
        return outputs(self.engine.client("cloudformation"), STAGE.stack) or {}

    @cached_property
    def secret(self) -> str:
        """What the edge shows to the API."""
        return self.settings("APIHandler")["CAI_ORIGIN_SECRET"]

    def called(self, name: str) -> str:
        """The name that a resource of the template got."""
        found = self.engine.client("cloudformation").describe_stack_resource(
            StackName=STAGE.stack, LogicalResourceId=name
        )
        return found["StackResourceDetail"]["PhysicalResourceId"]

    def settings(self, name: str) -> dict[str, str]:
        """The environment of a function."""
        configured = self.engine.client("lambda").get_function_configuration(FunctionName=self.called(name))
        return configured["Environment"]["Variables"]

    def ask(self, method: str, path: str, *, secret: str | None = None, **more: Any) -> requests.Response:
        """The API at its own address, as the edge asks it."""
        shown = self.secret if secret is None else secret
        headers = {"X-Origin-Secret": shown, "X-Reader": "192.0.2.1"} | more.pop("headers", {})
        host = f"{self.outputs['RestAPIId']}.execute-api.localhost:{self.engine.port}"
        with requests.Session() as session:
            session.trust_env = False
            url = f"http://127.0.0.1:{self.engine.port}{path}"
            return session.request(method, url, headers=headers | {"Host": host}, allow_redirects=False, **more)

    def items(self) -> list[dict[str, Any]]:
        return self.engine.client().scan(TableName=self.outputs["TableName"])["Items"]

    def log(self, name: str) -> list[str]:
        """The lines that a function has logged."""
        group = f"/aws/lambda/{self.called(name)}"
        events = self.engine.client("logs").filter_log_events(logGroupName=group)["events"]
        return [line for event in events for line in event["message"].splitlines()]

    def runs(self, name: str) -> int:
        """How often a function has run."""
        return sum(line.count("START RequestId") for line in self.log(name))


def soon(look: Callable[[], Any]) -> Any:
    """What is seen once it is there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if seen := look():
            return seen
        time.sleep(0.25)
    raise AssertionError(f"nothing is seen after {PATIENCE} s")


@contextmanager
def account(home: Path) -> Iterator[Account]:
    """Deploys the package by the code of `make deploy`."""
    # Its functions would find our sources before the package.
    wanted = {"SERVICES": "", "AUTH": "true", "MINISTACK_REGION": "eu-central-1", "PYTHONPATH": ""}
    engine = start_ministack(home, **wanted)
    try:
        packaged = _packaged(home)
        hands = Hands(lambda service, *_: engine.client(service), lambda *_: (packaged, SITE), lambda: True)
        yield Account(engine, hands, deploy(STAGE, "test", hands))
    finally:
        engine.stop()


def _packaged(home: Path) -> Path:
    """A package that any Python can run, with a template without what ministack does not know."""
    out = home / "package"
    package(ROOT / "build" / "vendor", ROOT / "build" / "closed", out, None)
    resources = {name: part for name, part in template()["Resources"].items() if name not in UNKNOWN}
    known = template() | {"Resources": json.loads(json.dumps(resources), object_hook=_by_anybody)}
    (out / TEMPLATE.name).write_text(json.dumps(known), "utf-8")
    return out


def _by_anybody(part: dict[str, Any]) -> dict[str, Any]:
    if part.get("Condition") != SENDER:
        return part
    return {"Effect": part["Effect"], "Action": part["Action"], "Resource": "*"}


@contextmanager
def edge(account: Account, wrong: Mapping[str, Mapping[str, Any]] | None = None) -> Iterator[str]:
    """The address of a front that does what the edge does: pages, and the API with its secret.

    What is `wrong`, by path, goes over the headers or the status of a page.
    """
    site = Site(SITE)

    @Request.application
    def answer(request: Request) -> Response:
        if not request.path.startswith("/api/"):
            response = site.answer(request)
            response.headers.update(headers_of(request.path))
            over = dict((wrong or {}).get(request.path, {}))
            response.status_code = over.pop("status", response.status_code)
            response.headers.update(over)
            return response
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        asked = account.ask(request.method, request.full_path.rstrip("?"), headers=headers, data=request.get_data())
        return Response(asked.content, asked.status_code, _passed_on(asked))

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


def _passed_on(asked: requests.Response) -> dict[str, str]:
    once = {"content-length", "content-encoding", "transfer-encoding", "connection", "date", "server"}
    return {name: value for name, value in asked.headers.items() if name.lower() not in once}
