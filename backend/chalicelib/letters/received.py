"""What the resident is told when a form has arrived."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import Letter
from chalicelib.programme.facts import Facts


@dataclass(frozen=True)
class Received:
    """References and days in Luxembourg: nothing that anyone typed.

    `earlier` is the reference of the request that stands, when this form was a further one; `rule` is why the contact
    is deleted on that day, `own_page` the address where its owner ends it sooner. `moves_at` is where an appointment is
    moved, for a further form that wishes for another date.
    """

    reference: str
    earlier: str | None
    answer_by: date
    delete_on: date
    rule: str
    own_page: str
    moves_at: str | None = None


def received(letter: Letter, file: ContactFile, facts: Facts, own_page: str, whole_page: str) -> Received:
    """`own_page` is where what the letter is about is removed, `whole_page` where everything of the person is seen."""
    further = file.correction(letter.reference)
    return Received(
        reference=letter.reference,
        earlier=earlier(letter, file),
        answer_by=answer_by(letter, file, facts),
        delete_on=file.contact.delete_on,
        rule=file.contact.rule,
        own_page=own_page,
        moves_at=whole_page if further and further.slot else None,
    )


def earlier(letter: Letter, file: ContactFile) -> str | None:
    """The reference of the request that stands, for a letter about a further form; one for a session has no wish."""
    if file.booking(letter.about):
        return None
    further = file.correction(letter.reference)
    stands = None if further and further.wish is None else file.appointment
    return stands.reference if stands else file.reference


def answer_by(letter: Letter, file: ContactFile, facts: Facts) -> date:
    """The day on which the office has answered the form that the letter is about."""
    return answer_day(arrival_day(letter, file), file.contact.delete_on, facts)


def answer_day(arrived_on: date, delete_on: date, facts: Facts) -> date:
    """The day by which the office answers, always before the one on which there is nobody left to answer."""
    return min(arrived_on + timedelta(days=facts.number("appointment.answer_days")), delete_on - timedelta(days=1))


def arrival_day(letter: Letter, file: ContactFile) -> date:
    return day_in_luxembourg(_arrived_at(letter, file))


def _arrived_at(letter: Letter, file: ContactFile) -> datetime:
    if booking := file.booking(letter.about):
        return booking.requested_at
    correction = file.correction(letter.reference)
    return correction.received_at if correction else letter.waiting_since
