"""The letter to somebody whom the office gives no appointment, and what staff say by phone in its place."""

import re

import pytest

from chalicelib.domain.booking import Refusal
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind
from chalicelib.words.catalogues import words
from chalicelib.words.refusals import REFUSALS
from tests.letter_examples import BOOKED, REFERENCE, SLOT, START, file_of, refusal, sign_up, writer


def compose(*example, mode="open"):
    return writer(mode, staff__language="en").compose(*example)


def flat(message):
    return re.sub(r"\s+", " ", message.text)


def test_each_reason_has_its_words():
    assert set(REFUSALS) == set(Refusal)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_is_said_in_the_language_of_the_resident(language):
    message = compose(*refusal(file_of(language=language)))

    for sentence in ("We are sorry: we cannot give you an appointment.", REFUSALS[Refusal.SESSION_FIRST]):
        assert words(language).gettext(sentence).replace("\u00a0", " ") in flat(message)
    assert REFERENCE in message.subject and len(message.subject) <= 60


@pytest.mark.parametrize(
    ("reason", "mode", "said"),
    [
        (Refusal.NOT_REACHED, "open", True),
        (Refusal.NOT_REACHED, "closed", False),
        (Refusal.CONDITIONS, "open", False),
        (Refusal.SIGNED_BEFORE, "open", False),
    ],
)
def test_who_can_be_helped_by_it_may_ask_again(reason, mode, said):
    message = compose(*refusal(reason=reason), mode=mode)

    assert ("You can ask for an appointment again" in flat(message)) == said


@pytest.mark.parametrize(("reason", "said"), [(Refusal.NOT_REACHED, True), (Refusal.SIGNED_BEFORE, False)])
def test_who_has_signed_is_not_told_what_happens_if_they_sign(reason, said):
    message = compose(*refusal(reason=reason))

    for shown in (message.text, message.html):
        assert ("Unless you sign the contract before that day." in shown) == said


def test_a_date_that_was_set_goes_from_the_calendar():
    message = compose(*refusal(session=SLOT))

    (file,) = message.calendars
    assert "METHOD:CANCEL" in file.content
    assert "This date no longer counts: Saturday 5 December 2026" in flat(message)
    assert compose(*refusal()).calendars == ()


def test_staff_say_the_reason_by_phone():
    text = flat(compose(*refusal(file_of(email=None), news=LetterKind.REFUSED)))

    assert "must hear that there is no appointment." in text
    assert (
        "- We are sorry: we cannot give you an appointment. "
        "- As far as we know, you have not taken part in an information session yet." in text
    )


def test_who_was_moved_by_staff_is_not_told_to_have_moved():
    message = compose(*sign_up(LetterKind.MOVED, session=SLOT, start=f"{START.isoformat()}#1"))

    assert BOOKED in message.subject
    assert "We have set another date for you. Your old date no longer counts:" in flat(message)
    assert "Was this not you?" not in message.text + message.html
