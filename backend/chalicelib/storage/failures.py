"""Turns what AWS calls an error into what the service calls one, and says thereby whether a retry helps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError
from botocore.exceptions import ConnectionError as NoConnectionError

from chalicelib.domain.errors import ConfigurationError, ReferenceTakenError, StoreBusyError, TakenError

_REFUSED = {"ConditionalCheckFailed", "ConditionalCheckFailedException"}

# Those that do not show it by a status of 500 or more.
_BUSY = {
    "ProvisionedThroughputExceeded",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestTimeout",
    "ThrottlingError",
    "ThrottlingException",
    "TransactionConflict",
    "TransactionConflictException",
    "TransactionInProgressException",
}


@contextmanager
def failures(place: str, reference_at: int | None = None) -> Iterator[None]:
    """Raises our errors for those of AWS; `place` names the setting to look at, `reference_at` the action of a
    transaction that claims a reference.

    Raises TakenError (or ReferenceTakenError when nothing but the reference was taken), StoreBusyError, and
    ConfigurationError for what only an operator can mend.
    """
    # None of them is chained: AWS and botocore quote keys and values, and those may be personal.
    try:
        yield
    except ClientError as error:
        raise _ours(place, error.response, reference_at) from None
    except (HTTPClientError, NoConnectionError, IncompleteReadError) as error:
        raise StoreBusyError(f"{place}: {type(error).__name__}") from None
    except BotoCoreError as error:
        raise ConfigurationError(f"{place}: {type(error).__name__}") from None


def _ours(place: str, response: Any, reference_at: int | None) -> Exception:
    codes = _codes(response)
    refused = [position for position, code in enumerate(codes) if code in _REFUSED]
    if refused:
        error = ReferenceTakenError if refused == [reference_at] else TakenError
        return error(f"{place}: {', '.join(codes)}", refused)
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
    busy = status >= 500 or not _BUSY.isdisjoint(codes)
    return (StoreBusyError if busy else ConfigurationError)(f"{place}: {', '.join(codes)}")


def _codes(response: Any) -> list[str]:
    """One for each action of a cancelled transaction ("None" where it was not at fault), else just one."""
    reasons = [reason.get("Code", "None") for reason in response.get("CancellationReasons", ())]
    return reasons or [response.get("Error", {}).get("Code", "no code")]
