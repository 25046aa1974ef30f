"""The letter with a ready text of staff, and what they say by phone in its place."""

import re

import pytest

from chalicelib.domain.answers import ReadyText
from chalicelib.domain.language import LANGUAGES
from chalicelib.words.answers import ANSWERS
from tests.letter_examples import REFERENCE, answer, file_of, writer

SAID = {
    ReadyText.DOCUMENTS: "Please bring or send us: your identity card or passport",
    ReadyText.QUESTION: "We have a question about your request.",
    ReadyText.NOT_OURS: "Your commune tells you who can help you.",
    ReadyText.CLOSED: "today there is the Biergerpakt. - So we can give you no appointment for a contract.",
}


def compose(*example, mode="open"):
    return writer(mode, staff__language="en").compose(*example)


def flat(message):
    return re.sub(r"\s+", " ", message.text)


def test_each_text_has_its_name_and_its_words():
    assert set(ANSWERS) == set(ReadyText) == set(SAID)


@pytest.mark.parametrize("text", ReadyText)
def test_the_resident_and_who_is_called_are_told_the_same(text):
    letter, call = answer(text), answer(text, file_of(email=None), by_phone=True)

    assert SAID[text] in flat(compose(*letter, mode="closed"))
    assert SAID[text] in flat(compose(*call))
    assert "must hear our answer." in flat(compose(*call))


def test_who_is_on_the_phone_is_not_asked_to_phone():
    assert "Please phone us" in flat(compose(*answer(ReadyText.QUESTION)))
    assert "Please phone us" not in flat(compose(*answer(ReadyText.QUESTION, by_phone=True)))


@pytest.mark.parametrize("text", ReadyText)
def test_it_is_written_in_the_language_of_the_resident(text):
    letters = {language: flat(compose(*answer(text, file_of(language=language)))) for language in LANGUAGES}

    assert len(set(letters.values())) == len(LANGUAGES)
    assert all(REFERENCE in each for each in letters.values())


def test_two_answers_of_a_day_are_two_letters_and_the_same_one_is_one():
    ids = {answer(text)[0].id for text in (*ReadyText, ReadyText.DOCUMENTS)}

    assert len(ids) == len(ReadyText)
