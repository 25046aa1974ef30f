"""`make destroy`: takes a stage away that holds nobody's data."""

from collections.abc import Callable
from typing import Any

from chalicelib.storage.places import CONTACT
from infra.account import Clients, account_id
from infra.changes import PATIENCE, outputs
from infra.deploy import clients_of, said_yes
from infra.stage import RefusedError, Stage, read, said


def destroy(stage: Stage, clients: Clients, agrees: Callable[[], bool]) -> list[str]:
    """Removes stack and table, and says what is left. Raises RefusedError while a contact is in the table."""
    account_id(clients)
    cloudformation, dynamodb = clients("cloudformation"), clients("dynamodb")
    made = outputs(cloudformation, stage.stack)
    if made is None:
        raise RefusedError(f"There is no stack {stage.stack} in {stage.region}.")
    if _holds_contacts(dynamodb, made["TableName"]):
        raise RefusedError(
            f"The table of {stage.name} holds contacts, who were promised to hear from us: nothing was changed.",
            "operations/end-of-programme.md says how to come to an end.",
        )
    if not agrees():
        raise RefusedError("Nothing was changed.")
    _empty(clients("s3"), made["SiteBucket"])
    cloudformation.delete_stack(StackName=stage.stack)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stage.stack, WaiterConfig=PATIENCE)
    dynamodb.update_table(TableName=made["TableName"], DeletionProtectionEnabled=False)
    dynamodb.delete_table(TableName=made["TableName"])
    return [
        f"the bucket {made['LedgerBucket']} with the ids of erased contacts, which forgets them by itself",
        f"the keys in the SSM parameter {stage.keys}, and the two KMS keys of {stage.stack}",
    ]


def _holds_contacts(dynamodb: Any, table: str) -> bool:
    pages = dynamodb.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="sk = :contact",
        ExpressionAttributeValues={":contact": {"S": CONTACT}},
        ProjectionExpression="pk",
    )
    return any(page["Items"] for page in pages)


def _empty(s3: Any, bucket: str) -> None:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for each in page.get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=each["Key"])


def main(name: str) -> None:
    stage = read(name)
    left = destroy(stage, clients_of(stage), lambda: said_yes(f"Take {stage.stack} away?"))
    print(f"{stage.stack} is gone. What is left:", *left, sep="\n  ")


if __name__ == "__main__":
    said(main)
