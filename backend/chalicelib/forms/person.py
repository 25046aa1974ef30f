"""What every form asks of a person: the name and a way to reach them."""

from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from typing import Any, Self

from wtforms import Form, StringField

from chalicelib.domain.booking import Person
from chalicelib.domain.retention import Retention
from chalicelib.forms.fields import EmailField, ManyField, NameField, PhoneField, listed
from chalicelib.forms.normal import one_line
from chalicelib.words.catalogues import N_
from chalicelib.words.choices import NEEDS


@dataclass(frozen=True)
class Setting:
    """What the checks of a form depend on: the reader's words, the day in Luxembourg, and rules of the programme."""

    language: str
    words: NullTranslations
    today: date
    retention: Retention
    matricule: str  # optional, required or off


def first_name() -> Any:
    return NameField(
        # NOTE: label of a field in the appointment form
        N_("First name"),
        # NOTE: error at the field "First name"
        needed=N_("Enter your first name"),
    )


def surname() -> Any:
    return NameField(
        # NOTE: label of a field in the appointment form: the family name
        N_("Surname"),
        # NOTE: error at the field "Surname"
        needed=N_("Enter your surname"),
    )


def phone() -> Any:
    # NOTE: label of a field in the appointment form
    return PhoneField(N_("Phone number"))


def email() -> Any:
    # NOTE: label of a field in the appointment form
    return EmailField(N_("E-mail address"))


def trap() -> Any:
    # NOTE: label of a field that people never see; only robots fill it in
    return StringField(N_("Leave this field empty"), filters=[one_line])


def needs() -> Any:
    # NOTE: heading of boxes such as "Access without steps"
    return ManyField(N_("What do you need there?"), choices=listed(NEEDS), default=())


class WordedForm(Form):
    """A form whose labels and errors are in the words of its reader."""

    class Meta:
        def get_translations(self, form: Form) -> NullTranslations:
            return self.words  # type: ignore[attr-defined,no-any-return]  # WTForms copies Setting onto Meta

    @classmethod
    def blank(cls, setting: Setting) -> Self:
        return cls._of(None, setting)

    @classmethod
    def read(cls, formdata: Any, setting: Setting) -> Self:
        """The form as posted; `validate()` says whether each answer is good, `request()` what it asks for."""
        return cls._of(formdata, setting)

    @classmethod
    def _of(cls, formdata: Any, setting: Setting) -> Self:
        return cls(formdata, meta=vars(setting))


class PersonForm(WordedForm):
    """A form with the five fields above; each form says where they stand, since WTForms keeps that order."""

    def validate(self, extra_validators: Any = None) -> bool:
        # Each is asked, so that all errors are shown at once.
        return all([super().validate(extra_validators), self._reachable()])

    def _reachable(self) -> bool:
        if self.phone.data or self.email.data:
            return True
        # NOTE: error when neither phone nor e-mail was given
        self.phone.errors = [self.phone.gettext("Enter a phone number or an e-mail address")]
        return False

    def person(self) -> Person:
        """Who a valid form is from, in normal form."""
        return Person(
            self.first_name.data,
            self.surname.data,
            self.email.data or None,
            self.phone.data or None,
            self.meta.language,
        )
