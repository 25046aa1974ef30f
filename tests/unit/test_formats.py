"""Times of day, meetings and languages stand as the reader writes them; the times are Luxembourg's, all year."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.session import Meeting, SessionKind
from chalicelib.words.choices import SESSIONS
from chalicelib.words.formats import write_language, write_meeting, write_time

WINTER = Meeting(datetime(2026, 12, 5, 9, tzinfo=UTC), datetime(2026, 12, 5, 11, tzinfo=UTC), "Hall")
SUMMER = Meeting(datetime(2027, 7, 1, 12, 30, tzinfo=UTC), datetime(2027, 7, 1, 15, 45, tzinfo=UTC), "Hall")
LATE = Meeting(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), datetime(2027, 1, 1, 1, tzinfo=UTC), "Hall")


@pytest.mark.parametrize(
    ("language", "winter", "summer"),
    [
        ("en", "Saturday 5 December 2026, 10:00 am to 12:00 noon", "Thursday 1 July 2027, 2:30 pm to 5:45 pm"),
        ("fr", "samedi 5 décembre 2026, de 10h00 à 12h00", "jeudi 1er juillet 2027, de 14h30 à 17h45"),
        ("de", "Samstag, 5. Dezember 2026, 10:00 bis 12:00 Uhr", "Donnerstag, 1. Juli 2027, 14:30 bis 17:45 Uhr"),
        ("lb", "Samschdeg, 5. Dezember 2026, 10:00 bis 12:00 Auer", "Donneschdeg, 1. Juli 2027, 14:30 bis 17:45 Auer"),
    ],
)
def test_a_meeting_is_written_as_its_reader_writes_it(language, winter, summer):
    assert write_meeting(WINTER, language) == winter
    assert write_meeting(SUMMER, language) == summer


def test_a_meeting_after_midnight_is_on_the_day_that_it_is_in_luxembourg():
    assert write_meeting(LATE, "en") == "Friday 1 January 2027, 12:30 am to 2:00 am"


def test_a_language_without_words_of_its_own_writes_times_as_cldr_does():
    assert write_time(WINTER.start, "pt") == "10:00"


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("pt", "en", "Portuguese"),
        ("pt", "fr", "portugais"),
        ("zh", "de", "Chinesisch"),
        ("es", "lb", "Spuenesch"),
        ("xx", "en", "xx"),
    ],
)
def test_a_language_has_a_name_of_its_own_in_each(code, language, name):
    assert write_language(code, language) == name


def test_each_kind_of_session_has_a_name():
    assert set(SESSIONS) == {kind.value for kind in SessionKind}
    assert all(write_language("pt", language) != "pt" for language in LANGUAGES)
