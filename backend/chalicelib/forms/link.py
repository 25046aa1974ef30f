"""The form by which somebody has the link to their own page sent again."""

from typing import Any

from chalicelib.forms import person
from chalicelib.forms.person import WordedForm


class LinkForm(WordedForm):
    """One field, which has to be given."""

    email = person.email()

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and not self.email.data:
            self.email.errors = [self.email.wrong()]
        return good and bool(self.email.data)
