"""What the buttons on the page of a request do, and what it says when one cannot be done."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time

from chalicelib.domain.answers import ReadyText
from chalicelib.domain.booking import BookingState, Refusal
from chalicelib.domain.days import LUXEMBOURG
from chalicelib.domain.errors import (
    CannotConfirmError,
    ChangedMeanwhileError,
    DateGoneError,
    DeletionComesFirstError,
    ImpossiblePlanError,
    TakenError,
    UnknownReferenceError,
)
from chalicelib.domain.session import LONGEST_PLACE, SESSION_ID, Meeting
from chalicelib.usecases.see_to_person import confirm_form, discard_form, send_answer, send_letter_again
from chalicelib.usecases.see_to_request import RequestDesk
from chalicelib.web.answer import Answer
from chalicelib.web.desk.changed import appointment_changes
from chalicelib.web.desk.request import find, page
from chalicelib.web.desk.visit import Page, Visit
from chalicelib.words.catalogues import N_

# NOTE: error on a page of the desk: somebody else was quicker; what is different follows as a list
CHANGED = N_("This has changed meanwhile, so nothing was done. What is different now:")
# NOTE: error on the page of a request, where staff choose a date for an appointment
GONE = N_("This slot is not free any more. Choose another one.")
# NOTE: error on the page of a request, where staff choose a date for an appointment
TOO_LATE = N_("On this day the person’s data are deleted already. Choose an earlier day.")
# NOTE: error on the page of a request, where staff type day, beginning, end and place of an appointment
WRONG_TIME = N_("Give a day that is still to come, a beginning, a later end, and a place.")
# NOTE: error on the page of a request, where staff choose why there is no appointment
NO_REASON = N_("Choose a reason.")
# NOTE: error on the page of a request, where staff choose one of the ready answers
NO_TEXT = N_("Choose an answer.")
# NOTE: error on the page of a request, where staff confirm what a further form said
CANNOT_CONFIRM = N_(
    "Nothing was changed: somebody else goes by these data, or they would be deleted before a date that the person has."
)

_PROBLEMS: Mapping[type[Exception], tuple[int, str]] = {
    CannotConfirmError: (409, CANNOT_CONFIRM),
    DateGoneError: (409, GONE),
    TakenError: (409, GONE),
    DeletionComesFirstError: (422, TOO_LATE),
    ImpossiblePlanError: (422, WRONG_TIME),
}


def set_date(visit: Visit, reference: str) -> Answer:
    """The appointment gets one of the free slots."""
    slot = visit.posted("slot")
    if not SESSION_ID.fullmatch(slot):
        return page(visit, reference, 409, visit.wrong(GONE))
    return _done(visit, reference, lambda desk: desk.set_date(slot))


def make_date(visit: Visit, reference: str) -> Answer:
    """The appointment gets a day and a time of its own."""
    meeting = _meeting(visit)
    if meeting is None:
        return page(visit, reference, 422, visit.wrong(WRONG_TIME))
    return _done(visit, reference, lambda desk: desk.make_date(meeting))


def refuse(visit: Visit, reference: str) -> Answer:
    """There is no appointment."""
    try:
        why = Refusal(visit.posted("why"))
    except ValueError:
        return page(visit, reference, 422, visit.wrong(NO_REASON))
    return _done(visit, reference, lambda desk: desk.refuse(why))


def answer(visit: Visit, reference: str) -> Answer:
    """The person is told one of the ready texts."""
    try:
        text = ReadyText(visit.posted("text"))
    except ValueError:
        return page(visit, reference, 422, visit.wrong(NO_TEXT))
    return _done(visit, reference, lambda desk: send_answer(desk, text))


ACTS: Mapping[str, Page] = {
    "answer": answer,
    "confirm": lambda visit, reference: _done(visit, reference, lambda desk: confirm_form(desk, visit.posted("form"))),
    "discard": lambda visit, reference: _done(visit, reference, lambda desk: discard_form(desk, visit.posted("form"))),
    "send-again": lambda visit, reference: _done(
        visit, reference, lambda desk: send_letter_again(desk, visit.posted("letter"))
    ),
    "set-date": set_date,
    "make-date": make_date,
    "refuse": refuse,
    "take-up": lambda visit, reference: _done(visit, reference, lambda desk: desk.take_up()),
    "cancel": lambda visit, reference: _done(visit, reference, lambda desk: desk.cancel()),
    "attended": lambda visit, reference: _done(visit, reference, lambda desk: desk.record(BookingState.ATTENDED)),
    "missed": lambda visit, reference: _done(visit, reference, lambda desk: desk.record(BookingState.MISSED)),
}


def _done(visit: Visit, reference: str, do: Callable[[RequestDesk], None]) -> Answer:
    seen = visit.posted("seen")
    try:
        do(RequestDesk(reference, seen, visit.user, visit.office, visit.now))
    except UnknownReferenceError:
        return page(visit, reference)
    except ChangedMeanwhileError:
        file = find(visit, reference)
        changes = appointment_changes(seen, file, visit) if file else ()
        return page(visit, reference, 409, visit.wrong(CHANGED, changes))
    except tuple(_PROBLEMS) as problem:
        status, sentence = _PROBLEMS[type(problem)]
        return page(visit, reference, status, visit.wrong(sentence))
    return visit.again()


def _meeting(visit: Visit) -> Meeting | None:
    """What was typed, in Luxembourg's time; None where it is no time or has no place."""
    place = " ".join(visit.posted("place").split())
    try:
        day = date.fromisoformat(visit.posted("day"))
        start, end = (_at(day, visit.posted(name)) for name in ("from", "until"))
    except (ValueError, OverflowError):
        return None
    return Meeting(start, end, place) if 0 < len(place) <= LONGEST_PLACE else None


def _at(day: date, typed: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(typed).replace(tzinfo=LUXEMBOURG)).astimezone(UTC)
