"""A contact with what belongs to it, made up; each test changes what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from chalicelib.domain.booking import (
    APPOINTMENT,
    AppointmentRequest,
    Booking,
    BookingState,
    Contact,
    Correction,
    Person,
    Wish,
)
from chalicelib.domain.days import Attended
from chalicelib.domain.letter import Letter, LetterKind, LetterState
from chalicelib.domain.retention import History
from tests.store.stores import Store

NOW = datetime(2026, 11, 21, 22, 30, 15, 250000, tzinfo=UTC)
PERSON = Person("Zoé", "Müller-Ñandú", "zoe@example.lu", "+352621123456", "lb")
WISH = Wish(("monday_morning", "friday_afternoon"), "fr", "Je viens avec\nma sœur.")
ATTENDED = Attended(2026, 3, 15)
REQUEST = AppointmentRequest(PERSON, "1990010112345", ATTENDED, WISH)


@dataclass(frozen=True)
class Example:
    """What one form leads to; `word` sets it apart from every other."""

    word: str = "one"
    person: Person = PERSON
    sealed_matricule: bytes | None = b"\x00\xffsealed"
    attended: Attended | None = ATTENDED
    marks: tuple[str, ...] = ()
    letters: tuple[Letter, ...] | None = None
    delete_on: date = date(2027, 3, 15)
    mail_mark: str | None = None

    @property
    def contact(self) -> Contact:
        history = History(date(2026, 11, 21), self.attended)
        return Contact(
            self.word,
            self.person,
            self.sealed_matricule,
            history,
            self.delete_on,
            "took_part",
            mail_mark=self.mail_mark,
            link_version=3,
        )

    @property
    def booking(self) -> Booking:
        return Booking(APPOINTMENT, f"REF-{self.word}", 1, BookingState.REQUESTED, WISH, NOW, doubtful=True)

    @property
    def given_marks(self) -> tuple[str, ...]:
        return self.marks or (f"mail of {self.word}", f"phone of {self.word}")

    def open_in(self, store: Store) -> "Example":
        letters = (letter_for(self),) if self.letters is None else self.letters
        store.contacts.open(self.contact, self.booking, self.given_marks, letters)
        return self


def letter_for(example: Example, **changes: Any) -> Letter:
    waiting = Letter(
        example.word, APPOINTMENT, LetterKind.RECEIVED, 1, f"REF-{example.word}", LetterState.WAITING, NOW, NOW
    )
    return replace(waiting, **changes)


def correction(reference: str = "REF-new", **changes: Any) -> Correction:
    said = Correction(reference, replace(PERSON, phone=None), b"other", Attended(2026, 4), WISH, NOW)
    return replace(said, **changes)


def letters_about(reference: str, example: Example) -> Sequence[Letter]:
    about = f"CORRECTION#{reference}"
    return [
        letter_for(example, about=about, reference=reference, kind=kind)
        for kind in (LetterKind.RECEIVED, LetterKind.STAFF_REQUEST)
    ]
