"""Staff read who asks for what and what to do; what is sensitive or hostile does not travel by mail."""

import re
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.days import Attended
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.news import Matter
from chalicelib.letters.layout import inert
from tests.examples import OFFICE_MAIL, PERSON, REQUEST
from tests.letter_examples import (
    BOOKING,
    CONTACT,
    CORRECTION,
    FILE,
    FURTHER,
    MATRICULE,
    REFERENCE,
    file_of,
    letter,
    writer,
)


def compose(file=FILE, *, further=False, language="en", **facts):
    promised = letter(LetterKind.STAFF_REQUEST, further=further)
    return writer(**{"staff__language": language} | facts).compose(promised, Matter(file))


def flat(message):
    return re.sub(r"\s+", " ", message.text)


def further_form(**changes):
    return replace(FILE, corrections=(replace(CORRECTION, **changes),))


def same_form(**changes):
    """A further form that says what is stored, but for the changes."""
    unchanged = {"person": PERSON, "attended": CONTACT.history.attended, "wish": BOOKING.wish, "sealed_matricule": None}
    return further_form(**unchanged | changes)


def test_a_request_tells_who_asks_for_what():
    text = compose().text

    for line in (
        f"Reference: {REFERENCE}",
        "Language of the request: English",
        "First name: Exempla",
        "Surname: Fictiva",
        "Phone: +352 621 000 000",
        "E-mail: exempla@example.org",
        "Language of the meeting: French",
        "Possible times: Monday morning, Thursday afternoon",
        "Information session: March 2026",
    ):
        assert f"{line}\n" in text


@pytest.mark.parametrize(
    ("attended", "words"),
    [
        pytest.param(Attended(2026, 3, 1), "1 March 2026", id="day"),
        pytest.param(Attended(2026, 3), "March 2026", id="month"),
        pytest.param(None, "not known", id="not known"),
    ],
)
def test_when_somebody_took_part_is_said_as_far_as_it_is_known(attended, words):
    file = replace(FILE, contact=replace(CONTACT, history=replace(CONTACT.history, attended=attended)))

    assert f"Information session: {words}\n" in compose(file).text


def test_half_days_come_in_the_order_of_the_week():
    wish = replace(REQUEST.wish, half_days=("fri-am", "mon-pm", "mon-am"))

    text = compose(replace(FILE, bookings=(replace(BOOKING, wish=wish),))).text

    assert "Possible times: Monday morning, Monday afternoon, Friday morning\n" in text


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("fr", ["Disponible : lundi matin, jeudi matin", "Langue de l’entretien : français"]),
        ("de", ["Mögliche Zeiten: Montagvormittag, Donnerstagvormittag", "Sprache beim Termin: Französisch"]),
        ("lb", ["Méiglech Zäiten: méindes moies, donneschdes moies", "Sprooch vum Treffen: Franséisch"]),
    ],
)
def test_half_days_and_languages_are_written_as_within_a_sentence(language, lines):
    wish = replace(REQUEST.wish, half_days=("mon-am", "thu-am"))
    text = flat(compose(replace(FILE, bookings=(replace(BOOKING, wish=wish),)), language=language))

    assert [line for line in lines if line not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("further", [False, True], ids=["request", "further form"])
def test_the_subject_says_reference_and_language_and_no_personal_data(further, language):
    subject = compose(further=further, language=language).subject

    assert (FURTHER if further else REFERENCE) in subject
    for typed in (PERSON.first_name, PERSON.surname, "Exemple", PERSON.email, "621", MATRICULE, REQUEST.wish.message):
        assert typed not in subject
    assert len(subject) <= 78


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("further", [False, True], ids=["request", "further form"])
def test_neither_number_nor_message_is_in_the_mail(further, language):
    message = compose(further=further, language=language)

    for part in (message.subject, message.text, message.html):
        assert MATRICULE not in re.sub(r"\s", "", part)
        assert REQUEST.wish.message not in part


def test_a_message_is_announced_and_not_shown():
    silent = replace(FILE, bookings=(replace(BOOKING, wish=replace(REQUEST.wish, message="")),))

    assert "A message was left." in compose().text
    assert "message was left" not in compose(silent).text


def test_staff_are_asked_to_call_whom_no_letter_reaches():
    called, written_to = compose(file_of(email=None)), compose()

    assert "Please call: this person has no e-mail address and gets no letter. Read out the reference" in flat(called)
    assert "Phone: +352 621 000 000\n" in called.text
    assert "Please call" not in written_to.text


@pytest.mark.parametrize(
    ("file", "further", "named", "reply_to"),
    [
        pytest.param(FILE, False, True, PERSON.email, id="the resident"),
        pytest.param(FILE, True, True, PERSON.email, id="the stored address, not the further form's"),
        pytest.param(file_of(email=None), False, True, OFFICE_MAIL, id="no mail address"),
        pytest.param(FILE, False, False, OFFICE_MAIL, id="nobody named"),
    ],
)
def test_a_reply_goes_to(file, further, named, reply_to):
    message = compose(file, further=further, staff__request_names_person=named)

    assert (message.to, message.reply_to) == ("desk@cai.example", reply_to)
    assert ("your answer goes to the person" in message.text) == (reply_to == PERSON.email)


@pytest.mark.parametrize("further", [False, True], ids=["request", "further form"])
def test_a_fact_keeps_people_out_of_the_mail(further):
    message = compose(further=further, staff__request_names_person=False)

    words = message.subject + message.text + message.html
    for typed in ("Exempl", "Fictiva", "621", "example.org", "Monday morning", "March 2026", "message"):
        assert typed not in words
    assert (FURTHER if further else REFERENCE) in message.text
    assert f"Language of the request: {'German' if further else 'English'}\n" in message.text


def test_a_call_is_asked_for_even_where_nobody_is_named():
    message = compose(file_of(email=None), staff__request_names_person=False)

    assert "Please call" in message.text
    assert "621" not in message.text


def test_a_doubtful_form_is_marked():
    doubtful = replace(FILE, bookings=(replace(BOOKING, doubtful=True),))

    assert "the way robots do" in flat(compose(doubtful))
    assert "robots" not in compose().text


@pytest.mark.parametrize(
    ("file", "line"),
    [
        pytest.param(
            same_form(person=replace(PERSON, first_name="Exemple")),
            "First name: now “Exemple”, before “Exempla”",
            id="name",
        ),
        pytest.param(
            same_form(person=replace(PERSON, phone=None)),
            "Phone: now “not given”, before “+352 621 000 000”",
            id="phone",
        ),
        pytest.param(
            same_form(person=replace(PERSON, email="new@example.org")),
            "E-mail: now “new@example.org”, before “exempla@example.org”",
            id="mail",
        ),
        pytest.param(
            same_form(person=replace(PERSON, language="lb")),
            "Language of the request: now “Luxembourgish”, before “English”",
            id="language",
        ),
        pytest.param(
            same_form(attended=None), "Information session: now “not known”, before “March 2026”", id="took part"
        ),
        pytest.param(
            same_form(wish=replace(BOOKING.wish, half_days=())),
            "Possible times: now “at any time”, before “Monday morning, Thursday afternoon”",
            id="half-days",
        ),
        pytest.param(same_form(sealed_matricule=b"sealed"), "A social security number was given.", id="number"),
        pytest.param(same_form(), "Nothing that this e-mail may show.", id="message alone"),
    ],
)
def test_a_further_form_is_told_by_what_differs(file, line):
    told = flat(compose(file, further=True)).partition("What differs ")[2].partition(" The person and")[0]

    assert line in told
    assert told.count("now “") == ("now “" in line)


def test_a_further_form_is_confirmed_with_whom_was_known_before():
    text = flat(compose(further=True))

    assert f"Reference: {FURTHER} Reference of the earlier request: {REFERENCE}" in text
    assert "Ask the person before you change anything, at the phone number or e-mail address that we had before" in text
    assert "Answer by: Wednesday 9 December 2026" in text


@pytest.mark.parametrize(
    ("delete_on", "day"),
    [
        pytest.param(date(2027, 3, 31), "Monday 21 December 2026", id="thirty days later"),
        pytest.param(date(2026, 12, 1), "Tuesday 1 December 2026", id="never after the contact"),
    ],
)
def test_the_mail_says_when_it_is_deleted_itself(delete_on, day):
    file = replace(FILE, contact=replace(CONTACT, delete_on=delete_on))

    assert f"Please delete this e-mail by: {day}\n" in compose(file).text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/\u200cscript&gt;", id="markup"),
        pytest.param('"><img src=x onerror=alert(1)>', "&#34;&gt;&lt;img src=x onerror=alert(1)&gt;", id="attribute"),
        pytest.param("{{ 7 * 7 }}", "{{ 7 * 7 }}", id="template"),
        pytest.param("%(reference)s %d", "%(reference)s %d", id="format"),
        pytest.param("A\r\nBcc: spy@example.org", "A Bcc: spy@\u200cexample.\u200corg", id="header"),
    ],
)
@pytest.mark.parametrize("further", [False, True], ids=["request", "further form"])
def test_hostile_text_is_inert(typed, shown, further):
    person = replace(PERSON, first_name=typed)
    file = replace(FILE, contact=replace(CONTACT, person=person), corrections=(replace(CORRECTION, person=person),))

    message = compose(file, further=further)

    assert shown in message.html
    assert "<script" not in message.html and "<img" not in message.html
    assert "\r" not in message.subject + message.text + message.html
    assert not re.search(r"^Bcc", message.text, re.MULTILINE)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("Zoë O’Brien-Müller", "Zoë O’Brien-Müller", id="a name stays as it is"),
        pytest.param("می‌خواهم", "می‌خواهم", id="a joiner that spelling needs stays"),
        pytest.param("J. R.", "J. R.", id="a dot at the end of a word stays"),
        pytest.param("www.example.org", "www.\u200cexample.\u200corg", id="a host is no link"),
        pytest.param("https://example.org", "https:\u200c/\u200c/\u200cexample.\u200corg", id="an address is no link"),
        pytest.param("a@example", "a@\u200cexample", id="a mail address is no link"),
        pytest.param("a\r\nb\tc\x00d\u2028e", "a b c d e", id="one line"),
        pytest.param("a\u202eb\u2066c", "a b c", id="no turned direction"),
    ],
)
def test_what_was_typed_stands_on_one_line_and_is_no_link(typed, shown):
    assert inert(typed) == shown
