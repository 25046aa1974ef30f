"""How a stack stands: whether it can be changed, what helps where it cannot, why it failed, what it holds."""

from collections.abc import Iterator
from typing import Any

from infra.stage import RefusedError, Stage

NEW = "REVIEW_IN_PROGRESS"  # a change set was prepared, and nothing yet made
_AGAIN = "run make destroy STAGE={name}, which takes away what is left of it, then make deploy STAGE={name}"
_BACK = "choose Continue update rollback in CloudFormation, then deploy again"
_HELP = {
    "CREATE_FAILED": _AGAIN,
    "ROLLBACK_COMPLETE": _AGAIN,
    "ROLLBACK_FAILED": _AGAIN,
    "DELETE_FAILED": _AGAIN,
    "UPDATE_FAILED": _BACK,
    "UPDATE_ROLLBACK_FAILED": _BACK,
}
_BEGINNINGS = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS")
_OUTPUTS = {"Table": "TableName", "Site": "SiteBucket", "Ledger": "LedgerBucket"}


def found(cloudformation: Any, stack: str) -> dict[str, Any] | None:
    """What CloudFormation says of the stack; None where there is no such stack."""
    try:
        (described,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    except cloudformation.exceptions.ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return None
        raise
    return dict(described)


def demand_rest(cloudformation: Any, stack: str) -> None:
    """Raises RefusedError while something is being done to the stack."""
    status = (found(cloudformation, stack) or {"StackStatus": NEW})["StackStatus"]
    if status.endswith("_IN_PROGRESS") and status != NEW:
        raise RefusedError(f"{stack} is being changed ({status}): wait until that is done, then try again.")


def demand_changeable(cloudformation: Any, stage: Stage) -> None:
    """Raises RefusedError with what helps, where CloudFormation would take no change."""
    demand_rest(cloudformation, stage.stack)
    if sentence := hindrance(cloudformation, stage):
        raise RefusedError(sentence)


def hindrance(cloudformation: Any, stage: Stage) -> str | None:
    """What helps where a stack that failed takes no change any more."""
    status = (found(cloudformation, stage.stack) or {}).get("StackStatus")
    if status not in _HELP:
        return None
    return (
        f"{stage.stack} can only be changed once it is put right ({status}): {_HELP[status].format(name=stage.name)}."
    )


def why_failed(cloudformation: Any, stack: str) -> list[str]:
    """A line for each part that could not be made or taken away the last time, the first one first."""
    return [
        f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', event['ResourceStatus'])}"
        for event in reversed(list(_last_time(cloudformation, stack)))
        if event["ResourceStatus"].endswith("_FAILED") and "cancelled" not in event.get("ResourceStatusReason", "")
    ]


def _last_time(cloudformation: Any, stack: str) -> Iterator[dict[str, Any]]:
    """What happened since the stack was last begun to be changed, newest first."""
    for event in _events(cloudformation, stack):
        if event["LogicalResourceId"] == stack and event["ResourceStatus"] in _BEGINNINGS:
            return
        yield event


def holders(cloudformation: Any, stack: str) -> dict[str, str]:
    """The table and the buckets, by their names in the template; also those that a failed deployment left."""
    made = {each["OutputKey"]: each["OutputValue"] for each in (found(cloudformation, stack) or {}).get("Outputs", [])}
    left = {
        event["LogicalResourceId"]: event["PhysicalResourceId"]
        for event in _events(cloudformation, stack)
        if event["ResourceStatus"] in ("DELETE_SKIPPED", "DELETE_FAILED") and event["LogicalResourceId"] in _OUTPUTS
    }
    return left | {name: made[output] for name, output in _OUTPUTS.items() if output in made}


def _events(cloudformation: Any, stack: str) -> Iterator[dict[str, Any]]:
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack)
    return (event for page in pages for event in page["StackEvents"])
