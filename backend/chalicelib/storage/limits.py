"""Counts of requests under keyed marks, in which nothing leads back to a person or an address."""

import hmac
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from chalicelib.domain.errors import TakenError, TooManyRequestsError
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class DynamoLimits:
    """`ports.Limits` in a table of DynamoDB; `key` is the newest of the purpose `limits`."""

    def __init__(self, client: Any, table: str, key: bytes) -> None:
        self._table = Table(client, table)
        self._key = key

    def admit(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> None:
        asked_at = now.astimezone(UTC)
        start = asked_at - (asked_at - _EPOCH) % window
        end = start + window
        # DynamoDB removes the item some time after it expires; a late one does no harm, since each window has its own.
        sign = self._mark_of_the_day(request, start.date())[:16]
        values = {"sign": sign, "requests": frozenset({sign}), "most": most, "expires": int(end.timestamp())}
        try:
            self._table.update(
                places.of_limit(self._mark_of_the_day(mark, start.date()), start.isoformat()),
                values,
                change="SET #expires = :expires ADD #requests :requests",
                condition="attribute_not_exists(#requests) OR contains(#requests, :sign) OR size(#requests) < :most",
            )
        except TakenError:
            raise TooManyRequestsError(retry_after=end - asked_at) from None

    def _mark_of_the_day(self, mark: str, day: date) -> str:
        day_key = hmac.digest(self._key, f"day\0{day.isoformat()}".encode(), sha256)
        return hmac.digest(day_key, mark.encode(), sha256).hex()
