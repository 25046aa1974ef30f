"""Brings what `make package` made into an account, by a change set that can be looked at first."""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from botocore.exceptions import WaiterError

from infra.stage import RefusedError, Stage
from infra.standing import NEW, found, hindrance, why_failed

# The second one of templates with a transform, such as ours.
_NOTHING_NEW = ("didn't contain changes", "No updates are to be performed")
_RIGHTS = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
PATIENCE = {"Delay": 2, "MaxAttempts": 900}
# They hold what cannot be made anew.
LASTING = {"Table", "TableKey", "SealKey", "Ledger"}

Change = dict[str, Any]


def upload(s3: Any, bucket: str, package: Path) -> str:
    """The address of the template, which leads to the code: both in the bucket, under the hash of what they are."""
    code = {"Bucket": bucket, "Key": _put(s3, bucket, (package / "deployment.zip").read_bytes(), "zip")}
    template = json.loads((package / "sam.json").read_bytes())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = code
    return f"{s3.meta.endpoint_url}/{bucket}/{_put(s3, bucket, json.dumps(template).encode(), 'json')}"


def _put(s3: Any, bucket: str, body: bytes, ending: str) -> str:
    key = f"{sha256(body).hexdigest()}.{ending}"
    if not s3.list_objects_v2(Bucket=bucket, Prefix=key).get("KeyCount"):
        s3.put_object(Bucket=bucket, Key=key, Body=body)
    return key


def prepare(cloudformation: Any, stack: str, url: str, parameters: Mapping[str, str], name: str) -> list[Change]:
    """What would change; nothing yet does. None of it where the stack is already so. Raises RefusedError."""
    cloudformation.create_change_set(
        StackName=stack,
        ChangeSetName=name,
        ChangeSetType="UPDATE" if outputs(cloudformation, stack) is not None else "CREATE",
        TemplateURL=url,
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        Capabilities=_RIGHTS,
    )
    named = {"StackName": stack, "ChangeSetName": name}
    try:
        cloudformation.get_waiter("change_set_create_complete").wait(**named, WaiterConfig=PATIENCE)
    except WaiterError as error:
        reason = str(error.last_response.get("StatusReason"))
        if not any(words in reason for words in _NOTHING_NEW):
            raise RefusedError(f"CloudFormation cannot say what would change: {reason}") from None
        cloudformation.delete_change_set(**named)
        return []
    pages = cloudformation.get_paginator("describe_change_set").paginate(**named)
    return [change["ResourceChange"] for page in pages for change in page["Changes"]]


def in_words(changes: Sequence[Change]) -> Iterator[str]:
    """A line for each way in which something changes, with the names of what does."""
    named: dict[str, list[str]] = {"added": [], "changed": [], "made anew without what it held": [], "removed": []}
    for change in changes:
        named[_done(change)].append(change["LogicalResourceId"])
    return (f"{done}: {', '.join(sorted(names))}" for done, names in named.items() if names)


def lost(changes: Sequence[Change]) -> list[str]:
    """The names of what must never go, and would."""
    gone = (change["LogicalResourceId"] for change in changes if _done(change) not in ("added", "changed"))
    return sorted(set(gone) & LASTING)


def _done(change: Change) -> str:
    if change["Action"] == "Modify":
        return "made anew without what it held" if change.get("Replacement") == "True" else "changed"
    return {"Add": "added", "Remove": "removed"}.get(change["Action"], "changed")


def make(cloudformation: Any, stage: Stage, name: str) -> dict[str, str]:
    """Does what was prepared, and gives the outputs of the stack. Raises RefusedError with what could not be done."""
    is_new = outputs(cloudformation, stage.stack) is None
    cloudformation.execute_change_set(StackName=stage.stack, ChangeSetName=name)
    done = cloudformation.get_waiter("stack_create_complete" if is_new else "stack_update_complete")
    try:
        done.wait(StackName=stage.stack, WaiterConfig=PATIENCE)
    except WaiterError:
        after = hindrance(cloudformation, stage) or f"{stage.stack} goes back to what it was before."
        reasons = why_failed(cloudformation, stage.stack)
        raise RefusedError("CloudFormation could not do all of it:", *reasons, after) from None
    return outputs(cloudformation, stage.stack) or {}


def demand_finished(cloudformation: Any, stage: Stage) -> dict[str, str]:
    """The outputs of a stack that was deployed to its end once. Raises RefusedError where none was."""
    made = outputs(cloudformation, stage.stack)
    if not made:
        raise RefusedError(
            f"No stack {stage.stack} in {stage.region} was ever finished: make deploy STAGE={stage.name}."
        )
    return made


def outputs(cloudformation: Any, stack: str) -> dict[str, str] | None:
    """What the stack says of itself; None where there is no such stack."""
    described = found(cloudformation, stack)
    if described is None or described["StackStatus"] == NEW:
        return None
    return {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}
