"""Staff read whom to call, and what to say, when a letter came back, whatever it was about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind, call_after_return
from tests.examples import NOW, PERSON
from tests.letter_examples import ABOUT_NOBODY, FILE, example, file_of, writer

TO_RESIDENTS = sorted(kind for kind in set(LetterKind) - ABOUT_NOBODY if not kind.for_staff)
DAY = timedelta(days=1)
NO_PHONE = file_of(phone=None)


def compose(kind, file=FILE, language="en", **facts):
    letter, matter = example(kind, file)
    return writer(staff__language=language, **facts).compose(call_after_return(letter, NOW), matter)


@pytest.mark.parametrize("kind", TO_RESIDENTS)
def test_each_letter_that_comes_back_is_a_call_with_something_to_say(kind):
    message = compose(kind)

    assert "Please call: our e-mail to this person came back or was refused." in message.text
    assert "Phone: +352 621 000 000" in message.text
    said = message.text.split("What to say\n")[1].split("\n\n")[0]
    assert said.count("\n- ") >= 1


@pytest.mark.parametrize("kind", TO_RESIDENTS)
def test_without_a_phone_number_staff_are_told_so(kind):
    message = compose(kind, NO_PHONE)

    assert "We cannot reach this person:" in message.text
    assert "cannot be reached" in message.subject
    assert "What to say when the person phones or writes\n" in message.text


@pytest.mark.parametrize("file", [FILE, NO_PHONE], ids=["phone", "no phone"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TO_RESIDENTS)
def test_the_subject_is_short_and_says_no_personal_data(kind, language, file):
    subject = compose(kind, file, language).subject

    assert len(subject) <= 60
    assert not [typed for typed in (PERSON.first_name, PERSON.surname, "621", "@") if typed in subject]


def test_a_fact_keeps_people_out_of_the_mail():
    message = compose(LetterKind.RECEIVED, staff__request_names_person=False)

    assert not [typed for typed in ("Exempla", "Fictiva", "621") if typed in message.text + message.html]


def test_the_call_is_due_at_once_and_not_the_letter_anew():
    letter, _ = example(LetterKind.RECEIVED)
    sent = replace(letter, attempts=3, waiting_since=NOW - DAY, due_at=NOW - DAY)
    call = call_after_return(sent, NOW)

    assert (call.kind, call.news, call.came_back, call.attempts) == (LetterKind.STAFF_CALL, "received", True, 0)
    assert call.waiting_since == call.due_at == NOW
    assert not letter.came_back
