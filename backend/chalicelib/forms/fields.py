"""Fields and checks that forms share: phone, mail, matricule, a session, the day of the information session."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import Field, Form, RadioField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import StopValidation, ValidationError

from chalicelib.domain import matricule
from chalicelib.domain.days import Attended
from chalicelib.domain.retention import Retention
from chalicelib.domain.session import SESSION_ID
from chalicelib.forms.normal import digits, has_letter, one_line, part_of_date

LONGEST_NAME = 100


class Readable:
    """The answer needs at least a letter; `sentence` asks for it."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Form, field: Field) -> None:
        if not has_letter(field.data or ""):
            raise StopValidation(field.gettext(self.sentence))


class AtMost:
    """The answer has at most `most` characters."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Form, field: Field) -> None:
        if len(field.data or "") > self.most:
            # NOTE: error at a text field; %(most)d is a number
            shorter = field.gettext("Shorten this answer to %(most)d characters or fewer")
            raise ValidationError(shorter % {"most": self.most})


class LineField(StringField):
    """One line without what cannot be seen; its checks leave the normal form in `data`."""

    data: str

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, filters=[one_line], **settings)


class NameField(LineField):
    """A name in any script."""

    def __init__(self, *args: Any, needed: str, **settings: Any) -> None:
        super().__init__(*args, validators=[Readable(needed), AtMost(LONGEST_NAME)], **settings)


class EmailField(LineField):
    """A mail address; `data` is its normal form once it is valid."""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - only a post needs it

        if not self.data:
            return
        try:
            self.data = validate_email("".join(self.data.split()).strip(".,;"), check_deliverability=False).normalized
        except EmailNotValidError as wrong:
            raise ValidationError(self.wrong()) from wrong

    def wrong(self) -> str:
        # NOTE: error at the field "E-mail address"
        return str(self.gettext("Enter an e-mail address in the correct format, like name@example.com"))


class PhoneField(LineField):
    """A phone number, of Luxembourg unless it starts with another country's code; `data` is E.164 once it is valid."""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        import phonenumbers  # noqa: PLC0415 - only a post needs it

        if not self.data:
            return
        try:
            number = phonenumbers.parse(self.data.replace("(0)", ""), "LU")
        except phonenumbers.NumberParseException as wrong:
            raise ValidationError(self._sentence()) from wrong
        # Luxembourg has no trunk zero: a leading one is another country's number without its code.
        trunk_zero = number.country_code == 352 and number.italian_leading_zero
        if trunk_zero or number.extension or not phonenumbers.is_possible_number(number):
            raise ValidationError(self._sentence())
        self.data = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def _sentence(self) -> str:
        # NOTE: error at the field "Phone number"
        sentence = self.gettext("Check the phone number. A number of another country starts with its code, such as +33")
        return str(sentence)


class MatriculeField(StringField):
    """A social security number of a person, 13 digits; empty is a good answer unless the form says otherwise."""

    data: str

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        self.data = digits(self.data)
        if not self.data:
            return
        if len(self.data) != matricule.LENGTH:
            # NOTE: error at the field "Social security number"
            raise ValidationError(self.gettext("Enter all 13 digits of the social security number"))
        if not matricule.is_valid(self.data):
            raise ValidationError(
                # NOTE: error at the field "Social security number"
                self.gettext("Check the social security number: the digits do not fit together. Or leave it empty")
            )


def listed(words: Mapping[str, str]) -> list[SelectChoice]:
    """The choices of a field: each value with its words."""
    return [SelectChoice(value, label) for value, label in words.items()]


class OneField(RadioField):
    """One of a list."""

    def pre_validate(self, form: Form) -> None:
        _only_listed(self, [self.data])


class SessionField(LineField):
    """The id of a session; whether it can be had is for the store to say, since an older page may show it."""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        if not self.data:
            # NOTE: error where one chooses the date of a session
            raise ValidationError(self.gettext("Choose a date"))
        if not SESSION_ID.fullmatch(self.data):
            raise ValidationError(self.gettext("Choose from the list"))


class SlotField(LineField):
    """The id of a free date for an appointment, or nothing where none suits; whether it is free is for the store."""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        if self.data and not SESSION_ID.fullmatch(self.data):
            raise ValidationError(self.gettext("Choose from the list"))


class ManyField(SelectMultipleField):
    """Any number of a list, also none."""

    def pre_validate(self, form: Form) -> None:
        _only_listed(self, self.data)


class AttendedField(Field):
    """The day of the information session: three inputs and a box for "not sure"; `data` is Attended or None."""

    PARTS = ("day", "month", "year")

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.parts: Mapping[str, str] = dict.fromkeys(self.PARTS, "")
        self.unsure = False
        self.too_long_ago = False

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors: list[str] = []
        self.data: Attended | None = None
        if formdata is not None:
            self.parts = {part: _first(formdata, f"{self.name}-{part}") for part in self.PARTS}
            self.unsure = bool(_first(formdata, f"{self.name}-unsure"))

    def pre_validate(self, form: Form) -> None:
        if not any(self.parts.values()):
            if self.unsure:
                return
            raise ValidationError(
                # NOTE: error at the date of the information session; “I am not sure” is the box under it
                self.gettext("Enter when you took part in an information session, or tick “I am not sure”")
            )
        self.data = self._read()
        self._judge(self.data, form.meta.today, form.meta.retention)

    def _read(self) -> Attended:
        day, month, year = (part_of_date(self.parts[part]) for part in self.PARTS)
        if not (month and year):
            # NOTE: error at the date of the information session
            raise ValidationError(self.gettext("The information session needs a month and a year"))
        try:
            if len(year) != 4:
                raise ValueError(year)
            return Attended.read("-".join(part for part in (year, month, day) if part))
        except ValueError as wrong:
            raise ValidationError(
                # NOTE: error at the date of the information session; the examples are day month year
                self.gettext("The information session needs a real date, like 27 3 2026 or 3 2026")
            ) from wrong

    def _judge(self, attended: Attended, today: date, retention: Retention) -> None:
        if attended.first > today:
            # NOTE: error at the date of the information session
            raise ValidationError(self.gettext("The information session must be in the past"))
        if retention.attended_too_long_ago(attended, today):
            self.too_long_ago = True
            raise ValidationError(
                # NOTE: error at the date of the information session
                self.gettext("Your information session was too long ago. Please take part in a new one first")
            )


def _only_listed(field: Any, values: list[str]) -> None:
    if not {choice.value for choice in field.choices}.issuperset(values):
        # NOTE: error at a list of boxes or choices, when something else was sent
        raise ValidationError(field.gettext("Choose from the list"))


def _first(formdata: Any, name: str) -> str:
    values = formdata.getlist(name)
    return one_line(values[0]) if values else ""
