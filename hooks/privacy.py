"""The tables and lists of the data protection page, made from the forms, the stored attributes and the periods."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Literal

from babel.dates import format_timedelta

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.retention import Retention
from chalicelib.forms.appointment import AppointmentForm
from chalicelib.forms.person import PersonForm
from chalicelib.forms.sign_up import SignUpForm
from chalicelib.programme import periods, stored
from chalicelib.programme.stored import Stored
from chalicelib.web.pages import setting
from chalicelib.web.request import FormData
from chalicelib.words.catalogues import words
from chalicelib.words.privacy import ASKED, FREE, INSTEAD, NEEDED, NOTED, RULES

# Nobody sees the trap: what it leaves is among the things that are noted.
_UNSEEN = "trap"

Row = tuple[str, ...]


@dataclass(frozen=True)
class Privacy:
    """What the page in one language writes: `{{ privacy.asked() }}` gives the rows of a table in Markdown."""

    language: str

    def asked(self) -> str:
        return _rows(asked(empty_form(self.language), stored.load(), self.language))

    def asked_to_sign_up(self) -> str:
        return _rows(asked(empty_form(self.language, SignUpForm), stored.load(), self.language))

    def noted(self) -> str:
        return _rows(noted(stored.load(), self.language))

    def periods(self) -> str:
        return "\n".join(f"- {sentence}" for sentence in rules(periods.retention(), self.language))

    def warning(self) -> str:
        return _period(periods.retention().warning.days, "day", self.language)


def empty_form(language: str, form: type[PersonForm] = AppointmentForm) -> PersonForm:
    """The form as sent by somebody who filled in nothing: its errors are what has to be given."""
    sent = form.read(FormData({}), setting(language, date.min))
    sent.validate()
    return sent


def asked(form: PersonForm, stored: Stored, language: str) -> list[Row]:
    """Each field with its label, what for, and whether it has to be given.

    Raises ConfigurationError, naming the field, where nobody says what it is for.
    """
    _ = words(language).gettext
    fields = [field for field in form if field.name != _UNSEEN]
    return [(_(field.label.text), _(_what_for(field.name, stored)), _(_need(field.name, form))) for field in fields]


def noted(stored: Stored, language: str) -> list[Row]:
    """What else is stored of a person, and what for. Raises ConfigurationError, naming the attribute without words."""
    _ = words(language).gettext
    used = _purposes_beside_the_answers(stored)
    if wordless := sorted(set(used) - set(NOTED)):
        raise ConfigurationError(f"words/privacy.py: NOTED lacks {wordless[0]}, the purpose of {used[wordless[0]]}")
    return [(_(data), _(purpose)) for key, (data, purpose) in NOTED.items() if key in used]


def rules(retention: Retention, language: str) -> list[str]:
    """How long a contact is kept under each rule. Raises ConfigurationError, naming a rule without words."""
    _ = words(language).gettext
    if wordless := sorted(set(retention.years) - set(RULES)):
        raise ConfigurationError(f"words/privacy.py: RULES lacks {wordless[0]}, a rule of retention.toml")
    contract = _period(retention.contract_years, "year", language)
    return [
        _(RULES[rule]) % {"kept": _period(years, "year", language), "contract": contract}
        for rule, years in retention.years.items()
    ]


def _what_for(field: str, stored: Stored) -> str:
    purpose = stored.purpose_of_answer(field)
    if purpose not in ASKED:
        raise ConfigurationError(f"words/privacy.py: ASKED lacks {purpose}, the purpose of the field {field}")
    return ASKED[purpose]


def _need(field: str, form: PersonForm) -> str:
    return INSTEAD.get(field, NEEDED if field in form.errors else FREE)


def _purposes_beside_the_answers(stored: Stored) -> dict[str, str]:
    """Each purpose with one of the attributes that have it."""
    shown = {attribute for field, attribute in stored.answers.items() if field != _UNSEEN}
    return {
        purpose: f"{kind.name}.{attribute}"
        for kind in stored.kinds.values()
        for attribute, purpose in kind.personal.items()
        if attribute not in shown
    }


def _rows(rows: list[Row]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _period(number: int, unit: Literal["year", "day"], language: str) -> str:
    """Such as “2 years”, never parted at the end of a line."""
    # Babel's format_unit says “2 year” in languages whose long form is the short one, Portuguese among them.
    long = number * (timedelta(days=365) if unit == "year" else timedelta(days=1))
    return format_timedelta(long, granularity=unit, threshold=inf, locale=language).replace(" ", "\u00a0")
