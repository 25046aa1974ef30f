"""The receipt: a page that anyone with its signed address may read for one day, without personal data in either."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.web.answer import Answer
from chalicelib.web.pages import Pages, render
from chalicelib.web.problems import NotFoundError
from chalicelib.words.catalogues import words

if TYPE_CHECKING:
    from itsdangerous import URLSafeSerializer

READABLE = timedelta(days=1)


@dataclass(frozen=True)
class Receipt:
    """What the receipt says; days are days in Luxembourg."""

    reference: str
    by_phone: bool
    answer_by: date
    delete_on: date


@dataclass(frozen=True)
class Receipts:
    """Signs and shows receipts with the link keys, newest first."""

    keys: Sequence[bytes]

    def address(self, receipt: Receipt, language: str, now: datetime) -> str:
        """Where the receipt can be read for at least a day from the aware `now`: the same address all day (in UTC)."""
        until = now.astimezone(UTC).date() + READABLE
        return _address(self._signer().dumps([str(until), *map(str, asdict(receipt).values())]), language)

    def show(self, token: str, language: str, pages: Pages, now: datetime) -> Answer:
        """The page of a receipt. Raises NotFoundError when the address is not ours or its day is over."""
        receipt = self._read(token, now)
        content = render("receipt.html", language, receipt=receipt, demonstration=pages.mode == "demonstration")
        # NOTE: title of the receipt
        title = words(language).gettext("We have received your request")
        return Answer(200, pages.page(language, title, content, lambda other: _address(token, other)))

    def _read(self, token: str, now: datetime) -> Receipt:
        from itsdangerous import BadData  # noqa: PLC0415 - as in _signer

        try:
            until, reference, by_phone, answer_by, delete_on = self._signer().loads(token)
        except BadData as forged:
            raise NotFoundError from forged
        if date.fromisoformat(until) < now.astimezone(UTC).date():
            raise NotFoundError
        return Receipt(reference, by_phone == "True", date.fromisoformat(answer_by), date.fromisoformat(delete_on))

    def _signer(self) -> "URLSafeSerializer":
        from hashlib import sha256  # noqa: PLC0415

        from itsdangerous import URLSafeSerializer  # noqa: PLC0415 - only posts and receipts need it

        return URLSafeSerializer(list(reversed(self.keys)), salt="receipt", signer_kwargs={"digest_method": sha256})


def _address(token: str, language: str) -> str:
    return f"/api/{language}/receipts/{token}"
