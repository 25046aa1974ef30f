"""The pages that the API makes, as a browser receives them."""

import re
from collections.abc import Iterator
from secrets import token_hex

from tests.examples import body
from tests.service import Service

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def made_pages(service: Service, language: str) -> Iterator[tuple[str, str]]:
    """Each kind of page in `language` with its name: errors, receipt, problem, own page, erased, answer."""
    yield "errors", _post(service, language, first_name="", matricule="1", email="x", attended_on__year="2020")
    somebody = token_hex(4)  # whose letter is found again, however often these pages are made
    receipt = _post(service, language, first_name=f"Valida {somebody}", email=f"valida-{somebody}@example.org")
    yield "receipt", receipt
    yield "problem", service.get(f"/api/{language}/receipts/none").text
    own_page = _link(service, re.search(r'class="reference"[^>]*>([^<]+)', receipt)[1])
    yield "own page", service.get(own_page).text
    yield "erased", service.post(own_page, b"", headers=FORM).text
    yield "answer", service.post(f"/api/{language}/eligibility", {"age": "young"}, headers=FORM).text


def _post(service: Service, language: str, **changes: object) -> str:
    return service.post(f"/api/{language}/appointments", body(**changes), headers=FORM).text


def _link(service: Service, reference: str) -> str:
    """The path of the own page, from the letter about a request."""
    received = next(each for each in service.inbox() if each["kind"] == "received" and reference in each["subject"])
    return re.search(r"^\S+?(/api/\S+/my/\S+)$", received["text"], re.MULTILINE)[1]
