"""The file of a place with a date for a calendar program, the same as in the letters."""

from chalicelib.domain.news import Matter
from chalicelib.letters.calendar import Calendars
from chalicelib.programme import facts
from chalicelib.web.answer import Answer
from chalicelib.web.own_bookings import own_bookings
from chalicelib.web.problems import NotFoundError
from chalicelib.web.visit import Visit


def send_calendar(visit: Visit, session_id: str, site_url: str) -> Answer:
    """All meetings in one file. Raises NotFoundError where the visitor has no place with a date."""
    own = next((each for each in own_bookings(visit) if each.session and each.session.id == session_id), None)
    if own is None or own.session is None or not own.is_set:
        raise NotFoundError
    calendars = Calendars(facts.load(), site_url, visit.pages.mode)
    matter = Matter(visit.file, own.session)
    return Answer(
        200,
        calendars.of_booking(matter, own.session, own.booking, visit.now),
        {
            "Content-Type": "text/calendar; charset=utf-8; method=PUBLISH",
            "Content-Disposition": f'attachment; filename="CAI-{own.booking.reference}.ics"',
        },
    )
