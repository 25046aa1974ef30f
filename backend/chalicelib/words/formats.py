"""Days and times as each language writes them, through the CLDR data of Babel."""

import re
from datetime import date, datetime

# Luxembourg writes English as Britain does: the day before the month. Any other language goes by its own code.
_LOCALES = {"en": "en_GB"}


def write_day(day: date, language: str) -> str:
    """A day with its month in full: “21 October 2023”, « 1er octobre 2023 », „21. Oktober 2023“."""
    return _written(day, "long", language)


def write_weekday(day: date, language: str) -> str:
    """A day with its weekday: “Saturday 21 October 2023”, „Samstag, 21. Oktober 2023“."""
    return _written(day, "EEEE d MMMM y" if language == "en" else "full", language)


def write_month(day: date, language: str) -> str:
    """The month of a day: “October 2023”, « octobre 2023 », „Oktober 2023“."""
    return _written(day, "LLLL y", language)


def write(value: object, language: str) -> str:
    """A fact as a sentence of `language` shows it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return write_day(value, language)
    return str(value)


def _written(day: date, form: str, language: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - slow to import, and most requests never need it

    written = format_date(day, form, locale=_LOCALES.get(language, language))
    return re.sub(r"\b1 ", "1er ", written) if language == "fr" and day.day == 1 else written
