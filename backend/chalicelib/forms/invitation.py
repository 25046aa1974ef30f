"""The form by which somebody accepts the invitation to an orientation day: we know who it is."""

from chalicelib.forms import person
from chalicelib.forms.person import WordedForm


class InvitationForm(WordedForm):
    """Its one field, with its label and check."""

    needs = person.needs()

    def said(self) -> tuple[str, ...]:
        """What the person needs there, in normal form."""
        return tuple(sorted(set(self.needs.data)))
