"""The forms of residents as staff fill them in for who phones or writes: they ask in which language we write."""

from dataclasses import replace

from chalicelib.domain.booking import Person
from chalicelib.forms.appointment import AppointmentForm
from chalicelib.forms.fields import OneField, listed
from chalicelib.forms.person import PersonForm
from chalicelib.forms.sign_up import SignUpForm
from chalicelib.words.catalogues import N_
from chalicelib.words.choices import LANGUAGES


class _ForCaller(PersonForm):
    # NOTE: heading of a choice of languages, on a form that staff fill in for somebody who phones
    letters_in = OneField(N_("In which language do we write to the person?"), choices=listed(LANGUAGES))

    def person(self) -> Person:
        return replace(super().person(), language=self.letters_in.data)


class CallerRequestForm(_ForCaller, AppointmentForm):
    """The appointment form, with the language of the letters."""


class CallerSignUpForm(_ForCaller, SignUpForm):
    """The form to sign up for a session, with the language of the letters."""
