"""What a form said, line by line, in the words of the language that staff read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.booking import Contact, Correction, Person, Wish
from chalicelib.domain.days import Attended
from chalicelib.domain.language import LANGUAGES
from chalicelib.letters.layout import inert, one_line
from chalicelib.words.catalogues import N_, words
from chalicelib.words.choices import HALF_DAYS
from chalicelib.words.choices import LANGUAGES as SPOKEN
from chalicelib.words.formats import write_day, write_language, write_month


@dataclass(frozen=True)
class Line:
    """A label with its colon, and a value; `differs` is what a further form says instead."""

    label: str
    value: str
    differs: str | None = None


def as_stored(contact: Contact, wish: Wish | None, language: str) -> tuple[Line, ...]:
    """What is stored of a person and their wish: neither matricule nor message."""
    return _lines(contact.person, contact.history.attended, wish, language)


def whom_to_call(person: Person, language: str) -> tuple[Line, ...]:
    """The language, the name and the phone number of a person."""
    return _in_words(_name_and_phone(person, language), language)


def person_in_words(person: Person, language: str) -> tuple[Line, ...]:
    """The language, the name and how a person is reached."""
    return _in_words(_person(person, language), language)


def differences(contact: Contact, wish: Wish | None, correction: Correction, language: str) -> tuple[Line, ...]:
    """The lines in which a further form differs from what is stored; one for a session asks about the person alone."""
    if correction.wish is None:
        stored, new = (person_in_words(each.person, language) for each in (contact, correction))
    else:
        stored = as_stored(contact, wish, language)
        new = _lines(correction.person, correction.attended, correction.wish, language)
    pairs = zip(stored, new, strict=True)
    return tuple(Line(old.label, old.value, said.value) for old, said in pairs if old.value != said.value)


def language_in_words(code: str, language: str) -> str:
    """A language by its name in `language`, or else in itself: no office need speak every language of the site."""
    return words(language).gettext(SPOKEN[code]) if code in SPOKEN else LANGUAGES.get(code, code)


def languages_in_words(codes: Sequence[str], language: str) -> str:
    """Languages by their names, such as “French, Portuguese”."""
    named = (
        words(language).gettext(SPOKEN[each]) if each in SPOKEN else write_language(each, language) for each in codes
    )
    return ", ".join(named)


def _lines(person: Person, attended: Attended | None, wish: Wish | None, language: str) -> tuple[Line, ...]:
    said = {
        **_person(person, language),
        **_wish(wish, language),
        # NOTE: before a day or a month, in a letter to staff: when somebody took part; keep the colon
        N_("Information session:"): _attended(attended, language),
    }
    return _in_words(said, language)


def _wish(wish: Wish | None, language: str) -> dict[str, str]:
    if wish is None:
        return {}
    return {
        # NOTE: before the language somebody wants to speak at the appointment, in a letter to staff; keep the colon
        N_("Language of the meeting:"): language_in_words(wish.meeting_language, language),
        # NOTE: before a list such as "Monday morning, Friday afternoon", said to staff or the person; keep the colon
        N_("Possible times:"): _half_days(wish.half_days, language),
    }


def _person(person: Person, language: str) -> dict[str, str]:
    return {
        **_name_and_phone(person, language),
        # NOTE: before a mail address in a letter; keep the colon
        N_("E-mail:"): one_line(person.email or ""),
    }


def _name_and_phone(person: Person, language: str) -> dict[str, str]:
    return {
        # NOTE: before the language of the page on which a form was filled in, in a letter to staff; keep the colon
        N_("Language of the request:"): language_in_words(person.language, language),
        # NOTE: before a value in a letter to staff; keep the colon
        N_("First name:"): inert(person.first_name),
        # NOTE: before a value in a letter to staff; keep the colon
        N_("Surname:"): inert(person.surname),
        # NOTE: before a phone number in a letter; keep the colon
        N_("Phone:"): phone_in_words(person.phone),
    }


def _in_words(said: Mapping[str, str], language: str) -> tuple[Line, ...]:
    # NOTE: after a label such as "Phone:" in a letter to staff, where the form was left empty
    nothing = N_("not given")
    gettext = words(language).gettext
    return tuple(Line(gettext(label), value or gettext(nothing)) for label, value in said.items())


def phone_in_words(number: str | None) -> str:
    """A number as people write it, with the code of its country; empty where there is none."""
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse  # noqa: PLC0415 - slow

    try:
        return str(format_number(parse(number or ""), PhoneNumberFormat.INTERNATIONAL))
    except NumberParseException:
        return one_line(number or "")


def _half_days(keys: tuple[str, ...], language: str) -> str:
    if not keys:
        # NOTE: after "Possible times:" in a letter to staff and on the own page: no half-day was ticked, so each suits
        return words(language).gettext("at any time")
    return ", ".join(words(language).gettext(said) for key, said in HALF_DAYS.items() if key in keys)


def _attended(attended: Attended | None, language: str) -> str:
    if attended is None:
        # NOTE: after "Information session:" in a letter to staff: the person does not know when it was
        return words(language).gettext("not known")
    write = write_day if attended.day else write_month
    return write(attended.first, language)
