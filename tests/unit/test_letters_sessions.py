"""Who signs up reads when, where, in which language, what happens next, and how to cancel; staff read what to do."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import BookingState
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind
from chalicelib.letters.place import KINDS as PLACES
from tests.examples import NOW, OFFICE_MAIL, PERSON
from tests.letter_examples import BOOKED, CORRECTION, COURSE, FILE, INFORMATION, START, file_of, sign_up, writer

RESERVED, WAITING, REMINDER = LetterKind.RESERVED, LetterKind.IN_LINE, LetterKind.REMINDER
CANCELLED, REQUEST = LetterKind.CANCELLED, LetterKind.STAFF_REQUEST
MOVED = f"{START.isoformat()}#2"
OFF = replace(INFORMATION, cancelled=True)
KNOWN = replace(FILE, corrections=(replace(CORRECTION, reference=BOOKED, wish=None, attended=None),))


def compose(*given, late=False, **said):
    promised, matter = sign_up(*given, **said)
    if late:
        promised = replace(promised, waiting_since=START - timedelta(hours=20))
    return writer(staff__language="en").compose(promised, matter)


def to_staff(kind=REQUEST, file=FILE, mode="open", **facts):
    return writer(mode, **{"staff__language": "en"} | facts).compose(*sign_up(kind, file))


def flat(message):
    return re.sub(r"\s+", " ", message.text)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            (
                "What: Information session",
                "Language: French, Portuguese",
                "When: Saturday 5 December 2026, 10:00 am to 12:00 noon",
                "Where: Example hall, 1 <rue> & place",
            ),
        ),
        (
            "fr",
            (
                "Quoi\u00a0: Séance d’information",
                "Langue\u00a0: français, portugais",
                "Quand\u00a0: samedi 5 décembre 2026, de 10h00 à 12h00",
                "Où\u00a0: Example hall, 1 <rue> & place",
            ),
        ),
        (
            "de",
            (
                "Was: Informationsveranstaltung",
                "Sprache: Französisch, Portugiesisch",
                "Wann: Samstag, 5. Dezember 2026, 10:00 bis 12:00 Uhr",
                "Wo: Example hall, 1 <rue> & place",
            ),
        ),
        (
            "lb",
            (
                "Wat: Informatiounsversammlung",
                "Sprooch: Franséisch, Portugisesch",
                "Wéini: Samschdeg, 5. Dezember 2026, 10:00 bis 12:00 Auer",
                "Wou: Example hall, 1 <rue> & place",
            ),
        ),
    ],
)
@pytest.mark.parametrize("kind", sorted(PLACES))
def test_every_letter_says_what_when_where_and_in_which_language(kind, language, lines):
    message = compose(kind, file_of(language=language))

    assert [line for line in lines if f"{line}\n" not in message.text] == []
    assert "Example hall, 1 &lt;rue&gt; &amp; place" in message.html


@pytest.mark.parametrize("kind", sorted(PLACES - {WAITING}))
def test_a_course_tells_each_meeting_in_the_winter_and_in_the_summer(kind):
    text = compose(kind, session=COURSE).text

    assert "Meeting 1 of 2: Saturday 5 December 2026, 10:00 am to 1:00 pm\nWhere: Example school\n" in text
    assert "Meeting 2 of 2: Thursday 1 July 2027, 2:30 pm to 5:30 pm\nWhere: Example school\n" in text


@pytest.mark.parametrize(
    ("given", "subject", "first"),
    [
        pytest.param(sign_up(RESERVED), "your place is reserved", "Your place is reserved.", id="reserved"),
        pytest.param(
            sign_up(RESERVED, start=MOVED), "your session has changed", "Your session has changed.", id="changed"
        ),
        pytest.param(sign_up(WAITING), "you are on the waiting list", "All places are taken.", id="waiting"),
        pytest.param(sign_up(LetterKind.PLACED), "a place has come free for you", "A place has come free", id="placed"),
        pytest.param(sign_up(REMINDER), "your session is soon", "We remind you", id="reminder"),
        pytest.param(
            sign_up(LetterKind.COURSE_CONFIRMATION, session=COURSE),
            "confirmation of your course",
            "We confirm your place in the course.",
            id="confirmation",
        ),
        pytest.param(sign_up(CANCELLED), "you have cancelled", "You have cancelled:", id="given up"),
        pytest.param(
            sign_up(CANCELLED, session=OFF),
            "the session does not take place",
            "We are sorry: this session does not take place.",
            id="called off",
        ),
    ],
)
def test_the_subject_and_the_first_sentence_say_the_news(given, subject, first):
    message = writer().compose(*given)

    assert message.subject == f"CAI {BOOKED}: {subject}"
    assert message.text.split("\n\n")[1].startswith(first)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*sorted(PLACES), REQUEST, LetterKind.STAFF_CANCELLED])
def test_a_subject_is_short_and_says_no_personal_data(kind, language):
    promised, matter = sign_up(kind, file_of(language=language))

    subject = writer(staff__language=language).compose(promised, matter).subject

    assert BOOKED in subject and len(subject) <= 60
    assert not [typed for typed in (PERSON.first_name, PERSON.surname, PERSON.email, "621") if typed in subject]


@pytest.mark.parametrize(
    ("session", "late", "confirmed", "reminded"),
    [
        pytest.param(INFORMATION, False, False, True, id="information"),
        pytest.param(COURSE, False, True, True, id="course"),
        pytest.param(INFORMATION, True, False, False, id="the reminder comes at once"),
        pytest.param(COURSE, True, False, False, id="all comes at once"),
    ],
)
def test_the_first_letter_says_which_others_come(session, late, confirmed, reminded):
    text = flat(compose(RESERVED, session=session, late=late))

    assert ("We confirm the course by e-mail 5 days before it begins." in text) == confirmed
    assert ("We remind you by e-mail 2 days before the session." in text) == reminded


def test_a_course_asks_to_come_to_every_meeting():
    assert "Please come to every meeting" in compose(RESERVED, session=COURSE).text
    assert "every meeting" not in compose(RESERVED).text


@pytest.mark.parametrize(
    ("file", "later"),
    [
        pytest.param(FILE, "later than that, we phone you.", id="phone"),
        pytest.param(file_of(phone=None), "later than that, we write to you as well", id="no phone"),
    ],
)
def test_who_waits_reads_the_rule_and_their_position_as_of_now(file, later):
    promised, matter = sign_up(WAITING, file)
    next_in_line = replace(matter, session=replace(matter.session, waiting=("c1", "c7")))

    assert "Your position on the waiting list now: 2\n" in writer().compose(promised, matter).text
    text = flat(writer().compose(promised, next_in_line))
    assert "Your position on the waiting list now: 1 " in text
    assert "you get it automatically and we write to you at once. This holds until 48 hours before the session." in text
    assert later in text


@pytest.mark.parametrize("kind", sorted(PLACES - {CANCELLED, LetterKind.MOVED}))
def test_who_cannot_come_finds_the_own_page(kind):
    assert re.search(
        r"If you cannot come So that somebody else can have the place, [^.]* on your own page: https://\S+/my/c1\.",
        flat(compose(kind)),
    )


def test_a_letter_about_a_file_says_that_there_is_one():
    attached = [kind for kind in sorted(PLACES) if compose(kind).calendars]

    said = [kind for kind in sorted(PLACES) if re.search("calendar", compose(kind).text)]
    assert attached == said == sorted(PLACES - {WAITING})


@pytest.mark.parametrize("session", [INFORMATION, OFF], ids=["given up", "called off"])
def test_only_who_cancelled_themselves_is_asked_whether_they_did(session):
    text = flat(compose(CANCELLED, session=session))

    assert ("Then somebody else has cancelled for you." in text) == (session is INFORMATION)


def test_staff_read_who_has_signed_up_for_what():
    message = to_staff()

    assert message.subject == f"CAI {BOOKED}: sign-up (English)"
    for line in (
        "When: Saturday 5 December 2026, 10:00 am to 12:00 noon",
        "First name: Exempla",
        "Phone: +352 621 000 000",
        "E-mail: exempla@example.org",
        "Please delete this e-mail by: Monday 21 December 2026",
    ):
        assert f"{line}\n" in message.text
    assert "Information session: " not in message.text
    assert message.reply_to == PERSON.email and not message.calendars


def test_staff_read_who_waits_and_where_in_the_line():
    _, matter = sign_up(WAITING)

    message = writer(staff__language="en").compose(sign_up(REQUEST)[0], matter)

    assert message.subject == f"CAI {BOOKED}: waiting list (English)"
    assert "Somebody is on the waiting list for a session." in message.text
    assert "Position on the waiting list now: 2\n" in message.text


@pytest.mark.parametrize(
    ("file", "asked"),
    [pytest.param(FILE, False, id="mail"), pytest.param(file_of(email=None), True, id="phone only")],
)
def test_staff_are_asked_to_call_whom_no_letter_reaches(file, asked):
    assert ("Please call: this person has no e-mail address" in to_staff(file=file).text) == asked


def test_staff_read_what_the_form_of_a_known_person_says_differently():
    text = flat(to_staff(file=KNOWN))

    assert "Ask the person before you change anything" in text
    assert "What differs - Language of the request: now “German”, before “English”" in text
    assert "Information session: now" not in text
    assert "What differs" not in to_staff().text


def test_a_further_form_for_a_session_is_told_beside_an_appointment_with_a_wish():
    further = replace(FILE, corrections=(replace(CORRECTION, wish=None, attended=None, sealed_matricule=None),))
    promised, matter = sign_up(REQUEST, further)
    about = replace(promised, about=f"CORRECTION#{CORRECTION.reference}", reference=CORRECTION.reference)

    text = flat(writer(staff__language="en").compose(about, replace(matter, session=None)))

    assert "Somebody who has a request already has sent another form." in text
    assert "First name: now “Exemple”, before “Exempla”" in text
    assert "Possible times: now" not in text


def test_a_resident_with_sign_ups_alone_reads_the_reference_that_stands():
    promised, matter = sign_up(RESERVED, replace(FILE, bookings=()))
    about = replace(promised, kind=LetterKind.RECEIVED, about="CORRECTION#AB2C-9DEF", reference="AB2C-9DEF")

    text = writer().compose(about, replace(matter, session=None)).text

    assert f"Reference of your earlier request: {BOOKED}\n" in text


def test_a_doubtful_sign_up_is_marked():
    promised, matter = sign_up(REQUEST)
    bookings = tuple(replace(each, doubtful=True) for each in matter.file.bookings)
    doubtful = replace(matter, file=replace(matter.file, bookings=bookings))

    assert "the way robots do" in flat(writer(staff__language="en").compose(promised, doubtful))
    assert "robots" not in to_staff().text


@pytest.mark.parametrize("kind", [REQUEST, LetterKind.STAFF_CANCELLED])
def test_a_fact_keeps_people_out_of_the_mail(kind):
    message = to_staff(kind, KNOWN, staff__request_names_person=False)

    words = message.subject + message.text + message.html
    assert not [typed for typed in ("Exempl", "Fictiva", "621", "example.org") if typed in words]
    assert message.reply_to == OFFICE_MAIL
    assert "Language of the request: English\n" in message.text


def test_a_place_that_was_given_up_names_nobody():
    message = to_staff(LetterKind.STAFF_CANCELLED)

    assert not [typed for typed in ("Exempla", "Fictiva", "621") if typed in message.text + message.html]
    assert "You do not have to do anything: whoever is next on the waiting list gets the place." in flat(message)


@pytest.mark.parametrize(
    ("news", "said"),
    [
        pytest.param(LetterKind.PLACED, "- A place has come free, and it is yours. -", id="placed"),
        pytest.param(REMINDER, "- We remind you: your session is soon. -", id="reminder"),
        pytest.param(LetterKind.COURSE_CONFIRMATION, "- We confirm your place in the course. -", id="confirmation"),
        pytest.param(CANCELLED, "- You have cancelled: we no longer keep a place for you. -", id="given up"),
    ],
)
def test_a_call_says_whom_to_tell_what(news, said):
    text = flat(compose(LetterKind.STAFF_CALL, file_of(email=None), news=news))

    assert "What to say " + said in text
    assert "When: Saturday 5 December 2026, 10:00 am to 12:00 noon" in text
    assert "Phone: +352 621 000 000" in text
    assert ("Ask whether the person can come." in text) == (news is not CANCELLED)


def test_a_call_about_a_change_and_about_the_end_say_so():
    moved = compose(LetterKind.STAFF_CALL, file_of(email=None), news=RESERVED, start=MOVED)
    called_off = compose(LetterKind.STAFF_CALL, file_of(email=None), OFF, news=CANCELLED)

    assert "- Your session has changed. Your place stays reserved" in flat(moved)
    assert "- We are sorry: this session does not take place." in flat(called_off)


def test_a_call_long_after_the_form_is_deleted_long_after_it():
    promised, matter = sign_up(LetterKind.STAFF_CALL, file_of(email=None), news=REMINDER)
    later = replace(promised, waiting_since=NOW + timedelta(days=60))

    text = writer(staff__language="en").compose(later, matter).text

    assert "Please delete this e-mail by: Friday 19 February 2027\n" in text


def test_who_gave_up_and_signed_up_anew_keeps_the_event_with_a_higher_sequence():
    _, matter = sign_up(CANCELLED)
    booking = replace(matter.file.booking("info"), revision=2, state=BookingState.CONFIRMED)
    anew = replace(matter, file=replace(matter.file, bookings=(booking,)))

    (before,) = compose(CANCELLED).calendars
    (after,) = writer().compose(sign_up(RESERVED)[0], anew).calendars

    assert re.search("UID:.*", before.content)[0] == re.search("UID:.*", after.content)[0]
    assert "SEQUENCE:5" in before.content and "SEQUENCE:6" in after.content
