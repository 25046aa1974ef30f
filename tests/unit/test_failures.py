"""Each error of AWS has one meaning for the service, and none quotes what somebody wrote."""

import traceback

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)

from chalicelib.domain.errors import ConfigurationError, ReferenceTakenError, StoreBusyError, TakenError
from chalicelib.storage.failures import failures

SECRET = "zoe@example.lu"
URL = {"endpoint_url": "https://dynamodb.example"}


def refused(code, status=400):
    details = {"Error": {"Code": code, "Message": SECRET}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(details, "PutItem")


def cancelled(*reasons):
    coded = [{"Code": reason, "Message": SECRET, "Item": {"email": {"S": SECRET}}} for reason in reasons]
    details = {"Error": {"Code": "TransactionCanceledException", "Message": SECRET}, "CancellationReasons": coded}
    return ClientError(details, "TransactWriteItems")


MEANINGS = [
    (cancelled("ConditionalCheckFailed", "None", "None"), ReferenceTakenError),
    (cancelled("None", "ConditionalCheckFailed", "None"), TakenError),
    (cancelled("ConditionalCheckFailed", "None", "ConditionalCheckFailed"), TakenError),
    (cancelled("None", "ConditionalCheckFailed", "TransactionConflict"), TakenError),
    (cancelled("None", "TransactionConflict"), StoreBusyError),
    (cancelled("ThrottlingError", "None"), StoreBusyError),
    (cancelled("ProvisionedThroughputExceeded", "None"), StoreBusyError),
    (cancelled("None", "ValidationError"), ConfigurationError),
    (refused("TransactionCanceledException"), ConfigurationError),
    (refused("TransactionConflictException"), StoreBusyError),
    (refused("TransactionInProgressException"), StoreBusyError),
    (refused("ThrottlingException"), StoreBusyError),
    (refused("ProvisionedThroughputExceededException"), StoreBusyError),
    (refused("RequestLimitExceeded"), StoreBusyError),
    (refused("InternalServerError", 500), StoreBusyError),
    (refused("KMSInternalException", 500), StoreBusyError),
    (refused("no code at all", 503), StoreBusyError),
    (ConnectTimeoutError(**URL), StoreBusyError),
    (ReadTimeoutError(**URL), StoreBusyError),
    (ConnectionClosedError(**URL), StoreBusyError),
    (EndpointConnectionError(**URL), StoreBusyError),
    (HTTPClientError(error=SECRET), StoreBusyError),
    (IncompleteReadError(actual_bytes=1, expected_bytes=2), StoreBusyError),
    (refused("AccessDeniedException"), ConfigurationError),
    (refused("ResourceNotFoundException"), ConfigurationError),
    (refused("ValidationException"), ConfigurationError),
    (refused("UnrecognizedClientException"), ConfigurationError),
    (NoCredentialsError(), ConfigurationError),
    (ParamValidationError(report=SECRET), ConfigurationError),
]


@pytest.mark.parametrize(("error", "meaning"), MEANINGS, ids=lambda each: getattr(each, "__name__", str(each)[:60]))
def test_an_error_of_aws_has_one_meaning(error, meaning):
    with pytest.raises(meaning) as raised, failures("table cai", reference_at=0):
        raise error

    assert type(raised.value) is meaning
    assert str(raised.value).startswith("table cai: ")


@pytest.mark.parametrize("error", [error for error, _ in MEANINGS], ids=lambda error: type(error).__name__)
def test_no_error_quotes_what_somebody_wrote(error):
    with pytest.raises((TakenError, StoreBusyError, ConfigurationError)) as raised, failures("table cai"):
        raise error

    assert SECRET not in "".join(traceback.format_exception(raised.value))


def test_an_operator_reads_which_setting_and_which_code():
    with pytest.raises(ConfigurationError, match="table cai: AccessDeniedException"), failures("table cai"):
        raise refused("AccessDeniedException")


@pytest.mark.parametrize("error", [cancelled("ConditionalCheckFailed"), refused("ConditionalCheckFailedException")])
def test_a_write_without_a_reference_never_says_that_it_was_taken(error):
    with pytest.raises(TakenError) as raised, failures("table cai"):
        raise error

    assert type(raised.value) is TakenError
