"""Calendar files for the meetings of a session: RFC 5545, each time in the zone of Luxembourg."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.days import LUXEMBOURG
from chalicelib.domain.letter import Letter
from chalicelib.domain.news import Matter, place_in
from chalicelib.domain.session import Session
from chalicelib.letters.layout import one_line
from chalicelib.letters.message import CalendarFile
from chalicelib.letters.outline import outline
from chalicelib.letters.rendering import Templates
from chalicelib.programme.facts import Facts

if TYPE_CHECKING:
    from icalendar import Event

# As rules, which every program reads: Outlook knows no list of single changes, which is what libraries make of tzdata.
# A test holds it against tzdata, so that a change of the law is noticed.
_ZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/Luxembourg
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


@dataclass(frozen=True)
class ToldEvent:
    """What an event says in words: neither a name nor a link, since calendars are shared and synchronised."""

    reference: str
    name: str
    languages: str
    number: int
    count: int


@dataclass(frozen=True)
class Calendars:
    """Writes calendar files under one set of facts, for the site at `site_url` in one mode."""

    facts: Facts
    site_url: str
    mode: str

    def of_letter(self, letter: Letter, matter: Matter, session: Session) -> tuple[CalendarFile, ...]:
        """One file a meeting, since Outlook takes two events for a calendar of its own, and CANCEL allows one UID only.

        A letter that tells of a change also ends the meetings that are no more. Source: RFC 5546, 3.2.5.
        """
        booking = place_in(matter.file, session)
        return tuple(self._files(letter, matter, session, booking)) if booking else ()

    def of_booking(self, matter: Matter, session: Session, booking: Booking, now: datetime) -> str:
        """All meetings of a seat in one file, as it is at the aware `now`."""
        return self._written(matter, session, booking, now, range(len(session.meetings)))

    def _files(self, letter: Letter, matter: Matter, session: Session, booking: Booking) -> Iterator[CalendarFile]:
        held = len(session.meetings)
        dropped = len(session.dropped) if "#" in letter.start or _is_off(booking) else 0
        every = replace(session, meetings=(*session.meetings, *session.dropped))
        gone = replace(booking, state=BookingState.CANCELLED)
        for at in range(held + dropped):
            number = f"-{at + 1}" if held + dropped > 1 else ""
            now, had = (booking, session) if at < held else (gone, every)
            content = self._written(matter, had, now, letter.waiting_since, (at,))
            yield CalendarFile(f"CAI-{booking.reference}{number}.ics", _method(now), content)

    def _written(
        self, matter: Matter, session: Session, booking: Booking, stamped: datetime, numbers: Sequence[int]
    ) -> str:
        from icalendar import Calendar, Timezone  # noqa: PLC0415 - slow to import, and most runs never need it

        calendar = Calendar()
        calendar.add("prodid", "-//Forum CAI//Sessions//EN")
        calendar.add("version", "2.0")
        calendar.add("method", _method(booking))
        calendar.add_component(Timezone.from_ical(_ZONE))
        for at in numbers:
            calendar.add_component(self._event(matter, session, booking, stamped, at))
        written: bytes = calendar.to_ical()
        return written.decode()

    def _event(self, matter: Matter, session: Session, booking: Booking, stamped: datetime, at: int) -> "Event":
        from icalendar import Event  # noqa: PLC0415 - as above

        meeting, contact = session.meetings[at], matter.file.contact
        told = outline(session, contact.person.language)
        words = ToldEvent(booking.reference, told.name, told.languages, at + 1, len(told.meetings))
        templates = Templates(contact.person.language, self.facts, self.site_url, self.mode)
        event = Event()
        event.add("uid", f"{_mark(contact.id, session.id, at)}@{urlsplit(self.site_url).hostname}")
        event.add("sequence", _sequence(session, booking))
        event.add("dtstamp", stamped)
        event.add("dtstart", meeting.start.astimezone(LUXEMBOURG))
        event.add("dtend", meeting.end.astimezone(LUXEMBOURG))
        event.add("summary", one_line(templates.render("calendar/summary.txt", words)))
        event.add("location", told.meetings[at].where)
        event.add("description", templates.render("calendar/description.txt", words).strip())
        event.add("organizer", f"mailto:{self.facts.text('contact.email')}")
        event.add("status", "CANCELLED" if _is_off(booking) else "CONFIRMED")
        event.add("class", "PRIVATE")
        return event


def _method(booking: Booking) -> str:
    """PUBLISH and not REQUEST: nobody is to accept or decline by mail, and a file names no guest."""
    return "CANCEL" if _is_off(booking) else "PUBLISH"


def _is_off(booking: Booking) -> bool:
    return booking.state is BookingState.CANCELLED


def _sequence(session: Session, booking: Booking) -> int:
    """Grows with each change of the session, with the end of a booking or meeting, and with a new one in its place."""
    return 2 * session.version + 2 * booking.revision + _is_off(booking)


def _mark(contact_id: str, session_id: str, at: int) -> str:
    """The same in each file about this meeting, and another one for each person: two may share a calendar."""
    return sha256(f"{contact_id}\0{session_id}\0{at}".encode()).hexdigest()[:32]
