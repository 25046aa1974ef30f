"""The personal invitation to an orientation day: who may have one, what tells it, and by when one answers."""

from datetime import date, datetime, timedelta

from chalicelib.domain.booking import Booking, Contact
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import Letter, LetterKind, about_booking, with_call
from chalicelib.domain.retention import Retention
from chalicelib.domain.session import Session

# The sources name no periods. The office, who plans stands and workshops, asks for answers a week before the day, and
# reminds a week before that; who was invited only a few days ago is left in peace.
ANSWER_BEFORE = timedelta(days=7)
REMIND_BEFORE = timedelta(days=14)
NOT_SOONER_THAN = timedelta(days=3)


def is_for(contact: Contact, session: Session, retention: Retention) -> bool:
    """Whether the contract runs on the last day of the session (fact sheet: only for signatories)."""
    ends = retention.contract_ends(contact.history)
    return ends is not None and session.last_day < min(ends, contact.delete_on)


def answer_by(session: Session, invited_on: date) -> date:
    """The day in Luxembourg by which one answers: a week before, or for who is invited late the day before."""
    day = day_in_luxembourg(session.start)
    if invited_on < day - ANSWER_BEFORE:
        return day - ANSWER_BEFORE
    return max(invited_on, day - timedelta(days=1))


def invitation_letters(contact: Contact, booking: Booking, session: Session, now: datetime) -> tuple[Letter, ...]:
    """The invitation, and the one reminder, which is void once there is an answer; both by phone without an address."""
    letters = [about_booking(LetterKind.INVITATION, contact, booking, now)]
    remind_at = session.start - REMIND_BEFORE
    if now + NOT_SOONER_THAN <= remind_at:
        letters.append(about_booking(LetterKind.INVITATION_REMINDER, contact, booking, remind_at))
    return tuple(each for letter in letters for each in with_call(letter))
