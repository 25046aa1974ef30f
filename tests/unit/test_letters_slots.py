"""Letters about an appointment with a date, and about dates that have moved."""

import re
from dataclasses import replace

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind
from chalicelib.words.catalogues import words
from tests.examples import PERSON
from tests.letter_examples import BOOKED, COURSE, FILE, SLOT, START, file_of, sign_up, writer

APPOINTMENT, CANCELLED, MOVED = LetterKind.APPOINTMENT, LetterKind.CANCELLED, LetterKind.MOVED
REQUEST, STAFF_CANCELLED, STAFF_MOVED = LetterKind.STAFF_REQUEST, LetterKind.STAFF_CANCELLED, LetterKind.STAFF_MOVED
CHANGED = f"{START.isoformat()}#2"
OFF = replace(SLOT, cancelled=True)


def compose(kind, session=SLOT, file=FILE, **settings):
    return writer(staff__language="en").compose(*sign_up(kind, file, session, **settings))


def flat(message):
    return re.sub(r"\s+", " ", message.text)


@pytest.mark.parametrize(
    ("message", "subject", "said"),
    [
        pytest.param(
            compose(APPOINTMENT),
            "date of your appointment",
            [
                "The date of your appointment is set.",
                "To the appointment, please bring: ",
                "2 days before the appointment",
            ],
            id="set",
        ),
        pytest.param(
            compose(APPOINTMENT, start=CHANGED),
            "your appointment has changed",
            ["Your appointment has changed: please note the new details."],
            id="changed by staff",
        ),
        pytest.param(
            compose(LetterKind.REMINDER), "your appointment is soon", ["We remind you: your appointment"], id="reminder"
        ),
        pytest.param(
            compose(CANCELLED),
            "you have cancelled",
            ["You have cancelled your appointment.", "ask for an appointment again", "has cancelled for you"],
            id="cancelled",
        ),
        pytest.param(
            compose(CANCELLED, OFF),
            "you need another date",
            ["your appointment cannot take place on this date.", "We look for another date for you.", "own page."],
            id="cancelled by the office",
        ),
        pytest.param(
            compose(MOVED),
            "your old date no longer counts",
            [
                "Your old date no longer counts:",
                "Is the date above in your calendar?",
                "Was this not you?",
                "Another e-mail tells you the new date.",
                "has moved your date",
            ],
            id="moved",
        ),
        pytest.param(
            compose(MOVED, COURSE),
            "your old date no longer counts",
            ["Are the dates above in your calendar? The attached files remove them."],
            id="course",
        ),
        pytest.param(
            compose(LetterKind.IN_LINE, COURSE, start=CHANGED),
            "the session you wait for changed",
            ["You keep your place on the waiting list", "Your position on the waiting list now: 2"],
            id="waiting",
        ),
    ],
)
def test_the_resident_reads_what_happened_and_what_comes_next(message, subject, said):
    assert message.subject == f"CAI {BOOKED}: {subject}"
    assert [sentence for sentence in said if sentence not in flat(message)] == []


@pytest.mark.parametrize(
    ("message", "subject", "said"),
    [
        pytest.param(
            compose(REQUEST),
            "appointment (English)",
            ["has chosen this date.", "Language of the meeting: French", "A message was left.", "First name: Exempla"],
            id="set",
        ),
        pytest.param(compose(STAFF_CANCELLED), "appointment cancelled", ["the date is free again."], id="cancelled"),
        pytest.param(
            compose(STAFF_CANCELLED, OFF),
            "please set another date",
            ["The person needs another one", "Please set another date", "Phone: +352 621 000 000"],
            id="cancelled by the office",
        ),
        pytest.param(
            compose(STAFF_MOVED),
            "another date (English)",
            ["Somebody has moved to another date.", "The old date is free again", "First name: Exempla"],
            id="moved",
        ),
    ],
)
def test_staff_read_what_happened_and_what_to_do(message, subject, said):
    assert message.subject == f"CAI {BOOKED}: {subject}"
    assert [sentence for sentence in said if sentence not in flat(message)] == []
    assert "When: Saturday 5 December 2026, 10:00 am to " in message.text
    assert "A message of a test" not in message.text


def test_an_answer_to_staff_mail_that_names_somebody_goes_to_the_person():
    assert compose(STAFF_MOVED).reply_to == compose(STAFF_CANCELLED, OFF).reply_to == PERSON.email
    assert compose(STAFF_CANCELLED).reply_to != PERSON.email


def test_nobody_is_named_where_the_person_cancelled():
    assert "Exempla" not in compose(STAFF_CANCELLED).text


@pytest.mark.parametrize(
    ("news", "session", "said"),
    [
        (APPOINTMENT, SLOT, "- The date of your appointment is set."),
        (CANCELLED, OFF, "- We look for another date for you."),
        (CANCELLED, SLOT, "- Would you like to come another time? Then ask for an appointment again"),
    ],
)
def test_a_call_about_an_appointment_says_so(news, session, said):
    text = flat(compose(LetterKind.STAFF_CALL, session, file_of(email=None), news=news))

    assert "this person must hear something about the appointment." in text
    assert said in text


def test_a_call_in_place_of_the_old_date_does_not_ask_for_it():
    text = flat(compose(LetterKind.STAFF_CALL, news=MOVED))
    said = text.partition("What to say ")[2].partition(" When this is deleted")[0]

    assert said.startswith("- The person has another date now. The one above no longer counts. - The new date: ")
    assert "can come" not in said and "as above" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [APPOINTMENT, LetterKind.REMINDER, CANCELLED, MOVED, STAFF_MOVED, STAFF_CANCELLED])
@pytest.mark.parametrize("start", ["", CHANGED], ids=["as it was", "changed"])
@pytest.mark.parametrize("session", [SLOT, OFF], ids=["on", "off"])
def test_a_subject_is_short_in_every_language(kind, language, start, session):
    promised, matter = sign_up(kind, file_of(language=language), session, start=start)

    subject = writer(staff__language=language).compose(promised, matter).subject

    assert BOOKED in subject and len(subject) <= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appointment_is_said_in_the_language_of_the_resident(language):
    text = flat(compose(APPOINTMENT, file=file_of(language=language)))

    for sentence in ("The date of your appointment is set.", "To the appointment, please bring:"):
        assert words(language).gettext(sentence).replace("\u00a0", " ") in text
