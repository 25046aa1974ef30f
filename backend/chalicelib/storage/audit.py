"""What staff did, line by line: written once, never changed, forgotten after a year."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from secrets import token_hex
from typing import Any

from chalicelib.domain.desk import Act, Deed
from chalicelib.storage import places
from chalicelib.storage.dynamo import Table
from chalicelib.storage.values import Item, Values, write_moment


class DynamoAudit:
    """`desk_ports.Audit` in a table of DynamoDB; a line is `kept` so long, and TTL removes it some time after."""

    def __init__(self, client: Any, table: str, kept: timedelta) -> None:
        self._table = Table(client, table)
        self._kept = kept

    def note(self, deed: Deed) -> None:
        self._table.add(of_deed(deed, self._kept))

    def newest(self, month: str, most: int, now: datetime) -> Sequence[Deed]:
        # With ~ behind every id of that moment.
        values = {"pk": places.audit_of(month), "oldest": f"{write_moment(now - self._kept)}~"}
        settings = {"ScanIndexForward": False, "Limit": most}
        found = self._table.query("#pk = :pk AND #sk > :oldest", values, **settings)
        return tuple(map(_to_deed, islice(found, most)))

    def noting(self, deed: Deed) -> Item:
        """The action that adds a line within a larger transaction."""
        return self._table.adding(of_deed(deed, self._kept))


def of_deed(deed: Deed, kept: timedelta) -> Values:
    return {
        "pk": places.audit_of(f"{deed.at.astimezone(UTC):%Y-%m}"),
        "sk": f"{write_moment(deed.at)}#{token_hex(4)}",
        "who": deed.who,
        "what": deed.what.value,
        "reference": deed.reference,
        "expires": int((deed.at + kept).timestamp()),
    }


def _to_deed(values: Values) -> Deed:
    at = datetime.fromisoformat(values["sk"].partition("#")[0])
    return Deed(at, values["who"], Act(values["what"]), values["reference"])
