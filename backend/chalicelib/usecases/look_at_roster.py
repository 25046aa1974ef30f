"""Looks at who has a seat in a session, who waits in which order, and who is invited without an answer or declined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chalicelib.domain.booking import Booking, BookingState, Contact
from chalicelib.domain.session import Place, SessionKind
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.session_ports import Gathering


@dataclass(frozen=True)
class Guest:
    """Somebody on a roster, or invited; `contact` is None where it cannot be read."""

    reference: str
    contact: Contact | None
    booking: Booking
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """Who has a seat, by name; who waits, by turn; who is invited and has not answered, or has declined, oldest first.

    Somebody whose data are being deleted is nowhere.
    """

    seated: tuple[Guest, ...]
    line: tuple[Guest, ...]
    unanswered: tuple[Guest, ...]
    declined: tuple[Guest, ...]


def look_at_roster(gathering: Gathering, desk: BackOffice) -> Roster:
    """As it is now, in a call for each fifty people, and one for the invited. Raises StoreBusyError."""
    session, seats = gathering.session, {seat.contact_id: seat for seat in gathering.seats}
    invited = list(desk.office.sessions.invited(session.id)) if session.kind is SessionKind.ORIENTATION else []
    wanted = [*seats, *(each.contact_id for each in invited)]
    read = desk.office.contacts.read_together(wanted, [(each, session.about) for each in wanted])

    def guests(contact_ids: Iterable[str]) -> tuple[Guest, ...]:
        there = [each for each in contact_ids if each in read.people and (each, session.about) in read.bookings]
        booked = [(each, read.booking(each, session.about)) for each in there]
        return tuple(
            Guest(booking.reference, read.people[each], booking, seats[each].needs if each in seats else ())
            for each, booking in booked
        )

    sitting = guests(each.contact_id for each in seats.values() if each.place is Place.SEAT)
    unanswered, declined = (
        guests(each.contact_id for each in invited if each.state is state and each.contact_id not in seats)
        for state in (BookingState.INVITED, BookingState.DECLINED)
    )
    return Roster(tuple(_by_name(sitting)), guests(session.waiting), unanswered, declined)


def _by_name(guests: Iterable[Guest]) -> Sequence[Guest]:
    return sorted(guests, key=lambda each: (*_name(each), each.reference))


def _name(guest: Guest) -> tuple[str, str]:
    person = guest.contact.person if guest.contact else None
    return (person.surname.casefold(), person.first_name.casefold()) if person else ("", "")
