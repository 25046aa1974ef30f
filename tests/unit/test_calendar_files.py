"""Calendar files say what the letters say, as a parser reads them that shares no code with what wrote them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject

from chalicelib.domain.booking import BookingState
from chalicelib.domain.days import LUXEMBOURG
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.news import Matter
from chalicelib.letters.calendar import Calendars
from chalicelib.letters.place import KINDS as PLACES
from chalicelib.programme import facts
from chalicelib.words.catalogues import words
from tests.examples import NOW, OFFICE_MAIL, OFFICE_PHONE, PERSON
from tests.letter_examples import BOOKED, COURSE, FILE, INFORMATION, SLOT, START, SUMMER, file_of, sign_up, writer

DATED = sorted(PLACES - {LetterKind.IN_LINE})
TWO_DAYS = timedelta(days=2)


def files(kind=LetterKind.RESERVED, session=INFORMATION, file=FILE, mode="open"):
    return writer(mode).compose(*sign_up(kind, file, session)).calendars


def read(file):
    return vobject.readOne(file.content)


def events(*given, **changed):
    return [read(file).vevent for file in files(*given, **changed)]


def sequence(revision=1, state=BookingState.CONFIRMED, **session):
    """The SEQUENCE of the one event of a booking."""
    promised, matter = sign_up(LetterKind.RESERVED, session=replace(INFORMATION, **session))
    booking = replace(matter.file.booking("info"), revision=revision, state=state)
    (message,) = writer().compose(promised, replace(matter, file=replace(FILE, bookings=(booking,)))).calendars
    return int(read(message).vevent.sequence.value)


@pytest.mark.parametrize("kind", DATED)
@pytest.mark.parametrize("session", [INFORMATION, COURSE], ids=["one meeting", "two meetings"])
def test_each_meeting_has_a_file_with_its_times_in_luxembourg(session, kind):
    read_back = events(kind, session)

    assert [(each.dtstart.value, each.dtend.value) for each in read_back] == [
        (meeting.start, meeting.end) for meeting in session.meetings
    ]
    assert {each.dtstart.params["X-VOBJ-ORIGINAL-TZID"][0] for each in read_back} == {"Europe/Luxembourg"}
    assert [each.location.value for each in read_back] == [meeting.place for meeting in session.meetings]


def test_summer_and_winter_are_told_apart():
    winter, summer = events(session=COURSE)

    assert (winter.dtstart.value.hour, winter.dtstart.value.utcoffset()) == (10, timedelta(hours=1))
    assert (summer.dtstart.value.hour, summer.dtstart.value.utcoffset()) == (14, timedelta(hours=2))
    assert summer.dtstart.value == SUMMER


def test_the_zone_that_is_sent_along_is_that_of_luxembourg_for_years():
    zone = read(files()[0]).vtimezone.gettzinfo()

    assert zone is not None
    for day in (date(2026, 1, 1) + timedelta(days=number) for number in range(3653)):
        noon = datetime.combine(day, time(12))
        assert noon.replace(tzinfo=zone).utcoffset() == noon.replace(tzinfo=LUXEMBOURG).utcoffset(), day


def test_who_waits_gets_no_file():
    assert files(LetterKind.IN_LINE) == ()


@pytest.mark.parametrize("kind", DATED)
def test_a_file_says_what_a_program_is_to_do_with_it(kind):
    (file,) = files(kind)

    ends = kind in (LetterKind.CANCELLED, LetterKind.MOVED)
    assert file.method == read(file).method.value == ("CANCEL" if ends else "PUBLISH")
    assert read(file).vevent.status.value == ("CANCELLED" if ends else "CONFIRMED")


def test_all_letters_about_a_meeting_have_its_one_uid():
    by_kind = {tuple(each.uid.value for each in events(kind, COURSE)) for kind in DATED}

    (uids,) = by_kind
    assert len(set(uids)) == len(COURSE.meetings)
    assert all(uid.endswith("@forum-cai.example") for uid in uids)


def test_two_people_who_share_a_calendar_have_two_events():
    other = replace(FILE, contact=replace(FILE.contact, id="c2"))

    assert events()[0].uid.value != events(file=other)[0].uid.value


def test_the_sequence_grows_with_whatever_happens():
    life = [
        sequence(),
        sequence(version=2),
        sequence(version=2, state=BookingState.CANCELLED),
        sequence(version=2, revision=2),
        sequence(version=3, revision=2),
        sequence(version=4, revision=2, state=BookingState.CANCELLED, cancelled=True),
        sequence(version=4, revision=3),
    ]

    assert life == sorted(set(life))


def test_the_same_letter_written_twice_has_the_same_files():
    assert files() == files()
    assert {each.dtstamp.value for each in events()} == {NOW}


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        ("en", "CAI – Citizenship course (1/2)"),
        ("fr", "CAI – Cours d’instruction civique (1/2)"),
        ("de", "CAI – Bürgerkunde-Kurs (1/2)"),
        ("lb", "CAI – Civiquescours (1/2)"),
    ],
)
def test_an_event_is_named_in_the_language_of_the_resident(language, summary):
    first, second = events(session=COURSE, file=file_of(language=language))

    assert (first.summary.value, second.summary.value) == (summary, summary.replace("1/2", "2/2"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_says_the_reference_and_whom_to_reach_and_no_more_of_a_person(language):
    (file,) = files(file=file_of(language=language))

    event = read(file).vevent
    assert BOOKED in event.description.value and OFFICE_PHONE in event.description.value
    assert event.organizer.value == f"mailto:{OFFICE_MAIL}"
    assert event.contents["class"][0].value == "PRIVATE"
    unfolded = file.content.replace("\r\n ", "")
    for personal in (PERSON.first_name, PERSON.surname, PERSON.email, "621", "/my/", "http", "ATTENDEE"):
        assert personal not in unfolded


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demonstration_says_so_in_name_and_description(language):
    (shown,), (kept,) = (events(file=file_of(language=language), mode=mode) for mode in ("demonstration", "open"))

    assert shown.summary.value.startswith(kept.summary.value) and shown.summary.value.endswith(")")
    assert shown.description.value.endswith(kept.description.value)
    assert "emonstrati" in shown.description.value.replace("émo", "emo")


def test_the_lines_of_a_file_are_short_and_end_as_the_standard_asks():
    (file,) = files(session=replace(INFORMATION, meetings=(replace(INFORMATION.meetings[0], place="é, ; \\ " * 40),)))

    assert max(len(line.encode()) for line in file.content.split("\r\n")) <= 75
    assert "\n" not in file.content.replace("\r\n", "")
    assert read(file).vevent.location.value == ("é, ; \\ " * 40).strip()


def test_the_own_page_has_all_meetings_in_one_file():
    _, matter = sign_up(LetterKind.RESERVED, session=COURSE)
    calendars = Calendars(facts.load(), "https://forum-cai.example", "open")

    written = calendars.of_booking(matter, COURSE, matter.file.booking("course"), NOW + TWO_DAYS)

    found = vobject.readOne(written).vevent_list
    assert [each.uid.value for each in found] == [each.uid.value for each in events(session=COURSE)]
    assert {each.dtstamp.value for each in found} == {datetime(2026, 11, 23, 9, 30, tzinfo=UTC)}


def test_a_letter_about_no_booking_has_no_file():
    promised, _ = sign_up(LetterKind.RESERVED)

    assert writer().compose(promised, Matter(FILE, INFORMATION)).calendars == ()


MOVED = f"{START.isoformat()}#2"
SHORTER = replace(COURSE, meetings=COURSE.meetings[:1], dropped=COURSE.meetings[1:], version=2)


def test_a_meeting_that_is_dropped_is_taken_from_the_calendar():
    before = events(session=COURSE)

    kept, dropped = writer().compose(*sign_up(LetterKind.RESERVED, session=SHORTER, start=MOVED)).calendars

    assert (kept.method, dropped.method) == ("PUBLISH", "CANCEL")
    assert [read(each).vevent.uid.value for each in (kept, dropped)] == [each.uid.value for each in before]
    assert read(dropped).vevent.status.value == "CANCELLED"
    assert read(dropped).vevent.dtstart.value == SUMMER
    assert all(int(read(kept).vevent.sequence.value) > int(each.sequence.value) for each in before)
    assert int(read(dropped).vevent.sequence.value) > int(before[1].sequence.value)


def test_a_meeting_that_comes_back_comes_back_to_the_calendar():
    dropped = writer().compose(*sign_up(LetterKind.RESERVED, session=SHORTER, start=MOVED)).calendars[1]

    back = events(session=replace(COURSE, version=3))[1]

    assert back.uid.value == read(dropped).vevent.uid.value
    assert int(back.sequence.value) > int(read(dropped).vevent.sequence.value)


def test_who_signs_up_later_reads_nothing_of_a_meeting_that_was_dropped():
    assert [file.method for file in files(session=SHORTER)] == ["PUBLISH"]


def test_whoever_cancels_loses_every_meeting_also_a_dropped_one():
    assert [file.method for file in files(LetterKind.CANCELLED, SHORTER)] == ["CANCEL", "CANCEL"]


def test_a_date_that_an_appointment_has_left_is_taken_from_the_calendar():
    told, matter = sign_up(LetterKind.APPOINTMENT, session=SLOT)
    (set_,) = writer().compose(told, matter).calendars
    moved_on = replace(matter.file.appointment, revision=2, slot="another", state=BookingState.CONFIRMED)
    left = replace(matter, file=replace(matter.file, bookings=(moved_on,)))

    (gone,) = writer().compose(replace(told, kind=LetterKind.MOVED, revision=2), left).calendars

    assert (set_.method, gone.method) == ("PUBLISH", "CANCEL")
    assert read(set_).vevent.uid.value == read(gone).vevent.uid.value
    assert int(read(gone).vevent.sequence.value) > int(read(set_).vevent.sequence.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appointment_is_named_in_the_language_of_the_resident(language):
    (event,) = events(LetterKind.APPOINTMENT, SLOT, file_of(language=language))

    assert event.summary.value == f"CAI – {words(language).gettext('Individual appointment')}"
