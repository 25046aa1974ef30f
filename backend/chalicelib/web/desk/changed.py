"""What is different from what a form of the desk was made from."""

from collections.abc import Iterator

from chalicelib.domain.booking import BookingState, ContactFile
from chalicelib.domain.days import Attended
from chalicelib.domain.session import SESSION_ID
from chalicelib.usecases.move_booking import appointment_mark
from chalicelib.web.desk.visit import Visit
from chalicelib.words.catalogues import N_, words
from chalicelib.words.desk import STATES
from chalicelib.words.formats import write_day, write_meeting, write_month
from chalicelib.words.own_data import LABELS

# What a form of the page was made from, in the order of `contact_mark`.
_MARKED = (
    LABELS["attended"],
    LABELS["signed_on"],
    LABELS["first_measure_on"],
    # NOTE: heading on a page of the desk, and label before a number of vouchers
    N_("Vouchers"),
    # NOTE: label before the number of language courses, in a list of what has changed
    N_("Courses"),
    # NOTE: label before the number of language courses that were completed, in a list of what has changed
    N_("Completed courses"),
    # NOTE: heading on a page of the desk, and label before a number of certificates
    N_("Certificates"),
)


def contact_mark(file: ContactFile) -> str:
    """How things stand, in a form that a page can carry; the version of the contact comes first."""
    history, courses = file.contact.history, [each.course for each in file.vouchers if each.course]
    values = (
        file.contact.version,
        history.attended,
        history.signed_on,
        history.first_measure_on,
        len(file.vouchers),
        len(courses),
        sum(course.completed_on is not None for course in courses),
        len(file.certificates),
    )
    return ".".join("" if value is None else str(value) for value in values)


def contact_changes(seen: str, file: ContactFile, language: str) -> tuple[str, ...]:
    """What is different from a `contact_mark`, one line each."""
    gettext = words(language).gettext
    before, now = seen.split(".")[1:], contact_mark(file).split(".")[1:]
    said = [
        f"{gettext(label)} – " + gettext("now “%(new)s”, before “%(stored)s”") % _both(new, old, language)
        for label, old, new in zip(_MARKED, before, now, strict=False)
        if old != new
    ]
    # NOTE: on a page of the desk, in a list of what has changed: other data than those of the contract
    return tuple(said) or (gettext("Other data of this person."),)


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


def _both(new: str, old: str, language: str) -> dict[str, str]:
    return {"new": day_or_month(new, language), "stored": day_or_month(old, language)}


def day_or_month(value: str, language: str) -> str:
    """What a mark says, in words: a day, a month, a number, or nothing."""
    if "-" not in value:
        return value if value.isdecimal() else "–"
    try:
        attended = Attended.read(value)
        return (write_day if attended.day else write_month)(attended.first, language)
    except ValueError:
        return "?"
