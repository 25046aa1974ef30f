"""The forms of residents as staff fill them in for who phones or writes: they ask in which language we write."""

from dataclasses import asdict, replace
from typing import Self

from chalicelib.domain.booking import Person
from chalicelib.forms.appointment import AppointmentForm
from chalicelib.forms.fields import OneField, listed
from chalicelib.forms.person import PersonForm, Setting, email, first_name, phone, surname
from chalicelib.forms.sign_up import SignUpForm
from chalicelib.words.catalogues import N_
from chalicelib.words.choices import LANGUAGES


class _ForCaller(PersonForm):
    # NOTE: heading of a choice of languages, on a form that staff fill in for somebody who phones
    letters_in = OneField(N_("In which language do we write to the person?"), choices=listed(LANGUAGES))

    def person(self) -> Person:
        return replace(super().person(), language=self.letters_in.data)


class CorrectedPersonForm(_ForCaller):
    """Who a person is and how they are reached, as staff correct it."""

    first_name = first_name()
    surname = surname()
    phone = phone()
    email = email()

    @classmethod
    def of(cls, person: Person, setting: Setting) -> Self:
        """The form with what is stored."""
        return cls(None, data={**asdict(person), "letters_in": person.language}, meta=vars(setting))


class CallerRequestForm(_ForCaller, AppointmentForm):
    """The appointment form, with the language of the letters."""


class CallerSignUpForm(_ForCaller, SignUpForm):
    """The form to sign up for a session, with the language of the letters."""
