"""`make destroy`: takes a stage away that holds nobody's data."""

from collections.abc import Callable, Iterator
from typing import Any

from botocore.exceptions import WaiterError

from chalicelib.storage.places import CONTACT
from infra.account import Clients, account_id, name_of_code_bucket
from infra.changes import PATIENCE
from infra.deploy import clients_of, said_yes
from infra.stage import RefusedError, Stage, read, said
from infra.standing import demand_rest, found, holders, why_failed


def destroy(stage: Stage, clients: Clients, agrees: Callable[[], bool]) -> list[str]:
    """Removes stack and table, also of a stack that failed, and says what is left.

    Raises RefusedError while a contact is in the table, and where something cannot be removed.
    """
    account = account_id(clients)
    cloudformation, dynamodb, s3 = clients("cloudformation"), clients("dynamodb"), clients("s3")
    if found(cloudformation, stage.stack) is None:
        raise RefusedError(f"There is no stack {stage.stack} in {stage.region}.")
    demand_rest(cloudformation, stage.stack)
    there = holders(cloudformation, stage.stack)
    tables = [name for key, name in there.items() if key == "Table" and _is_there(dynamodb, name)]
    if any(_holds_contacts(dynamodb, table) for table in tables):
        raise RefusedError(
            f"The table of {stage.name} holds contacts, who were promised to hear from us: nothing was changed.",
            "operations/end-of-programme.md says how to come to an end.",
        )
    if not agrees():
        raise RefusedError("Nothing was changed.")
    _take_away(cloudformation, s3, stage, there.get("Site"))
    for table in tables:
        dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False)
        dynamodb.get_waiter("table_exists").wait(TableName=table)
        dynamodb.delete_table(TableName=table)
    return list(_left(stage, account, there.get("Ledger")))


def _take_away(cloudformation: Any, s3: Any, stage: Stage, site: str | None) -> None:
    """Twice if need be: a function may have written dates into the site before it was gone itself."""
    if not any(_is_gone(cloudformation, s3, stage, site) for _ in range(2)):
        reasons = why_failed(cloudformation, stage.stack)
        again = f"Put that right, then run make destroy STAGE={stage.name} again."
        raise RefusedError("CloudFormation could not take all of it away:", *reasons, again)


def _is_gone(cloudformation: Any, s3: Any, stage: Stage, site: str | None) -> bool:
    _empty(s3, site)
    cloudformation.delete_stack(StackName=stage.stack)
    try:
        cloudformation.get_waiter("stack_delete_complete").wait(StackName=stage.stack, WaiterConfig=PATIENCE)
    except WaiterError:
        return False
    return True


def _left(stage: Stage, account: str, ledger: str | None) -> Iterator[str]:
    if ledger:
        yield f"the bucket {ledger} with the ids of erased contacts, which forgets them by itself"
    yield f"the keys in the SSM parameter {stage.keys}, and in KMS those of {stage.stack}, as far as they were made"
    code = name_of_code_bucket(stage, account)
    yield f"the bucket {code} with the code of every stage: once there is none, aws s3 rb s3://{code} --force"


def _is_there(dynamodb: Any, table: str) -> bool:
    try:
        dynamodb.describe_table(TableName=table)
    except dynamodb.exceptions.ResourceNotFoundException:
        return False
    return True


def _holds_contacts(dynamodb: Any, table: str) -> bool:
    pages = dynamodb.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="sk = :contact",
        ExpressionAttributeValues={":contact": {"S": CONTACT}},
        ProjectionExpression="pk",
    )
    return any(page["Items"] for page in pages)


def _empty(s3: Any, bucket: str | None) -> None:
    """Leaves alone what is not there any more."""
    if bucket not in {each["Name"] for each in s3.list_buckets()["Buckets"]}:
        return
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for each in page.get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=each["Key"])


def main(name: str) -> None:
    stage = read(name)
    left = destroy(stage, clients_of(stage), lambda: said_yes(f"Take {stage.stack} away?"))
    print(f"{stage.stack} is gone. What is left:", *left, sep="\n  ")


if __name__ == "__main__":
    said(main)
