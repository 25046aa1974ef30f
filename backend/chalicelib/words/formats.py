"""Days and times as each language writes them, through the CLDR data of Babel."""

from datetime import date, datetime

# Luxembourg writes English as Britain does: the day before the month.
_LOCALES = {"en": "en_GB", "fr": "fr", "de": "de", "lb": "lb"}


def write_day(day: date, language: str) -> str:
    """A day with its month in full: “21 October 2023”, « 1er octobre 2023 », „21. Oktober 2023“."""
    from babel.dates import format_date  # noqa: PLC0415 - slow to import, and most requests never need it

    written = format_date(day, "long", locale=_LOCALES[language])
    return (
        written.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 and written.startswith("1 ") else written
    )


def write_weekday(day: date, language: str) -> str:
    """A day with its weekday: “Saturday 21 October 2023”, „Samstag, 21. Oktober 2023“."""
    from babel.dates import format_date  # noqa: PLC0415 - as above

    weekday = format_date(day, "EEEE", locale=_LOCALES[language])
    comma = "," if language in ("de", "lb") else ""
    return f"{weekday}{comma} {write_day(day, language)}"


def write_month(day: date, language: str) -> str:
    """The month of a day: “October 2023”, « octobre 2023 », „Oktober 2023“."""
    from babel.dates import format_date  # noqa: PLC0415 - as above

    return format_date(day, "LLLL y", locale=_LOCALES[language])


def write(value: object, language: str) -> str:
    """A fact as a sentence of `language` shows it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return write_day(value, language)
    return str(value)
