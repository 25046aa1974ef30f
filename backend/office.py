"""What staff and operators do by command until the desk exists; it never ships.

make office DO="letters"                what could not be sent, and what is to be said by phone
make office DO="send-again"             lets all failed letters be sent again
make office DO="send-again 7KPX-2M4Q"   or those of one reference
"""

import argparse

from chalicelib import wiring
from chalicelib.domain.letter import LetterState
from chalicelib.usecases.send_again import send_again


def main() -> None:
    parser = argparse.ArgumentParser(prog="office", description="Letters by command, until the desk exists.")
    commands = parser.add_subparsers(required=True)
    commands.add_parser("letters", help="what could not be sent, and what is to be said by phone").set_defaults(
        run=lambda _: show_letters()
    )
    again = commands.add_parser("send-again", help="lets failed letters be sent again")
    again.add_argument("reference", nargs="?", type=str.upper, help="such as 7KPX-2M4Q; all failed letters without it")
    again.set_defaults(run=lambda given: resend(given.reference))
    given = parser.parse_args()
    given.run(given)


def show_letters() -> None:
    for state in (LetterState.FAILED, LetterState.BY_PHONE):
        for letter in wiring.outbox().in_state(state):
            print(state.value, letter.reference, letter.kind.value, f"{letter.waiting_since:%Y-%m-%d}", sep="\t")


def resend(reference: str | None) -> None:
    count = send_again(reference, wiring.outbox(), wiring.clock()())
    print(f"{count} letters will be sent again")


if __name__ == "__main__":
    main()
