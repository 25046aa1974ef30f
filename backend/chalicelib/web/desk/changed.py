"""What is different from what a form of the desk was made from."""

from collections.abc import Iterator

from chalicelib.domain.booking import BookingState, ContactFile
from chalicelib.domain.session import SESSION_ID
from chalicelib.usecases.move_booking import appointment_mark
from chalicelib.web.desk.visit import Visit
from chalicelib.words.catalogues import words
from chalicelib.words.desk import STATES
from chalicelib.words.formats import write_meeting


def appointment_changes(seen: str, file: ContactFile, visit: Visit) -> tuple[str, ...]:
    """One line each; `seen` is an `appointment_mark`, or whatever else was posted."""
    gettext = words(visit.language).gettext
    lines = tuple(_lines(seen.split("."), appointment_mark(file).split("."), visit))
    # NOTE: on a page of the desk, in a list of what has changed: other data than state and date
    return lines or (gettext("The data of the person, or who sees to the request."),)


def _lines(before: list[str], now: list[str], visit: Visit) -> Iterator[str]:
    if len(before) != len(now):
        return
    gettext = words(visit.language).gettext
    for label, write, was, is_now in (
        (gettext("State:"), _state, before[2:3], now[2:3]),
        # NOTE: on a page of the desk, before the day and hours of an appointment; keep the colon
        (gettext("Date:"), _date, before[3:4], now[3:4]),
    ):
        if was != is_now:
            said = gettext("now “%(new)s”, before “%(stored)s”")
            yield f"{label} {said % {'new': write(is_now[0], visit), 'stored': write(was[0], visit)}}"


def _state(value: str, visit: Visit) -> str:
    gettext = words(visit.language).gettext
    return gettext(STATES[value]) if value in {each.value for each in BookingState} else "?"


def _date(slot: str, visit: Visit) -> str:
    session = visit.office.office.sessions.read(slot) if SESSION_ID.fullmatch(slot) else None
    # NOTE: on a page of the desk, after "Date:": an appointment has no date
    return write_meeting(session.meetings[0], visit.language) if session else words(visit.language).gettext("no date")
