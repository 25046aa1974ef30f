"""The receipt: a page that anyone with its signed address may read for one day, without personal data in either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from chalicelib.domain.seats import CONFIRMATION, REMINDER
from chalicelib.domain.session import PLACED_UNTIL, Meeting, SessionKind
from chalicelib.web.answer import Answer
from chalicelib.web.pages import Pages, render
from chalicelib.web.problems import NotFoundError
from chalicelib.words.catalogues import N_, words
from chalicelib.words.choices import SESSIONS

if TYPE_CHECKING:
    from itsdangerous import URLSafeSerializer

READABLE = timedelta(days=1)


@dataclass(frozen=True)
class AppointmentReceipt:
    """What the receipt of an appointment form says; days are days in Luxembourg.

    `meetings` is the date that the form chose, as it was then; none where it chose none.
    """

    reference: str
    by_phone: bool
    delete_on: date
    answer_by: date
    meetings: tuple[Meeting, ...] = ()

    kind = "appointment"
    template = "appointment_receipt.html"
    reminder_days = REMINDER.days

    @property
    def title(self) -> str:
        # NOTE: title of the receipt
        return N_("We have received your request")

    def written(self) -> list[Any]:
        days = [str(self.delete_on), str(self.answer_by)]
        return [self.reference, self.by_phone, *days, _written(self.meetings)]

    @classmethod
    def read(
        cls, reference: str, by_phone: bool, delete_on: str, answer_by: str, meetings: Sequence[Sequence[str]] = ()
    ) -> Self:
        days = date.fromisoformat(delete_on), date.fromisoformat(answer_by)
        return cls(reference, by_phone, *days, _read(meetings))


@dataclass(frozen=True)
class PlaceReceipt:
    """What the receipt of a sign-up says: the session as it was then, and whether there was a seat or the line.

    `position` in the line counts from 1, and is 0 where there was a seat; `received_at` is when the form came at first.
    """

    reference: str
    by_phone: bool
    delete_on: date
    about: SessionKind
    meetings: tuple[Meeting, ...]
    position: int
    received_at: datetime

    kind = "place"
    template = "place_receipt.html"
    hours = int(PLACED_UNTIL.total_seconds() // 3600)

    @property
    def what(self) -> str:
        return SESSIONS[self.about.value]

    @property
    def reminder_days(self) -> int | None:
        """How many days before the session we remind of it; None where that time was over when the form came."""
        return self._days_before(REMINDER)

    @property
    def confirmation_days(self) -> int | None:
        """Likewise for the confirmation of a course."""
        return self._days_before(CONFIRMATION) if self.about is SessionKind.CITIZENSHIP else None

    def _days_before(self, period: timedelta) -> int | None:
        return period.days if self.received_at < self.meetings[0].start - period else None

    @property
    def title(self) -> str:
        if self.position:
            # NOTE: title of the receipt of somebody who waits for a place in a session
            return N_("You are on the waiting list")
        # NOTE: title of the receipt of somebody who has a place in a session
        return N_("Your place is reserved")

    def written(self) -> list[Any]:
        place = [self.about.value, _written(self.meetings), self.position, self.received_at.isoformat()]
        return [self.reference, self.by_phone, str(self.delete_on), *place]

    @classmethod
    def read(cls, reference: str, by_phone: bool, delete_on: str, about: str, *met: Any) -> Self:
        meetings, position, came = met
        day, when = date.fromisoformat(delete_on), datetime.fromisoformat(came)
        return cls(reference, by_phone, day, SessionKind(about), _read(meetings), position, when)


def _written(meetings: Sequence[Meeting]) -> list[list[str]]:
    return [[each.start.isoformat(), each.end.isoformat(), each.place] for each in meetings]


def _read(meetings: Sequence[Sequence[str]]) -> tuple[Meeting, ...]:
    moment = datetime.fromisoformat
    return tuple(Meeting(moment(start), moment(end), place) for start, end, place in meetings)


Receipt = AppointmentReceipt | PlaceReceipt
_KINDS: dict[str, type[Receipt]] = {each.kind: each for each in (AppointmentReceipt, PlaceReceipt)}


@dataclass(frozen=True)
class Receipts:
    """Signs and shows receipts with the link keys, newest first."""

    keys: Sequence[bytes]

    def address(self, receipt: Receipt, language: str, now: datetime) -> str:
        """Where the receipt can be read for at least a day from the aware `now`: the same address all day (in UTC)."""
        until = now.astimezone(UTC).date() + READABLE
        return _address(self._signer().dumps([str(until), receipt.kind, *receipt.written()]), language)

    def show(self, token: str, language: str, pages: Pages, now: datetime) -> Answer:
        """The page of a receipt. Raises NotFoundError when the address is not ours or its day is over."""
        receipt = self._read(token, now)
        content = render(receipt.template, language, receipt=receipt, mode=pages.mode)
        title = words(language).gettext(receipt.title)
        return Answer(200, pages.page(language, title, content, lambda other: _address(token, other)))

    def _read(self, token: str, now: datetime) -> Receipt:
        from itsdangerous import BadData  # noqa: PLC0415 - as in _signer

        try:
            until, kind, *written = self._signer().loads(token)
        except BadData as forged:
            raise NotFoundError from forged
        if date.fromisoformat(until) < now.astimezone(UTC).date():
            raise NotFoundError
        return _KINDS[kind].read(*written)

    def _signer(self) -> "URLSafeSerializer":
        from itsdangerous import URLSafeSerializer  # noqa: PLC0415 - only posts and receipts need it

        return URLSafeSerializer(list(reversed(self.keys)), salt="receipt", signer_kwargs={"digest_method": sha256})


def _address(token: str, language: str) -> str:
    return f"/api/{language}/receipts/{token}"
