"""A client of DynamoDB that counts its calls, and lets one of them go wrong: so no boundary is left out by hand."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError, ReadTimeoutError

BATCHES = {"batch_write_item"}
WRITES = {"put_item", "update_item", "delete_item", "transact_write_items", *BATCHES}
CALLS = {"get_item", "batch_get_item", "query", "scan", *WRITES}

Call = Callable[..., Any]
Fault = Callable[[str, Call, dict[str, Any]], Any]


class DiedError(BaseException):
    """The process is gone: nothing of it may catch this."""


class Counting:
    """Passes every call on, but for the one at number `at`, which meets the fault; pages hold `page` items."""

    def __init__(self, client: Any, at: int, fault: Fault, page: int) -> None:
        self._client, self._at, self._fault, self._page = client, at, fault, page
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._client, name)
        return (lambda **given: self._called(name, call, given)) if name in CALLS else call

    def _called(self, name: str, call: Call, given: dict[str, Any]) -> Any:
        self.calls.append(name)
        if name == "query":
            given = {"Limit": self._page, **given}
        return self._fault(name, call, given) if len(self.calls) == self._at else call(**given)


def dies_before(name: str, call: Call, given: dict[str, Any]) -> Any:
    raise DiedError


def dies_after(name: str, call: Call, given: dict[str, Any]) -> Any:
    call(**given)
    raise DiedError


def throttled(name: str, call: Call, given: dict[str, Any]) -> Any:
    raise ClientError({"Error": {"Code": "ThrottlingException"}}, name)


def in_conflict(name: str, call: Call, given: dict[str, Any]) -> Any:
    reasons = [{"Code": "None"}, {"Code": "TransactionConflict"}]
    if name == "transact_write_items":
        raise ClientError({"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}, name)
    raise ClientError({"Error": {"Code": "TransactionConflictException"}}, name)


def silent_after_doing_it(name: str, call: Call, given: dict[str, Any]) -> Any:
    call(**given)
    raise ReadTimeoutError(endpoint_url="made up")


def half_done(name: str, call: Call, given: dict[str, Any]) -> Any:
    """A batch is done for one item, and the others are handed back."""
    ((table, requests),) = given["RequestItems"].items()
    call(RequestItems={table: requests[:1]})
    return {"UnprocessedItems": {table: requests[1:]}}


# Each with the calls that can meet it: a read leaves nothing behind, and only writes meet each other.
FAULTS = {
    "dies before": (dies_before, CALLS),
    "dies after": (dies_after, WRITES),
    "throttled": (throttled, CALLS),
    "in conflict": (in_conflict, WRITES),
    "silent after doing it": (silent_after_doing_it, WRITES),
    "half done": (half_done, BATCHES),
}
