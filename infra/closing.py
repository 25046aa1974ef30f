"""Closes the functions of a stage before its table, opens them again, and has them start anew."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from infra.account import Clients
from infra.stage import Stage

SIGN = "CAI_RESTORING"


def close(stage: Stage, clients: Clients) -> None:
    """From now on every function finds the store closed; what runs already goes on to its end."""
    _set(stage, clients, lambda known: known | {SIGN: "yes"})


def open_again(stage: Stage, clients: Clients) -> None:
    """The functions are as they were deployed."""
    _set(stage, clients, lambda known: {name: value for name, value in known.items() if name != SIGN})


def start_anew(stage: Stage, clients: Clients, now: datetime) -> None:
    """Every function forgets what it has read."""
    _set(stage, clients, lambda known: known | {"CAI_STARTED": now.isoformat(timespec="seconds")})


def _set(stage: Stage, clients: Clients, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    functions, names = clients("lambda"), _functions(clients("cloudformation"), stage.stack)
    for name in names:
        known = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        functions.update_function_configuration(FunctionName=name, Environment={"Variables": change(known)})
    for name in names:
        functions.get_waiter("function_updated_v2").wait(FunctionName=name)


def _functions(cloudformation: Any, stack: str) -> list[str]:
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    found = (each for page in pages for each in page["StackResourceSummaries"])
    return [each["PhysicalResourceId"] for each in found if each["ResourceType"] == "AWS::Lambda::Function"]
