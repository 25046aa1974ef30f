"""What staff did in a month, newest first."""

import re
from datetime import UTC, date, timedelta

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.desk import Deed
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.visit import Visit
from chalicelib.web.pages import render
from chalicelib.words.catalogues import words
from chalicelib.words.desk import ACTS
from chalicelib.words.formats import write_day, write_month, write_time

MOST = 500


def show(visit: Visit) -> Answer:
    """The month of the query, or this one."""
    asked = visit.query.get("month", "")
    month = asked if re.fullmatch(ways.MONTH, asked) else f"{visit.now.astimezone(UTC):%Y-%m}"
    first = date.fromisoformat(f"{month}-01")
    content = render(
        "desk/audit.html",
        visit.language,
        deeds=visit.office.audit.newest(month, MOST, visit.now),
        month=write_month(first, visit.language),
        before=f"{first - timedelta(days=1):%Y-%m}",
        address=visit.address(visit.language),
        acts=ACTS,
        path_of=_path_of,
        moment=lambda at: f"{write_day(day_in_luxembourg(at), visit.language)}, {write_time(at, visit.language)}",
    )
    return visit.page(words(visit.language).gettext("What was done"), content)


def _path_of(deed: Deed, language: str) -> str:
    return ways.path_of(ways.of_session(deed.reference) if deed.is_about_session else deed.reference, language)
