"""Counts of requests under keyed marks, in which nothing leads back to a person or an address."""

import hmac
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from chalicelib.domain.errors import TakenError, TooManyRequestsError
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.values import Item, Values
from chalicelib.usecases.session_ports import Count

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ANY = 1_000_000


class DynamoLimits:
    """`ports.Limits` in a table of DynamoDB; `key` is the newest of the purpose `limits`."""

    def __init__(self, client: Any, table: str, key: bytes) -> None:
        self._table = Table(client, table)
        self._key = key

    def admit(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> None:
        count = self.count(mark, request, most, window, now)
        try:
            self._table.update(*_change(count))
        except TakenError:
            raise TooManyRequestsError(count.retry_after) from None

    def as_a_letter(self, mark: str, request: str, window: timedelta, now: datetime) -> None:
        nobody = self._table.checking(places.of_contact("nobody"), "attribute_not_exists(#pk)")
        self._table.transact([nobody, counting(self._table, self.count(mark, request, _ANY, window, now))])

    def count(self, mark: str, request: str, most: int, window: timedelta, now: datetime) -> Count:
        asked_at = now.astimezone(UTC)
        start = asked_at - (asked_at - _EPOCH) % window
        end = start + window
        keyed, sign = (self._mark_of_the_day(each, start.date()) for each in (mark, request))
        return Count(keyed, sign[:16], most, start, end - asked_at, end)

    def _mark_of_the_day(self, mark: str, day: date) -> str:
        day_key = hmac.digest(self._key, f"day\0{day.isoformat()}".encode(), sha256)
        return hmac.digest(day_key, mark.encode(), sha256).hex()


def counting(table: Table, count: Count) -> Item:
    """The action that counts a request; refused when there were too many."""
    return table.updating(*_change(count))


def _change(count: Count) -> tuple[places.Key, Values, str, str]:
    # DynamoDB removes the item some time after it expires; a late one does no harm, since each window has its own.
    values = {
        "sign": count.request,
        "requests": frozenset({count.request}),
        "most": count.most,
        "expires": int(count.expires.timestamp()),
    }
    return (
        places.of_limit(count.mark, count.start.isoformat()),
        values,
        "SET #expires = :expires ADD #requests :requests",
        "attribute_not_exists(#requests) OR contains(#requests, :sign) OR size(#requests) < :most",
    )
