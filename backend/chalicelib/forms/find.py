"""The form by which staff look somebody up: one field for all that people say of themselves on the phone."""

from wtforms import Form
from wtforms.validators import ValidationError

from chalicelib.domain.desk import Sought
from chalicelib.domain.identity import ALPHABET, LENGTH
from chalicelib.forms.fields import LONGEST_NAME, EmailField, PhoneField
from chalicelib.forms.normal import has_letter
from chalicelib.forms.person import WordedForm
from chalicelib.words.catalogues import N_


class SoughtField(EmailField, PhoneField):
    """A mail address has its sign, a phone number no letter; all else is a name, or a reference."""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        if not self.data or len(self.data) > LONGEST_NAME:
            # NOTE: error at the field of the desk in which staff type whom they look for
            raise ValidationError(self.gettext("Enter whom you look for"))
        if "@" in self.data:
            EmailField.post_validate(self, form, validation_stopped)
        elif not has_letter(self.data):
            PhoneField.post_validate(self, form, validation_stopped)

    def sought(self) -> Sought:
        """What a valid answer says."""
        if "@" in self.data:
            return Sought(email=self.data)
        if not has_letter(self.data):
            return Sought(phone=self.data)
        return Sought(reference=_as_reference(self.data), surname=self.data)


class FindForm(WordedForm):
    """One field, since whoever phones says one thing or another."""

    # NOTE: label of the field of the desk in which staff type whom they look for
    sought = SoughtField(N_("Reference, e-mail address, phone number, or the beginning of the surname"))


def _as_reference(text: str) -> str:
    """With its dash and capitals; empty for what is none."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    is_one = len(signs) == LENGTH and set(signs) <= set(ALPHABET)
    return f"{signs[:4]}-{signs[4:]}" if is_one else ""
