"""Plainly fictitious requests that tests start from."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from chalicelib.domain.booking import AppointmentRequest, Person, Wish
from chalicelib.domain.days import Attended
from chalicelib.programme import facts

# As pages and letters show it: nothing else in tests says a fact that may change.
OFFICE_PHONE, OFFICE_HOURS, OFFICE_MAIL = (facts.load().text(f"contact.{name}") for name in ("phone", "hours", "email"))

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

PERSON = Person("Exempla", "Fictiva", "exempla@example.org", "+352621000000", "en")
REQUEST = AppointmentRequest(
    PERSON, "1990093012358", Attended(2026, 10, 12), Wish(("mon-am", "thu-pm"), "fr", "A message of a test")
)

FORM = {
    "first_name": "Exempla",
    "surname": "Fictiva",
    "matricule": "1990 0930 12358",
    "phone": "621 000 000",
    "email": "exempla@example.org",
    "attended_on-day": "12",
    "attended_on-month": "10",
    "attended_on-year": "2026",
    "half_days": ["mon-am", "thu-pm"],
    "meeting_language": "fr",
    "message": "A message of a test",
    "trap": "",
}


def by(request: AppointmentRequest, **changes: str | None) -> AppointmentRequest:
    """The same request by a person with other data."""
    return replace(request, person=replace(request.person, **changes))


def body(**changes: object) -> bytes:
    """The form as a browser posts it, with changes; a name with None is left out. `-` of a name is written `__`."""
    fields = FORM | {name.replace("__", "-"): value for name, value in changes.items()}
    return urlencode({name: value for name, value in fields.items() if value is not None}, doseq=True).encode()
