"""The form by which a resident asks for an individual appointment."""

from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from typing import Any

from wtforms import Form, StringField, TextAreaField

from chalicelib.domain.booking import AppointmentRequest, Person, Wish
from chalicelib.domain.retention import Retention
from chalicelib.forms.fields import (
    AtMost,
    AttendedField,
    EmailField,
    ManyField,
    MatriculeField,
    NameField,
    OneField,
    PhoneField,
    listed,
)
from chalicelib.forms.normal import lines, one_line
from chalicelib.words.catalogues import N_
from chalicelib.words.choices import HALF_DAYS, LANGUAGES

LONGEST_MESSAGE = 500


@dataclass(frozen=True)
class Setting:
    """What the checks of a form depend on: the reader's words, the day in Luxembourg, and rules of the programme."""

    language: str
    words: NullTranslations
    today: date
    retention: Retention
    matricule: str  # optional, required or off


class AppointmentForm(Form):
    """Every field of the appointment form, with its label, limits and checks."""

    first_name = NameField(
        # NOTE: label of a field in the appointment form
        N_("First name"),
        # NOTE: error at the field "First name"
        needed=N_("Enter your first name"),
    )
    surname = NameField(
        # NOTE: label of a field in the appointment form: the family name
        N_("Surname"),
        # NOTE: error at the field "Surname"
        needed=N_("Enter your surname"),
    )
    # NOTE: label of a field in the appointment form: the number of 13 digits, also called matricule
    matricule = MatriculeField(N_("Social security number"))
    # NOTE: label of a field in the appointment form
    phone = PhoneField(N_("Phone number"))
    # NOTE: label of a field in the appointment form
    email = EmailField(N_("E-mail address"))
    # NOTE: heading of the three inputs day, month and year in the appointment form
    attended_on = AttendedField(N_("When did you take part in an information session?"))
    # NOTE: heading of the boxes "Monday morning", "Monday afternoon" and so on
    half_days = ManyField(N_("When could you come?"), choices=listed(HALF_DAYS), default=())
    # NOTE: heading of a choice between English, French, German and Luxembourgish
    meeting_language = OneField(N_("Which language shall we speak?"), choices=listed(LANGUAGES))
    message = TextAreaField(
        # NOTE: label of a large text field in the appointment form
        N_("Is there anything else we should know?"),
        filters=[lines],
        validators=[AtMost(LONGEST_MESSAGE)],
    )
    # NOTE: label of a field that people never see; only robots fill it in
    trap = StringField(N_("Leave this field empty"), filters=[one_line])

    class Meta:
        def get_translations(self, form: Form) -> NullTranslations:
            return self.words  # type: ignore[attr-defined,no-any-return]  # WTForms copies Setting onto Meta

    @classmethod
    def blank(cls, setting: Setting) -> "AppointmentForm":
        return cls._of(None, setting)

    @classmethod
    def read(cls, formdata: Any, setting: Setting) -> "AppointmentForm":
        """The form as posted; `validate()` says whether each answer is good, `request()` what it asks for."""
        return cls._of(formdata, setting)

    @classmethod
    def _of(cls, formdata: Any, setting: Setting) -> "AppointmentForm":
        form = cls(formdata, meta=vars(setting), meeting_language=setting.language)
        if setting.matricule == "off":
            del form.matricule
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        return all([self._reachable(), self._numbered(), good])

    def _reachable(self) -> bool:
        if self.phone.data or self.email.data:
            return True
        # NOTE: error when neither phone nor e-mail was given
        self.phone.errors = [self.phone.gettext("Enter a phone number or an e-mail address")]
        return False

    def _numbered(self) -> bool:
        if self.meta.matricule != "required" or self.matricule.data:
            return True
        # NOTE: error at the field "Social security number", where it is required
        self.matricule.errors = [self.matricule.gettext("Enter your social security number")]
        return False

    def request(self) -> AppointmentRequest:
        """What a valid form asks for, in normal form."""
        person = Person(
            self.first_name.data,
            self.surname.data,
            self.email.data or None,
            self.phone.data or None,
            self.meta.language,
        )
        wish = Wish(tuple(sorted(set(self.half_days.data))), self.meeting_language.data, self.message.data)
        matricule = self.matricule.data or None if "matricule" in self else None
        return AppointmentRequest(person, matricule, self.attended_on.data, wish, doubtful=bool(self.trap.data))
