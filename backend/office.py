"""What staff do at the desk, by command beside `make run`, and sessions as a table; it never ships.

make office DO="took-part 7KPX-2M4Q 2026-10-12"      took part in the information session
make office DO="signed 7KPX-2M4Q 2026-11-30"         signed the contract
make office DO="first-measure 7KPX-2M4Q 2027-01-15"  began the first measure, which starts the two years
make office DO="due"                                 how many contacts would be deleted now
make office DO="called 7KPX-2M4Q"                    told by phone what a letter would have said
make office DO="letters"                             what could not be sent, came back, or is to be said by phone
make office DO="send-again"                          lets all failed letters be sent again
make office DO="send-again 7KPX-2M4Q"                or those of one reference
make office DO="sessions" > sessions.csv             the sessions to come, as a table for a spreadsheet
make office DO="plan sessions.csv"                   adds and changes sessions as the table says
make office DO="cancel-place 7KPX-2M4Q"              gives up a place for somebody who phones
make office DO="move 7KPX-2M4Q slot-7"               moves it to another date, or sets the date of an appointment
make office DO="cancel-session info-2026-12-05"      cancels a session; everybody who signed up is told
make office DO="invite day-2027-03-13"               invites who has signed to an orientation day, each person once
make office DO="invite day-2027-03-13 7KPX-2M4Q"     or one of them
make office DO="invitations day-2027-03-13"          who has not answered an invitation, and who has declined
make office DO="accept 7KPX-2M4Q step-free"          accepts for somebody who phones, with what they need there
make office DO="decline 7KPX-2M4Q"                   declines for somebody who phones

The table has one row for each meeting, and rows of the same id are one session: `kind` is information, citizenship,
orientation or slot, `languages` are codes such as fr lb, `waiting` is how many may wait, `published` yes or no, `start`
and `end` are times in Luxembourg such as 2026-12-05 10:00. `taken` and `in line` are only shown. All rows are checked
before the first is stored. A session that is not in the table stays as it is.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import timetable
from chalicelib.domain.booking import Booking
from chalicelib.domain.errors import (
    DateGoneError,
    DeletionComesFirstError,
    ImpossiblePlanError,
    SessionClosedError,
    SessionFullError,
    TakenError,
    TooManyBookingsError,
    UnknownReferenceError,
)
from chalicelib.domain.session import SessionKind
from chalicelib.programme.intake import is_closed
from chalicelib.usecases.answer_invitation import accept_invitation, decline_invitation
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.invite_signatories import invite_one, invite_signatories
from chalicelib.usecases.list_letters import list_letters
from chalicelib.usecases.move_booking import move_booking
from chalicelib.usecases.plan_sessions import cancel_session, plan_sessions
from chalicelib.usecases.record_call import record_call
from chalicelib.usecases.send_again import send_again
from chalicelib.wiring import parts, runs, staff
from chalicelib.wiring.settings import mode, now
from chalicelib.words.choices import NEEDS

REFERENCE = {"type": str.upper}
RECORDS = {
    "took-part": "took part in the information session",
    "signed": "signed the contract",
    "first-measure": "began the first measure, which starts the two years",
}


def main() -> int:
    given = _parser().parse_args()
    try:
        print(given.answer(given))
    except UnknownReferenceError:
        print(f"No contact has the reference {given.reference}, or not any more.", file=sys.stderr)
        return 1
    except timetable.TimetableError as mistakes:
        print(*mistakes.sentences, "Nothing was stored.", sep="\n", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="office", description="What staff do at the desk, by command.")
    add = partial(_add, parser.add_subparsers(required=True))
    for name, meaning in RECORDS.items():
        day = {"type": date.fromisoformat, "help": "such as 2026-10-12"}
        add(name, meaning, partial(_record, name), reference=REFERENCE, day=day)
    add("due", "how many contacts would be deleted now", _due)
    add("letters", "what failed, came back or is to be said by phone", _letters)
    add("called", "told by phone what a letter would have said", _called, reference=REFERENCE)
    again = REFERENCE | {"nargs": "?", "help": "all failed letters without it"}
    add("send-again", "lets failed letters be sent again", _send_again, reference=again)
    add("sessions", "the sessions to come, as a table", _sessions)
    add("plan", "adds and changes sessions as a table says", _plan, file={"type": Path})
    add("cancel-place", "gives up a place for somebody who phones", _cancel_place, reference=REFERENCE)
    there = {"help": "of a session of the same kind with a free seat, or of a slot"}
    told = "moves a place to another date, or sets the date of an appointment"
    add("move", told, _move, reference=REFERENCE, id=there)
    one = REFERENCE | {"nargs": "?", "help": "everybody who may come without it"}
    add("invite", "invites who has signed to an orientation day", _invite, id={}, reference=one)
    add("invitations", "who has not answered an invitation, or has declined", _invitations, id={})
    # argparse holds an empty list against the choices as well.
    needs = {"nargs": "*", "choices": [*NEEDS, []], "help": "what the person needs there"}
    add("accept", "accepts an invitation for somebody who phones", _answer, reference=REFERENCE, needs=needs)
    add("decline", "declines an invitation for somebody who phones", _answer, reference=REFERENCE)
    add("cancel-session", "cancels a session; who signed up is told", _cancel, id={})
    return parser


def _add(commands: Any, name: str, meaning: str, answer: Callable[..., str], **arguments: Mapping[str, Any]) -> None:
    """A command that answers to its arguments, in their order."""
    command = commands.add_parser(name, help=meaning)
    for argument, how in arguments.items():
        command.add_argument(argument, **how)
    command.set_defaults(answer=lambda given: answer(*(getattr(given, each) for each in arguments)))


def _record(name: str, reference: str, day: date) -> str:
    records = staff.records()
    do: dict[str, Callable[[str, date], date]] = {
        "took-part": records.participation,
        "signed": records.signature,
        "first-measure": records.first_measure,
    }
    return f"Recorded. The contact is deleted on {do[name](reference, day):%Y-%m-%d} at the latest."


def _due() -> str:
    return f"{runs.count_due()} would be deleted now"


def _called(reference: str) -> str:
    return f"{record_call(reference, parts.outbox(), now())} letters are done"


def _letters() -> str:
    listed = list_letters(parts.outbox(), parts.rosters(), now())
    rows = ([each.state.value, each.reference, each.kind.value, f"{each.waiting_since:%Y-%m-%d}"] for each in listed)
    return "\n".join("\t".join(row) for row in rows)


def _send_again(reference: str | None) -> str:
    return f"{send_again(reference, parts.outbox(), now())} letters will be sent again"


def _sessions() -> str:
    today = now() - timedelta(days=1)
    planned = (each for kind in SessionKind for each in parts.sessions().planned(kind, today))
    return timetable.written(sorted(planned, key=lambda each: (each.start, each.id))).rstrip("\n")


def _plan(file: Path) -> str:
    table = timetable.read(_text_of(file))
    try:
        counts = plan_sessions(table.sessions, parts.sessions(), now())
    except ImpossiblePlanError as impossible:
        raise timetable.TimetableError([table.sentence(each) for each in impossible.mistakes]) from impossible
    except TakenError:
        return "Somebody changed one of these sessions just now. What comes before it is stored; please try again."
    return ", ".join(f"{count} {what}" for what, count in counts.items()) or "There is no session in the table."


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as problem:
        raise timetable.TimetableError([f"{file} cannot be read: {problem.strerror}."]) from problem
    except UnicodeDecodeError as problem:
        raise timetable.TimetableError([f"{file} is not UTF-8: save it as “CSV UTF-8”."]) from problem


def _cancel_place(reference: str) -> str:
    contact_id, booking = _booked(reference)
    if give_up_place(contact_id, booking.session_id or booking.about, parts.rosters(), now()):
        return "Cancelled. Whoever is next on the waiting list has the place."
    return "No place is kept under this reference, or not any more."


def _move(reference: str, session_id: str) -> str:
    contact_id, booking = _booked(reference)
    try:
        moved = move_booking(contact_id, booking.about, session_id, parts.office(), now())
    except DateGoneError:
        return f"Nothing has changed: {session_id} is no open session of this kind with a free seat."
    except DeletionComesFirstError:
        return f"Nothing has changed: the contact is deleted before {session_id} is over."
    return f"Moved. The reference is {moved}." if moved else "There is nothing to move under this reference."


def _booked(reference: str) -> tuple[str, Booking]:
    """Whose booking has the reference, and the booking."""
    file = parts.office().contacts.find_reference(reference)
    booking = next((each for each in file.bookings if each.reference == reference), None) if file else None
    if file is None or booking is None:
        raise UnknownReferenceError
    return file.contact.id, booking


def _invite(session_id: str, reference: str | None) -> str:
    if is_closed("orientation", mode()):
        return "Nobody is invited: facts.toml says that this kind of form is closed."
    try:
        if reference:
            return f"{reference}: {invite_one(session_id, reference, parts.office(), now())}"
        counts = invite_signatories(session_id, parts.office(), now())
    except SessionClosedError:
        return f"{session_id} is no orientation day that is published, goes ahead and is still to come."
    return ", ".join(f"{count} {what}" for what, count in counts.items()) or "Nobody has signed a contract."


def _invitations(session_id: str) -> str:
    return "\n".join(f"{each.state.value}\t{each.reference}" for each in parts.sessions().invited(session_id))


def _answer(reference: str, needs: Sequence[str] | None = None) -> str:
    """Accepts with `needs`, or declines where there are none to be told."""
    contact_id, booking = _booked(reference)
    office, moment = parts.office(), now()
    try:
        if needs is None:
            decline_invitation(contact_id, booking.about, office, moment)
        else:
            accept_invitation(contact_id, booking.about, tuple(sorted(set(needs))), office, moment)
    except SessionClosedError:
        return "This is no invitation to an orientation day that is still to come."
    except (SessionFullError, TooManyBookingsError, DeletionComesFirstError):
        return "Nothing was stored: no place is left there, the person has too many, or is deleted before that day."
    return f"Noted. It is now: {_booked(reference)[1].state.value}."


def _cancel(session_id: str) -> str:
    if cancel_session(session_id, parts.sessions()):
        return "Cancelled. Everybody who signed up is told within minutes."
    return f"There is no session {session_id}, or it was cancelled before."


if __name__ == "__main__":
    sys.exit(main())
