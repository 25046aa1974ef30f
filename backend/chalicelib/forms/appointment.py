"""The form by which a resident asks for an individual appointment."""

from typing import Any, Self

from wtforms import TextAreaField

from chalicelib.domain.booking import AppointmentRequest, Wish
from chalicelib.forms import person
from chalicelib.forms.fields import AtMost, AttendedField, ManyField, MatriculeField, OneField, SlotField, listed
from chalicelib.forms.normal import lines
from chalicelib.forms.person import PersonForm, Setting
from chalicelib.words.catalogues import N_
from chalicelib.words.choices import HALF_DAYS, LANGUAGES

LONGEST_MESSAGE = 500


class AppointmentForm(PersonForm):
    """Every field of the appointment form, with its label, limits and checks."""

    first_name = person.first_name()
    surname = person.surname()
    # NOTE: label of a field in the appointment form: the number of 13 digits, also called matricule
    matricule = MatriculeField(N_("Social security number"))
    phone = person.phone()
    email = person.email()
    # NOTE: heading of the three inputs day, month and year in the appointment form
    attended_on = AttendedField(N_("When did you take part in an information session?"))
    # NOTE: heading of the list of dates from which one chooses
    slot = SlotField(N_("Which date suits you?"))
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
    trap = person.trap()

    @classmethod
    def _of(cls, formdata: Any, setting: Setting) -> Self:
        form = cls(formdata, meta=vars(setting), meeting_language=setting.language)
        if setting.matricule == "off":
            del form.matricule
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        return all([super().validate(extra_validators), self._numbered()])

    def _numbered(self) -> bool:
        if self.meta.matricule != "required" or self.matricule.data:
            return True
        # NOTE: error at the field "Social security number", where it is required
        self.matricule.errors = [self.matricule.gettext("Enter your social security number")]
        return False

    def request(self) -> AppointmentRequest:
        """What a valid form asks for, in normal form."""
        wish = Wish(tuple(sorted(set(self.half_days.data))), self.meeting_language.data, self.message.data)
        matricule = self.matricule.data or None if "matricule" in self else None
        slot, doubtful = self.slot.data or None, bool(self.trap.data)
        return AppointmentRequest(self.person(), matricule, self.attended_on.data, wish, doubtful, slot)
