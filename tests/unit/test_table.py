"""A question to the table is answered from all of its pages."""

import boto3
import pytest
from botocore.stub import Stubber

from chalicelib.domain.errors import StoreBusyError
from chalicelib.storage.dynamo import Table

QUESTION = {
    "TableName": "cai",
    "KeyConditionExpression": "#pk = :pk",
    "ExpressionAttributeNames": {"#pk": "pk"},
    "ExpressionAttributeValues": {":pk": {"S": "CONTACT#one"}},
}


@pytest.fixture(scope="module")
def client():
    return boto3.client("dynamodb", region_name="eu-central-1", aws_access_key_id="test", aws_secret_access_key="test")


@pytest.fixture
def aws(client):
    with Stubber(client) as stubbed:
        yield stubbed


def row(number):
    return {"sk": {"S": f"LETTER#{number}"}}


def test_every_page_is_read(client, aws):
    aws.add_response("query", {"Items": [row(1), row(2)], "LastEvaluatedKey": row(2)}, QUESTION)
    aws.add_response("query", {"Items": [], "LastEvaluatedKey": row(7)}, {**QUESTION, "ExclusiveStartKey": row(2)})
    aws.add_response("query", {"Items": [row(8)]}, {**QUESTION, "ExclusiveStartKey": row(7)})

    found = [item["sk"] for item in Table(client, "cai").query("#pk = :pk", {"pk": "CONTACT#one"})]

    assert found == ["LETTER#1", "LETTER#2", "LETTER#8"]
    aws.assert_no_pending_responses()


def test_a_page_that_does_not_come_is_no_end(client, aws):
    aws.add_response("query", {"Items": [row(1)], "LastEvaluatedKey": row(1)}, QUESTION)
    aws.add_client_error("query", "ThrottlingException")

    with pytest.raises(StoreBusyError):
        list(Table(client, "cai").query("#pk = :pk", {"pk": "CONTACT#one"}))


def deletion(number):
    return {"DeleteRequest": {"Key": {"sk": {"S": f"LETTER#{number}"}}}}


def test_deletions_go_in_chunks_and_those_left_over_are_asked_for_again(client, aws):
    first, second = [deletion(number) for number in range(25)], [deletion(25), deletion(26)]
    aws.add_response("batch_write_item", {"UnprocessedItems": {}}, {"RequestItems": {"cai": first}})
    aws.add_response("batch_write_item", {"UnprocessedItems": {"cai": second[1:]}}, {"RequestItems": {"cai": second}})
    aws.add_client_error("batch_write_item", "ProvisionedThroughputExceededException")
    aws.add_response("batch_write_item", {}, {"RequestItems": {"cai": second[1:]}})

    Table(client, "cai").delete({"sk": f"LETTER#{number}"} for number in range(27))

    aws.assert_no_pending_responses()
