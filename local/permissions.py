"""Each function may do here what its policy grants it in an account, so that what a policy lacks is found at once."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import boto3
from botocore.exceptions import ClientError

from local import ROOT

WEB = "web"
_CHALICE = ROOT / "backend" / ".chalice"
_IN_TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}
_acting: ContextVar[str | None] = ContextVar("acting", default=None)

Grants = frozenset[tuple[str, bool]]  # an action, and whether on the index


@contextmanager
def acting_as(function: str) -> Iterator[None]:
    """What is asked of the table in here is asked by that function; outside, by who runs the service."""
    token = _acting.set(function)
    try:
        yield
    finally:
        _acting.reset(token)


def enforce() -> None:
    """From now on each new client of DynamoDB refuses as AWS would."""
    boto3.setup_default_session()
    boto3.DEFAULT_SESSION.events.register("before-parameter-build.dynamodb", _check)


def _check(params: Mapping[str, Any], model: Any, **_: object) -> None:
    function = _acting.get()
    if function is None:
        return
    lacking = _needed(model.name, params) - granted(function)
    if lacking:
        told = f"{function} may not {', '.join(sorted(action for action, _ in lacking))}"
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": told}}, model.name)


def _needed(operation: str, params: Mapping[str, Any]) -> Grants:
    if operation == "TransactWriteItems":
        return frozenset((_IN_TRANSACTION[kind], False) for action in params["TransactItems"] for kind in action)
    return frozenset({(operation, "IndexName" in params)})


def functions() -> Mapping[str, str]:
    """The file of the policy of each function."""
    stage = json.loads((_CHALICE / "config.json").read_text())["stages"]["api"]
    of_its_own = {name: settings["iam_policy_file"] for name, settings in stage["lambda_functions"].items()}
    return {WEB: stage["iam_policy_file"], **of_its_own}


@cache
def granted(function: str) -> Grants:
    """What the policy of a function lets it do with the table and with its index."""
    statements = json.loads((_CHALICE / functions()[function]).read_text())["Statement"]
    return frozenset(
        (action.removeprefix("dynamodb:"), "Fn::Sub" in resource)
        for statement in statements
        for action in statement["Action"]
        for resource in _resources(statement)
        if action.startswith("dynamodb:")
    )


def _resources(statement: Mapping[str, Any]) -> list[Any]:
    given = statement["Resource"]
    return given if isinstance(given, list) else [given]
