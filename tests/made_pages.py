"""The pages that the API makes, as a browser receives them."""

import re
from collections.abc import Iterator
from secrets import token_hex

from chalicelib.domain.language import DESK_LANGUAGES
from tests.examples import body
from tests.service import Service
from tests.staff import COLLEAGUE, Staff, ask_for_link, somebody

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def made_pages(service: Service, language: str) -> Iterator[tuple[str, str]]:
    """Each kind of page in `language` with its name, those of the staff desk in its languages."""
    yield "errors", _post(service, language, first_name="", matricule="1", email="x", attended_on__year="2020")
    somebody = token_hex(4)  # whose letter is found again, however often these pages are made
    receipt = _post(service, language, first_name=f"Valida {somebody}", email=f"valida-{somebody}@example.org")
    yield "receipt", receipt
    yield "problem", service.get(f"/api/{language}/receipts/none").text
    own_page = _link(service, re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1])
    yield "own page", service.get(own_page).text
    yield "erased", service.post(own_page, b"act=erase", headers=FORM).text
    if language in DESK_LANGUAGES:
        yield from _desk(service, language)
    yield "answer", service.post(f"/api/{language}/eligibility", {"age": "young"}, headers=FORM).text


def _post(service: Service, language: str, **changes: object) -> str:
    return service.post(f"/api/{language}/appointments", body(**changes), headers=FORM).text


def _link(service: Service, reference: str) -> str:
    """The path of the own page, from the letter about a request."""
    received = next(each for each in service.inbox() if each["kind"] == "received" and reference in each["subject"])
    return re.search(r"^\S+?(/api/\S+/my/\S+)$", received["text"], re.MULTILINE)[1]


def _desk(service: Service, language: str) -> Iterator[tuple[str, str]]:
    """The pages of the staff desk, with a call to make."""
    receipt = _post(service, language, first_name=f"Vocanda {token_hex(4)}", email=None)
    reference = re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1]
    staff, nobody = somebody(service), Staff(service)
    link = ask_for_link(service, language, COLLEAGUE)
    yield "sign-in", nobody.get(f"{language}/sign-in").text
    yield "sign-in again", nobody.post(f"{language}/sign-in", {"address": "x"}).text
    yield "link sent", nobody.post(f"{language}/sign-in", {"address": "nobody@example.org"}).text
    yield "link", service.get(link).text
    yield "link over", nobody.get(f"{language}/sign-in/none").text
    yield "signed out", nobody.post(f"{language}/today").text
    yield "today", staff.get(f"{language}/today").text
    yield "today, wrong day", staff.post(f"{language}/today", {"act": "later"}).text
    yield "request", staff.get(f"{language}/requests/{reference}").text
    yield "no request", staff.get(f"{language}/requests/none").text
    yield "audit", staff.get(f"{language}/audit").text
