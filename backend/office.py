"""What staff and operators do by command until the desk exists; it never ships.

make office DO="took-part 7KPX-2M4Q 2026-10-12"      took part in the information session
make office DO="signed 7KPX-2M4Q 2026-11-30"         signed the contract
make office DO="first-measure 7KPX-2M4Q 2027-01-15"  began the first measure, which starts the two years
make office DO="due"                                 how many contacts would be deleted now
make office DO="called 7KPX-2M4Q"                    told by phone what a letter would have said
make office DO="letters"                             what could not be sent, and what is to be said by phone
make office DO="send-again"                          lets all failed letters be sent again
make office DO="send-again 7KPX-2M4Q"                or those of one reference
"""

import argparse
import sys
from collections.abc import Callable
from datetime import date

from chalicelib import wiring
from chalicelib.domain.errors import UnknownReferenceError
from chalicelib.domain.letter import LetterState
from chalicelib.usecases.record_call import record_call
from chalicelib.usecases.send_again import send_again

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
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="office", description="By command, until the desk exists.")
    commands = parser.add_subparsers(required=True)
    for name, meaning in RECORDS.items():
        record = commands.add_parser(name, help=meaning)
        record.add_argument("reference", type=str.upper)
        record.add_argument("day", type=date.fromisoformat, help="such as 2026-10-12")
        record.set_defaults(answer=lambda given, name=name: _record(name, given.reference, given.day))
    commands.add_parser("due", help="how many contacts would be deleted now").set_defaults(answer=lambda _: _due())
    commands.add_parser("letters", help="what failed or is to be said by phone").set_defaults(
        answer=lambda _: _letters()
    )
    called = commands.add_parser("called", help="told by phone what a letter would have said")
    called.add_argument("reference", type=str.upper)
    called.set_defaults(answer=lambda given: f"{record_call(given.reference, wiring.outbox())} letters are done")
    again = commands.add_parser("send-again", help="lets failed letters be sent again")
    again.add_argument("reference", nargs="?", type=str.upper, help="all failed letters without it")
    again.set_defaults(answer=lambda given: _send_again(given.reference))
    return parser


def _record(name: str, reference: str, day: date) -> str:
    records = wiring.records()
    do: dict[str, Callable[[str, date], date]] = {
        "took-part": records.participation,
        "signed": records.signature,
        "first-measure": records.first_measure,
    }
    return f"Recorded. The contact is deleted on {do[name](reference, day):%Y-%m-%d} at the latest."


def _due() -> str:
    return f"{wiring.count_due()} would be deleted now"


def _letters() -> str:
    listed = (
        letter for state in (LetterState.FAILED, LetterState.BY_PHONE) for letter in wiring.outbox().in_state(state)
    )
    rows = ([each.state.value, each.reference, each.kind.value, f"{each.waiting_since:%Y-%m-%d}"] for each in listed)
    return "\n".join("\t".join(row) for row in rows)


def _send_again(reference: str | None) -> str:
    return f"{send_again(reference, wiring.outbox(), wiring.clock()())} letters will be sent again"


if __name__ == "__main__":
    sys.exit(main())
