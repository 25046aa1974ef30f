"""The form by which a resident signs up for an information session or a citizenship course."""

from chalicelib.domain.booking import SignUp
from chalicelib.forms import person
from chalicelib.forms.fields import SessionField
from chalicelib.forms.person import PersonForm
from chalicelib.words.catalogues import N_


class SignUpForm(PersonForm):
    """Every field of the form, with its label, limits and checks."""

    # NOTE: heading of the list of dates from which one chooses
    session = SessionField(N_("Which date suits you?"))
    first_name = person.first_name()
    surname = person.surname()
    phone = person.phone()
    email = person.email()
    needs = person.needs()
    trap = person.trap()

    def request(self) -> SignUp:
        """What a valid form asks for, in normal form."""
        needs = tuple(sorted(set(self.needs.data)))
        return SignUp(self.session.data, self.person(), needs, doubtful=bool(self.trap.data))
