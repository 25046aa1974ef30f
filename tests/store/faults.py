"""What no local engine does of itself: AWS that throttles, meets itself, breaks or falls silent."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ConnectionClosedError, ConnectTimeoutError, ReadTimeoutError
from botocore.httpsession import URLLib3Session

Fault = Callable[[AWSPreparedRequest], AWSResponse]


def answered(code: str, status: int = 400, **more: Any) -> Fault:
    """AWS refuses, and nothing has happened."""
    body = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "no", **more}).encode()
    return lambda request: AWSResponse(request.url, status, {"x-amzn-requestid": "made up"}, _Raw(body))


def cancelled(*reasons: str) -> Fault:
    """A transaction is cancelled, for one reason an action."""
    codes = [{"Code": reason} for reason in reasons]
    return answered("TransactionCanceledException", CancellationReasons=codes)


def unreachable(request: AWSPreparedRequest) -> AWSResponse:
    raise ConnectTimeoutError(endpoint_url=request.url)


def cut_off(request: AWSPreparedRequest) -> AWSResponse:
    raise ConnectionClosedError(endpoint_url=request.url)


def silent_after_doing_it(request: AWSPreparedRequest) -> AWSResponse:
    URLLib3Session().send(request)
    raise ReadTimeoutError(endpoint_url=request.url)


# The reference, the contact, its booking, two marks and two letters.
UNTOUCHED = ["None"] * 6

REFUSALS = {
    "throttled": answered("ThrottlingException"),
    "over the table's throughput": answered("ProvisionedThroughputExceededException"),
    "over the account's limit": answered("RequestLimitExceeded"),
    "broken": answered("InternalServerError", status=500),
    "out of service": answered("ServiceUnavailable", status=503),
    "met by another transaction": cancelled("TransactionConflict", *UNTOUCHED),
    "throttled inside the transaction": cancelled(*UNTOUCHED, "ThrottlingError"),
    "under way already": answered("TransactionInProgressException"),
    "unreachable": unreachable,
    "cut off": cut_off,
}

FAULTS = REFUSALS | {"silent after doing it": silent_after_doing_it}


@contextmanager
def injected(client: Any, operation: str, fault: Fault) -> Iterator[None]:
    """Lets the next request of one kind meet a fault instead of the engine."""
    faults = [fault]

    def send(request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        return faults.pop()(request) if faults else None

    event = f"before-send.dynamodb.{operation}"
    client.meta.events.register(event, send)
    try:
        yield
    finally:
        client.meta.events.unregister(event, send)
    assert not faults, f"no {operation} was asked for"


class _Raw(BytesIO):
    def stream(self) -> Any:
        yield self.read()
