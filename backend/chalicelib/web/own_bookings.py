"""What a person asked for, as the resident's own page shows it: how it stands, and whether our letter reached them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import Letter, LetterKind, LetterState
from chalicelib.domain.link import invitation_token
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.letters.received import answer_day
from chalicelib.programme import facts
from chalicelib.usecases.give_up_place import give_up_place, withdraw_request
from chalicelib.web.answer import Answer
from chalicelib.web.invitations import invitation_path
from chalicelib.web.own_dates import moves_freely
from chalicelib.web.own_letters import Told, told_about
from chalicelib.web.visit import Visit
from chalicelib.words.catalogues import N_
from chalicelib.words.choices import SESSIONS
from chalicelib.words.refusals import REFUSALS


@dataclass(frozen=True)
class OwnBooking:
    """One thing that a person asked for; an appointment has no `session` until its date is set.

    `state` is a sentence; `position` counts from 1 for who waits, 0 for everybody else; `answer_by` is the day by which
    staff answer, once they have the request; `invitation` is where one answers that, while it can be answered.
    """

    booking: Booking
    session: Session | None
    state: str
    position: int
    told: Told | None
    answer_by: date | None
    may_cancel: bool
    is_set: bool
    invitation: str | None
    may_move: bool

    @property
    def what(self) -> str:
        return SESSIONS[(self.session.kind if self.session else SessionKind.SLOT).value]

    @property
    def name(self) -> str:
        """What a button names when it gives this up."""
        return self.session.id if self.session else self.booking.about

    @property
    def is_appointment(self) -> bool:
        return self.booking.about == APPOINTMENT

    @property
    def reason(self) -> str:
        """Why the office gives no appointment, a sentence; empty where it said nothing of the kind."""
        return REFUSALS[self.booking.refused] if self.booking.refused else ""

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        return self.session.meetings if self.session else ()

    @property
    def start(self) -> datetime:
        return self.session.start if self.session else self.booking.requested_at


def own_bookings(visit: Visit) -> tuple[OwnBooking, ...]:
    """Each by its date, also one that is over or was given up. Raises StoreBusyError."""
    letters = tuple(visit.office.contacts.letters(visit.link.contact_id))
    return tuple(sorted(_each(visit, letters), key=lambda own: own.start))


def cancel(visit: Visit) -> Answer:
    """Gives up the place in the `session` that was posted, or the request without a date, while that can be done."""
    about = visit.posted("session")
    own = next((each for each in own_bookings(visit) if each.may_cancel and each.name == about), None)
    if own and own.session:
        give_up_place(visit.link.contact_id, about, visit.office.rosters, visit.now)
    elif own:
        withdraw_request(visit.link.contact_id, visit.office.contacts, visit.now)
    return visit.again()


def _each(visit: Visit, letters: tuple[Letter, ...]) -> Iterator[OwnBooking]:
    for booking in visit.file.bookings:
        session = visit.office.sessions.read(booking.session_id) if booking.session_id else None
        if session or booking.about == APPOINTMENT:
            yield _own(booking, session, letters, visit)


def _own(booking: Booking, session: Session | None, letters: tuple[Letter, ...], visit: Visit) -> OwnBooking:
    contact = visit.file.contact
    position = session.turn(contact.id) if session else 0
    ahead = session is not None and visit.now < session.start and not session.cancelled
    return OwnBooking(
        booking,
        session,
        state=_state(booking, session, position, visit.now),
        position=position,
        told=None if _is_withdrawn(booking) else told_about(booking, letters, contact, visit.now),
        answer_by=_answer_by(booking, letters, visit),
        may_cancel=booking.state.is_open and (ahead or session is None),
        is_set=ahead and booking.state is BookingState.CONFIRMED,
        invitation=_invitation(session, visit) if session and ahead and not booking.state.is_open else None,
        may_move=moves_freely(booking, session, visit),
    )


def _invitation(session: Session, visit: Visit) -> str | None:
    if session.kind is not SessionKind.ORIENTATION:
        return None
    contact = visit.file.contact
    token = invitation_token(visit.keys, contact.id, contact.link_version, session.id)
    return invitation_path(token, visit.language)


def _state(booking: Booking, session: Session | None, position: int, now: datetime) -> str:
    if booking.about == APPOINTMENT and (said := _end_of_appointment(booking, session)):
        return said
    if session and session.cancelled:
        # NOTE: on a person's own page, under a session that the office has cancelled
        return N_("We are sorry: this session does not take place.")
    if position:
        # NOTE: before a number; keep the colon
        return N_("Your position on the waiting list now:")
    if session and session.meetings[-1].end <= now and booking.state is not BookingState.CANCELLED:
        return _OVER
    if booking.about != APPOINTMENT and booking.state is BookingState.CONFIRMED:
        # NOTE: on a person's own page, under a session
        return N_("Your place is reserved.")
    return _STATES[booking.state]


def _end_of_appointment(booking: Booking, session: Session | None) -> str | None:
    if booking.refused:
        # NOTE: on a person's own page, under the individual appointment; the reason follows
        return N_("We are sorry: we cannot give you an appointment.")
    if _is_withdrawn(booking):
        # NOTE: on a person's own page, under an individual appointment that never got a date
        return N_("You have withdrawn your request.")
    if booking.slot is None:
        return None
    if booking.state is BookingState.CANCELLED:
        return N_("You have cancelled your appointment.")
    if session and session.cancelled:
        return N_("We are sorry: your appointment cannot take place on this date.")
    return None


def _is_withdrawn(booking: Booking) -> bool:
    """Whether it was a request that its owner ended before it had a date."""
    was_dated = booking.about != APPOINTMENT or booking.slot is not None
    return booking.state is BookingState.CANCELLED and booking.refused is None and not was_dated


# NOTE: on a person's own page, under a session or appointment whose day has passed
_OVER = N_("The date has passed.")
# NOTE: on a person's own page, under a session
_GIVEN_UP = N_("You have cancelled: we no longer keep a place for you.")
_STATES = {
    # NOTE: on a person's own page, under the individual appointment
    BookingState.REQUESTED: N_("We have received your request. It has no date yet."),
    # NOTE: on a person's own page, under the individual appointment
    BookingState.CONFIRMED: N_("The date of your appointment is set."),
    BookingState.WAITING: _GIVEN_UP,
    BookingState.CANCELLED: _GIVEN_UP,
    BookingState.ATTENDED: _OVER,
    BookingState.MISSED: _OVER,
    # NOTE: on a person's own page, under an orientation day
    BookingState.INVITED: N_("We have invited you and have no answer from you yet."),
    # NOTE: on a person's own page, under an orientation day
    BookingState.DECLINED: N_("You have declined the invitation."),
}


def _answer_by(booking: Booking, letters: tuple[Letter, ...], visit: Visit) -> date | None:
    """The day by which staff answer, once they have the request."""
    handed_over = any(
        (letter.kind, letter.state, letter.reference) == (LetterKind.STAFF_REQUEST, LetterState.SENT, booking.reference)
        for letter in letters
    )
    if booking.state is not BookingState.REQUESTED or not handed_over:
        return None
    return answer_day(day_in_luxembourg(booking.requested_at), visit.file.contact.delete_on, facts.load())
