"""Brings what `make package` made into an account, by a change set that can be looked at first."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

_NEW = "REVIEW_IN_PROGRESS"
_RIGHTS = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
_PATIENCE = {"Delay": 2, "MaxAttempts": 900}


def upload(s3: Any, bucket: str, package: Path, template: Mapping[str, Any]) -> str:
    """The address of the template, which leads to the code: both in the bucket, under the hash of what they are."""
    code = (package / "deployment.zip").read_bytes()
    placed = json.loads(json.dumps(template))
    for resource in placed["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": bucket, "Key": _put(s3, bucket, code, "zip")}
    return f"{s3.meta.endpoint_url}/{bucket}/{_put(s3, bucket, json.dumps(placed).encode(), 'json')}"


def _put(s3: Any, bucket: str, body: bytes, ending: str) -> str:
    key = f"{sha256(body).hexdigest()}.{ending}"
    if not s3.list_objects_v2(Bucket=bucket, Prefix=key).get("KeyCount"):
        s3.put_object(Bucket=bucket, Key=key, Body=body)
    return key


def prepare(
    cloudformation: Any, stack: str, url: str, parameters: Mapping[str, str], name: str
) -> list[dict[str, Any]]:
    """What would change; nothing yet does. None of it where the stack is already so."""
    cloudformation.create_change_set(
        StackName=stack,
        ChangeSetName=name,
        ChangeSetType="UPDATE" if _is_there(cloudformation, stack) else "CREATE",
        TemplateURL=url,
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        Capabilities=_RIGHTS,
    )
    cloudformation.get_waiter("change_set_create_complete").wait(
        StackName=stack, ChangeSetName=name, WaiterConfig=_PATIENCE
    )
    pages = cloudformation.get_paginator("describe_change_set").paginate(StackName=stack, ChangeSetName=name)
    return [change["ResourceChange"] for page in pages for change in page["Changes"]]


def make(cloudformation: Any, stack: str, name: str) -> dict[str, str]:
    """Does what was prepared, and gives the outputs of the stack."""
    is_new = not _is_there(cloudformation, stack)
    cloudformation.execute_change_set(StackName=stack, ChangeSetName=name)
    done = cloudformation.get_waiter("stack_create_complete" if is_new else "stack_update_complete")
    done.wait(StackName=stack, WaiterConfig=_PATIENCE)
    (made,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    return {each["OutputKey"]: each["OutputValue"] for each in made.get("Outputs", [])}


def _is_there(cloudformation: Any, stack: str) -> bool:
    try:
        (found,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    except cloudformation.exceptions.ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return False
        raise
    return bool(found["StackStatus"] != _NEW)
