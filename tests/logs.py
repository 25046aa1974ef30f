"""Listens to every log line of the test process, and knows those that name somebody."""

import logging

from tests.examples import FORM, PERSON, REQUEST

NAMED = {
    *(PERSON.first_name, PERSON.surname, PERSON.email, PERSON.phone, REQUEST.matricule, REQUEST.wish.message),
    *(FORM["phone"], FORM["matricule"], "621000000"),
}


class Listener(logging.Handler):
    """Keeps each line as a log would show it, with what is said of an exception."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def taken(self) -> list[str]:
        """The lines since this was last asked."""
        lines, self.lines = self.lines, []
        return lines


def naming_somebody(lines: list[str]) -> list[str]:
    return [line for line in lines if any(value.casefold() in line.casefold() for value in NAMED)]
