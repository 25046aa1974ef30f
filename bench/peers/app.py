"""The appointment form with its checks in FastAPI, pydantic and Mangum, as their documentation shows it: the peer."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import boto3
import phonenumbers
from email_validator import EmailNotValidError, validate_email
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape
from mangum import Mangum
from pydantic import AfterValidator, BaseModel, Field, ValidationError
from stdnum import luhn, verhoeff

HALF_DAYS = [f"{day}-{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")]


def read_name(text: str) -> str:
    text = " ".join(text.split())
    if not any(each.isalpha() for each in text):
        raise ValueError("Enter a name")
    return text


def read_phone(text: str) -> str:
    if not text:
        return text
    try:
        number = phonenumbers.parse(text, "LU")
    except phonenumbers.NumberParseException:
        raise ValueError("Check the phone number") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("Check the phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized if text else text
    except EmailNotValidError:
        raise ValueError("Enter an e-mail address in the correct format") from None


def read_matricule(text: str) -> str:
    text = "".join(text.split())
    if text and not (len(text) == 13 and luhn.is_valid(text[:12]) and verhoeff.is_valid(text[:11] + text[12])):
        raise ValueError("Check the social security number")
    return text


def read_half_days(given: list[str]) -> list[str]:
    if set(given) - set(HALF_DAYS):
        raise ValueError("Choose from the list")
    return given


Name = Annotated[str, Field(max_length=100), AfterValidator(read_name)]


class Appointment(BaseModel):
    first_name: Name
    surname: Name
    matricule: Annotated[str, AfterValidator(read_matricule)] = ""
    phone: Annotated[str, AfterValidator(read_phone)] = ""
    email: Annotated[str, AfterValidator(read_email)] = ""
    attended_on: date
    half_days: Annotated[list[str], AfterValidator(read_half_days)] = []
    meeting_language: Annotated[str, Field(pattern="^(en|fr|de|lb)$")] = "en"
    message: Annotated[str, Field(max_length=500)] = ""
    trap: str = ""


app = FastAPI()
templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())
dynamodb = boto3.client("dynamodb")


@app.post("/{lang}/appointments")
async def post(lang: str, request: Request) -> HTMLResponse:
    form = await request.form()
    day = "-".join(f"{form.get(f'attended_on-{part}', '')!s:0>2}" for part in ("year", "month", "day"))
    given: dict[str, Any] = dict(form) | {"half_days": form.getlist("half_days"), "attended_on": day}
    try:
        Appointment.model_validate(given)
    except ValidationError as wrong:
        errors = {str(each["loc"][0]): each["msg"] for each in wrong.errors()}
        page = templates.get_template("form.html").render(lang=lang, given=given, errors=errors, half_days=HALF_DAYS)
        return HTMLResponse(page, status_code=422)
    return HTMLResponse("", status_code=303)


handler = Mangum(app, lifespan="off")
