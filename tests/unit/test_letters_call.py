"""Staff read whom to call and what to say about the deletion day, and nothing else about the person."""

import re
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.news import Matter
from chalicelib.domain.retention import NEVER_TOOK_PART, SIGNED, TOOK_PART
from tests.examples import OFFICE_MAIL, PERSON
from tests.letter_examples import CONTACT, FILE, REFERENCE, file_of, letter, under_rule, writer

WARNING, CHANGE = LetterKind.DELETION_WARNING, LetterKind.DELETION_DAY_CHANGED
BY_PHONE = file_of(email=None, language="fr")


def compose(news=WARNING, file=BY_PHONE, mode="open", **facts):
    return writer(mode, **{"staff__language": "en"} | facts).compose(
        letter(LetterKind.STAFF_CALL, news=news), Matter(file)
    )


def flat(message):
    return re.sub(r"\s+", " ", message.text)


def test_staff_read_whom_to_call_in_which_language():
    text = compose().text

    assert text.index("Please call") < text.index(f"Reference: {REFERENCE}\n")
    for line in ("Language of the request: French", "First name: Exempla", "Surname: Fictiva"):
        assert f"{line}\n" in text
    assert "Phone: +352 621 000 000\n" in text


SOON, NEW_DAY = "We will soon delete your data.", "The day on which we delete your data has changed."


@pytest.mark.parametrize(
    ("news", "rule", "what", "why"),
    [
        pytest.param(
            WARNING, NEVER_TOOK_PART, SOON, "As far as we know, you have not taken part", id="never took part"
        ),
        pytest.param(WARNING, TOOK_PART, SOON, "As far as we know, you have taken part", id="took part"),
        pytest.param(WARNING, SIGNED, SOON, "As far as we know, you have signed a contract", id="signed"),
        pytest.param(CHANGE, NEVER_TOOK_PART, NEW_DAY, "Your request has reached us again", id="asked again"),
        pytest.param(CHANGE, TOOK_PART, NEW_DAY, "We have recorded the day", id="participation recorded"),
        pytest.param(CHANGE, SIGNED, NEW_DAY, "We have recorded that you signed", id="signature recorded"),
    ],
)
def test_staff_read_what_to_say(news, rule, what, why):
    text = flat(compose(news, under_rule(rule)))

    assert f"What to say - {what} - {why}" in text
    assert "- We delete your data at the latest on: Wednesday 31 March 2027" in text
    assert "You can ask for everything by phone." in text


@pytest.mark.parametrize(
    ("rule", "mode", "may_sign"),
    [
        pytest.param(TOOK_PART, "open", True, id="not signed"),
        pytest.param(TOOK_PART, "closed", False, id="nobody signs any more"),
        pytest.param(SIGNED, "open", False, id="signed"),
    ],
)
def test_signing_is_spoken_of_to_whoever_still_can(rule, mode, may_sign):
    assert ("Unless you sign the contract" in compose(WARNING, under_rule(rule), mode).text) == may_sign


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_subject_says_reference_and_language_and_no_personal_data(language):
    subject = compose(staff__language=language).subject

    assert REFERENCE in subject and len(subject) <= 60
    assert not [typed for typed in (PERSON.first_name, PERSON.surname, "621") if typed in subject]


def test_a_fact_keeps_people_out_of_the_mail():
    message = compose(staff__request_names_person=False)

    assert not [typed for typed in ("Exempla", "Fictiva", "621") if typed in message.text + message.html]
    assert f"Reference: {REFERENCE}\nLanguage of the request: French\n" in message.text


@pytest.mark.parametrize("file", [BY_PHONE, FILE], ids=["no mail address", "a mail address by now"])
def test_the_mail_is_between_staff(file):
    message = compose(file=file)

    assert (message.to, message.reply_to) == ("desk@cai.example", OFFICE_MAIL)
    assert PERSON.email not in message.text + message.html


def test_what_somebody_typed_is_inert():
    message = compose(file=file_of(email=None, first_name="<b>www.example.org</b>"))

    assert "&lt;b&gt;www.\u200cexample.\u200corg&lt;/\u200cb&gt;" in message.html


@pytest.mark.parametrize(
    ("delete_on", "day"),
    [
        pytest.param(date(2027, 3, 31), "Monday 21 December 2026", id="thirty days later"),
        pytest.param(date(2026, 12, 1), "Tuesday 1 December 2026", id="never after the contact"),
    ],
)
def test_the_mail_says_when_it_is_deleted_itself(delete_on, day):
    file = replace(FILE, contact=replace(CONTACT, delete_on=delete_on))

    assert f"Please delete this e-mail by: {day}\n" in compose(file=file).text


def test_two_calls_about_one_day_are_told_apart():
    assert compose(WARNING).id == f"{REFERENCE}.staff_call.deletion_warning.1.2027-03-31"
    assert compose(CHANGE).id == f"{REFERENCE}.staff_call.deletion_day_changed.1.2027-03-31"


def test_staff_read_that_somebody_wants_to_see_the_own_data():
    text = flat(compose(LetterKind.LINK))

    assert "wants to know which data we have stored" in text
    assert "What to say - You want to know which data we have stored about you." in text
    assert "We delete your data at the latest on" not in text
