"""Takes the form of somebody who phones or writes, as if they had sent it; the desk notes who did."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.booking import AppointmentRequest, SignUp
from chalicelib.domain.desk import Act, Deed
from chalicelib.usecases.admit import Office
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_up import sign_up


def request_for_caller(form: AppointmentRequest, contact_id: str, who: str, desk: BackOffice, now: datetime) -> str:
    """The reference of the request. As `request_appointment` otherwise."""
    return request_appointment(form, _noting(Act.TOOK_REQUEST, who, desk, now), contact_id, now).reference


def sign_up_caller(form: SignUp, contact_id: str, who: str, desk: BackOffice, now: datetime) -> str:
    """The reference of the place. As `sign_up` otherwise."""
    return sign_up(form, _noting(Act.SIGNED_UP, who, desk, now), contact_id, now).reference


def _noting(act: Act, who: str, desk: BackOffice, now: datetime) -> Office:
    return replace(desk.office, noting=lambda reference: desk.audit.note(Deed(now, who, act, reference)))
