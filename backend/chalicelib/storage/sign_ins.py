"""Links and sessions of staff. DynamoDB removes them some time after they expire, so whoever reads one looks itself."""

from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.desk import Deed, DeskSession, SignInLink
from chalicelib.domain.letter import Letter
from chalicelib.storage import places
from chalicelib.storage.audit import DynamoAudit
from chalicelib.storage.dynamo import Table
from chalicelib.storage.letter_items import promising
from chalicelib.storage.values import Values

_LINK, _SESSION = "LINK", "SESSION"


class DynamoSignIns:
    """`desk_ports.SignIns` in a table of DynamoDB."""

    def __init__(self, client: Any, table: str, audit: DynamoAudit) -> None:
        self._table = Table(client, table)
        self._audit = audit

    def ask(self, link: SignInLink, letter: Letter) -> None:
        self._table.transact([self._table.adding(of_link(link)), *promising(self._table, [letter])])

    def link(self, nonce: str) -> SignInLink | None:
        found = self._table.get(places.of_sign_in(nonce, _LINK))
        return _to_link(found) if found else None

    def enter(self, link: SignInLink, session: DeskSession, deed: Deed) -> None:
        place, unused = places.of_sign_in(link.nonce, _LINK), "attribute_exists(#pk) AND #used = :no"
        self._table.transact(
            [
                self._table.updating(place, {"yes": True, "no": False}, "SET #used = :yes", unused),
                self._table.adding(of_session(session)),
                self._audit.noting(deed),
            ]
        )

    def session(self, mark: str) -> DeskSession | None:
        found = self._table.get(places.of_sign_in(mark, _SESSION))
        return DeskSession(mark, found["user"], _moment(found), found["ended"]) if found else None

    def end(self, mark: str, deed: Deed) -> None:
        place, open_still = places.of_sign_in(mark, _SESSION), "attribute_exists(#pk) AND #ended = :no"
        self._table.transact(
            [
                self._table.updating(place, {"yes": True, "no": False}, "SET #ended = :yes", open_still),
                self._audit.noting(deed),
            ]
        )


def of_link(link: SignInLink) -> Values:
    return {
        **places.of_sign_in(link.nonce, _LINK),
        "user": link.user,
        "language": link.language,
        "back_to": link.back_to,
        "used": link.used,
        "expires": int(link.expires_at.timestamp()),
    }


def of_session(session: DeskSession) -> Values:
    return {
        **places.of_sign_in(session.mark, _SESSION),
        "user": session.user,
        "ended": session.ended,
        "expires": int(session.expires_at.timestamp()),
    }


def _to_link(values: Values) -> SignInLink:
    nonce = values["pk"].partition("#")[2]
    return SignInLink(nonce, values["user"], values["language"], values["back_to"], _moment(values), values["used"])


def _moment(values: Values) -> datetime:
    return datetime.fromtimestamp(values["expires"], UTC)
