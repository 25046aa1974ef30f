"""Who is invited reads what, when and where, by when and where to answer, and that it is by personal invitation."""

import re
from dataclasses import replace

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.link import read_invitation
from chalicelib.letters.invitation import KINDS
from chalicelib.words.catalogues import words
from tests.examples import OFFICE_HOURS, OFFICE_PHONE
from tests.letter_examples import BOOKED, CONTACT, FILE, LINK_KEYS, ORIENTATION, file_of, sign_up, writer

INVITATION, REMINDER, CALL = LetterKind.INVITATION, LetterKind.INVITATION_REMINDER, LetterKind.STAFF_CALL


def compose(kind, file=FILE, session=ORIENTATION, news=None, **changed):
    return writer(**{"staff__language": "en"} | changed).compose(*sign_up(kind, file, session, news))


def flat(message):
    return re.sub(r"\s+", " ", message.text)


@pytest.mark.parametrize(
    ("kind", "subject", "first"),
    [
        (INVITATION, "you are invited", "You are invited to the orientation day."),
        (REMINDER, "please answer our invitation", "We have invited you to the orientation day and have no answer"),
    ],
)
def test_an_invitation_says_what_when_where_and_by_when_one_answers(kind, subject, first):
    message = compose(kind)

    assert message.subject == f"CAI {BOOKED}: {subject}"
    assert message.text.split("\n\n")[1].startswith(first)
    for line in (
        f"Your reference: {BOOKED}",
        "What: Orientation day",
        "When: Saturday 5 December 2026, 10:00 am to 12:00 noon",
        "Where: Example hall, 1 <rue> & place",
        "Please answer by: Saturday 28 November 2026",
        "At the latest on: Wednesday 31 March 2027",
    ):
        assert f"{line}\n" in message.text
    assert f"Or phone us, and say the reference: {OFFICE_PHONE} ({OFFICE_HOURS})" in flat(message)
    assert "only for people who have signed the contract. That is why you come by personal invitation" in flat(message)
    assert message.calendars == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_its_link_is_personal_and_leads_to_the_page_in_the_language_of_the_reader(kind, language):
    message = compose(kind, file_of(language=language))

    address = re.search(rf"^https://forum-cai\.example/api/{language}/invitations/(\S+)$", message.text, re.MULTILINE)
    link = read_invitation(address[1])
    assert (link.contact_id, link.session_id, link.is_true(CONTACT.link_version, LINK_KEYS)) == ("c1", "day", True)
    assert f'href="{address[0]}"' in message.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_subject_is_short_and_no_letter_names_anybody(kind, language):
    message = compose(kind, file_of(language=language))

    assert len(message.subject) <= 60
    assert not [typed for typed in ("Exempl", "Fictiva", "621 000") if typed in message.text + message.html]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_call_says_the_news_and_by_when_to_answer(kind):
    text = flat(compose(CALL, file_of(email=None), news=kind))

    said = (
        words("en").gettext("You are invited to the orientation day.") if kind is INVITATION else "We have invited you"
    )
    assert f"What to say - {said}" in text
    assert "- Ask whether the person comes, and what they need there." in text
    assert "- Please answer by: Saturday 28 November 2026 -" in text
    assert "cancel by phone" not in text


@pytest.mark.parametrize(
    ("off", "said"),
    [(False, "Then open the link of your invitation again"), (True, "Please ask us by phone for the next date.")],
)
def test_who_has_no_place_any_more_is_not_sent_to_the_dates_on_the_website(off, said):
    text = flat(compose(LetterKind.CANCELLED, session=replace(ORIENTATION, cancelled=off)))

    assert said in text
    assert "on our website" not in text


def test_a_call_about_a_place_that_was_given_up_sends_nobody_to_the_website():
    text = flat(compose(CALL, file_of(email=None), news=LetterKind.CANCELLED))

    assert "You can still come while there is room: say so by phone." in text
    assert "on our website" not in text


def test_nobody_is_told_to_come_on_a_day_that_staff_have_cancelled():
    day = replace(ORIENTATION, cancelled=True)
    text = flat(compose(CALL, file_of(email=None), session=day, news=LetterKind.CANCELLED))

    assert "Please ask us by phone for the next date." in text
    assert "You can still come" not in text
