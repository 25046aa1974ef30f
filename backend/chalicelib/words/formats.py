"""Days and times as each language writes them, through the CLDR data of Babel."""

import re
from datetime import date, datetime, time

from chalicelib.domain.days import LUXEMBOURG, day_in_luxembourg
from chalicelib.domain.session import Meeting
from chalicelib.words.catalogues import words

# Luxembourg writes English as Britain does: the day before the month. Any other language goes by its own code.
_LOCALES = {"en": "en_GB"}

# Hours as the opening hours of facts.toml are written; any other language goes by CLDR.
_HOURS = {"en": "h:mm a", "fr": "H'h'mm"}

# Half of those who read “12:00 pm” take it for midnight.
_NOON = {"en": "h:mm b"}


def write_day(day: date, language: str) -> str:
    """A day with its month in full: “21 October 2023”, « 1er octobre 2023 », „21. Oktober 2023“."""
    return _written(day, "long", language)


def write_weekday(day: date, language: str) -> str:
    """A day with its weekday: “Saturday 21 October 2023”, „Samstag, 21. Oktober 2023“."""
    return _written(day, "EEEE d MMMM y" if language == "en" else "full", language)


def write_month(day: date, language: str) -> str:
    """The month of a day: “October 2023”, « octobre 2023 », „Oktober 2023“."""
    return _written(day, "LLLL y", language)


def write_time(moment: datetime, language: str) -> str:
    """The time of day in Luxembourg at an aware `moment`: “10:00 am”, “12:00 noon”, « 10h00 », „10:00“."""
    from babel.dates import format_time  # noqa: PLC0415 - slow to import, and most requests never need it

    is_noon = moment.astimezone(LUXEMBOURG).time() == time(12)
    hours = (is_noon and _NOON.get(language)) or _HOURS.get(language, "short")
    return format_time(moment, hours, LUXEMBOURG, _LOCALES.get(language, language))


def write_meeting(meeting: Meeting, language: str) -> str:
    """Day and hours in Luxembourg: “Saturday 5 December 2026, 10:00 am to 12:00 noon”."""
    # NOTE: when a meeting takes place: a day such as "Saturday 5 December 2026" and two times of day
    written = words(language).gettext("%(day)s, %(start)s to %(end)s")
    return written % {
        "day": write_weekday(day_in_luxembourg(meeting.start), language),
        "start": write_time(meeting.start, language),
        "end": write_time(meeting.end, language),
    }


def write_language(code: str, language: str) -> str:
    """The name of a language within a sentence: “Portuguese”, « portugais »; its code where CLDR has none."""
    from babel import Locale  # noqa: PLC0415 - slow to import, and most requests never need it

    return str(Locale.parse(_LOCALES.get(language, language)).languages.get(code, code))


def write(value: object, language: str) -> str:
    """A fact as a sentence of `language` shows it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return write_day(value, language)
    return str(value)


def _written(day: date, form: str, language: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - slow to import, and most requests never need it

    written = format_date(day, form, locale=_LOCALES.get(language, language))
    return re.sub(r"\b1 ", "1er ", written) if language == "fr" and day.day == 1 else written
