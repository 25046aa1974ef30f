"""The numbers of a month, as a page and as a table for a spreadsheet; few people are never counted one by one."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.domain.received import CHANGES
from chalicelib.letters.month import reasons
from chalicelib.usecases.look_at_month import Month, look_at_month
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.visit import Visit
from chalicelib.web.pages import render
from chalicelib.words.catalogues import N_, words
from chalicelib.words.choices import SESSIONS
from chalicelib.words.desk import ACTS
from chalicelib.words.formats import write_month

CSV = {"Content-Type": "text/csv; charset=utf-8"}
FEW = 5
# NOTE: what a form is about, before how many came: a further form of somebody, which says something else than the first
_CHANGES = N_("Changes to an earlier form")
FORMS = (*((kind, SESSIONS[kind]) for kind in ("slot", "information", "citizenship")), (CHANGES, _CHANGES))


@dataclass(frozen=True)
class Group:
    """Numbers under one heading, each with its label."""

    heading: str
    numbers: tuple[tuple[str, str], ...]


def show(visit: Visit, month: str) -> Answer:
    """The month of the address, or this one where that is none; `?as=csv` is the same as a table."""
    first = _first_day(month) or _first_day(ways.month_of(visit.now)) or date.min
    groups = tuple(_groups(look_at_month(f"{first:%Y-%m}", visit.office, visit.now), visit.language))
    if visit.query.get("as") == "csv":
        return _table(groups, f"{first:%Y-%m}")
    content = render(
        "desk/month.html",
        visit.language,
        month=write_month(first, visit.language),
        groups=groups,
        table=f"{visit.address(visit.language)}?as=csv",
        before=ways.path_of(f"months/{first - timedelta(days=1):%Y-%m}", visit.language),
    )
    # NOTE: title of a page of the desk with the numbers of a month
    return visit.page(words(visit.language).gettext("Numbers of the month"), content)


def _first_day(month: str) -> date | None:
    return date.fromisoformat(f"{month}-01") if re.fullmatch(ways.MONTH, month) else None


def _groups(month: Month, language: str) -> Iterator[Group]:
    gettext = words(language).gettext
    # NOTE: heading of numbers on a page of the desk
    received = gettext("Forms received")
    yield Group(received, tuple((gettext(name), _few(month.received.get(what, 0), language)) for what, name in FORMS))
    # NOTE: heading of numbers on a page of the desk
    deleted = gettext("Contacts deleted")
    counts = reasons(month.report.deletions).items()
    yield Group(deleted, tuple((_label(gettext(why)), _few(count, language)) for why, count in counts))
    # NOTE: heading of numbers on a page of the desk: as things are now, whichever month is shown
    now = gettext("Now")
    # NOTE: before the number of contacts that should be deleted and are not; keep the colon
    overdue = _label(gettext("Overdue:"))
    yield Group(now, ((overdue, _few(month.report.overdue, language)),))
    # NOTE: heading of numbers on a page of the desk: how often staff did what
    done = gettext("What staff did")
    yield Group(done, tuple((gettext(ACTS[act]), _few(count, language)) for act, count in month.deeds.items()))


def _few(count: int, language: str) -> str:
    """A small number could tell who it is about; none is about nobody."""
    # NOTE: in place of a small number of people
    return words(language).gettext("fewer than five") if 0 < count < FEW else str(count)


def _label(text: str) -> str:
    return text.rstrip(":\u00a0 ")


def _table(groups: tuple[Group, ...], month: str) -> Answer:
    written = io.StringIO()
    rows = csv.writer(written)
    for group in groups:
        rows.writerows((group.heading, label, number) for label, number in group.numbers)
    named = {"Content-Disposition": f'attachment; filename="CAI-{month}.csv"'}
    return Answer(200, written.getvalue(), {**CSV, **named})
