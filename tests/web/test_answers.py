"""What the API answers: the right status, in the reader's language, with every header, and never a 500."""

import re

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.web.headers import EVERY_API_ANSWER
from chalicelib.words.catalogues import words
from tests.examples import OFFICE_PHONE, body
from tests.service import start_service

pytestmark = pytest.mark.engine

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

# Each row: what is sent, and the status and title that come back.
PROBLEMS = {
    "bad UTF-8": ("POST", "appointments", FORM, b"first_name=%ff", 400, "We could not read the form"),
    "raw bytes": ("POST", "appointments", FORM, b"\xfe\xff", 400, "We could not read the form"),
    "another site": ("POST", "appointments", {**FORM, "Sec-Fetch-Site": "cross-site"}, b"", 403, None),
    "another origin": ("POST", "appointments", {**FORM, "Origin": "https://elsewhere.example"}, b"", 403, None),
    "no such page": ("GET", "nowhere", {}, None, 404, "This page does not exist, or not any more"),
    "forged receipt": ("GET", "receipts/forged", {}, None, 404, "This page does not exist, or not any more"),
    "nothing to read": ("GET", "eligibility", {}, None, 405, "This address cannot be used like that"),
    "put": ("PUT", "appointments", FORM, b"", 405, "This address cannot be used like that"),
    "preflight": ("OPTIONS", "appointments", {}, None, 404, "This page does not exist, or not any more"),
    "too large": ("POST", "appointments", FORM, b"message=" + b"x" * 33_000, 413, "The form is too large"),
    "JSON": ("POST", "appointments", {"Content-Type": "application/json"}, b"{}", 415, "We could not read the form"),
    "no kind of session": ("GET", "sessions", {}, None, 404, "This page does not exist, or not any more"),
    "hidden sessions": ("GET", "sessions?kind=orientation", {}, None, 404, "This page does not exist, or not any more"),
    "nothing to read of sign-ups": ("GET", "sign-ups", {}, None, 405, "This address cannot be used like that"),
    "bad UTF-8 of a sign-up": ("POST", "sign-ups", FORM, b"session=%ff", 400, "We could not read the form"),
    "a sign-up of another site": ("POST", "sign-ups", {**FORM, "Sec-Fetch-Site": "cross-site"}, b"", 403, None),
    "no type": ("POST", "appointments", {}, b"first_name=x", 415, "We could not read the form"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_is_said_in_the_readers_language(service, row, language):
    method, path, headers, sent, status, title = row

    answer = service.request(method, f"/api/{language}/{path}", headers=headers, data=sent)

    assert answer.status_code == status
    assert f'<html lang="{language}"' in answer.text
    assert words(language).gettext(title or "This form came from another website") in answer.text
    assert OFFICE_PHONE in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["appointments", "sign-ups", "sign-ups?kind=citizenship"])
def test_a_closed_intake_is_gone_and_says_what_there_is_today(closed_service, language, path):
    answer = closed_service.post(f"/api/{language}/{path}", body(), headers=FORM)

    assert answer.status_code == 410
    assert words(language).gettext("Requests are no longer taken") in answer.text
    assert "Biergerpakt" in answer.text


def test_an_unknown_language_is_not_found(service):
    assert service.post("/api/xx/appointments", body(), headers=FORM).status_code == 404


@pytest.mark.parametrize(
    ("path", "headers"), [("/api/en/appointments", FORM), ("/api/fr/receipts/x", {}), ("/api/health", {})]
)
def test_every_answer_carries_the_headers(service, path, headers):
    answer = service.request("POST" if headers else "GET", path, headers=headers, data=b"" if headers else None)

    assert EVERY_API_ANSWER.items() <= dict(answer.headers).items()


def test_health_tells_build_mode_and_what_is_late(service):
    service.inbox()

    answer = service.get("/api/health")

    assert answer.json() == {
        "build": "local",
        "mode": "demonstration",
        "oldest_unsent_letter_seconds": None,
        "oldest_overdue_deletion_days": None,
    }


def test_a_receipt_can_be_read_for_a_day_in_each_language_and_no_longer(tmp_path):
    with start_service(tmp_path / "data") as service:
        answer = service.post("/api/en/appointments", body(first_name="Tempora"), headers=FORM, allow_redirects=False)
        address = answer.headers["Location"]
        reference = re.search(r'class="reference"[^>]*>([^<]+)', service.get(address).text).group(1)

        for language in LANGUAGES:
            elsewhere = service.get(address.replace("/en/", f"/{language}/"))
            assert (elsewhere.status_code, reference in elsewhere.text) == (200, True)
        assert "Tempora" not in address

        service.advance("P1D")
        assert service.get(address).status_code == 200
        service.advance("P1D")
        assert service.get(address).status_code == 404


def test_a_form_sent_twice_leads_to_the_same_address(service):
    sent = [
        service.post("/api/en/appointments", body(first_name="Bina"), headers=FORM, allow_redirects=False)
        for _ in range(2)
    ]

    assert len({answer.headers["Location"] for answer in sent}) == 1


def test_the_receipt_links_to_itself_in_the_other_languages(service):
    sent = service.post("/api/en/appointments", body(first_name="Nexa"), headers=FORM, allow_redirects=False)
    address = sent.headers["Location"]

    assert sent.status_code == 303
    for language in set(LANGUAGES) - {"en"}:
        assert f'href="{address.replace("/en/", f"/{language}/")}"' in service.get(address).text


STRANGE = {
    "script": ({"first_name": "<script>alert(1)</script>", "email": "x"}, "&lt;script&gt;alert(1)&lt;/script&gt;"),
    "line break": ({"surname": "\r\nBcc: other@example.org", "phone": "x"}, 'value="Bcc: other@example.org"'),
    "emoji": ({"first_name": "A😀", "matricule": "🙂"}, 'value="A😀"'),
    "long": ({"first_name": "م" * 500}, "م" * 500),
    "huge year": ({"attended_on__year": "9" * 400}, "9" * 400),
    "quotes": ({"email": '"><img src=x onerror=alert(1)>'}, "&#34;&gt;&lt;img src=x onerror=alert(1)&gt;"),
    "end of a text field": ({"message": "</textarea><script>", "email": "x"}, "&lt;/textarea&gt;&lt;script&gt;"),
    "placeholder": ({"first_name": "$content ${title} {{ 7 * 7 }}", "email": "x"}, "$content ${title} {{ 7 * 7 }}"),
    "unknown field": ({"unknown": "field", "email": "x@"}, 'value="x@"'),
    "many times": ({"half_days": ["mon-am"] * 80, "email": "x@"}, 'value="mon-am" checked'),
}


@pytest.mark.parametrize(("changes", "shown"), STRANGE.values(), ids=STRANGE)
def test_a_strange_form_comes_back_with_its_answers_escaped(service, changes, shown):
    answer = service.post("/api/lb/appointments", body(**changes), headers=FORM)

    assert answer.status_code == 422
    assert shown in answer.text
    assert not re.search(r"<script|<img", answer.text)


def test_a_wrong_method_is_told_which_are_right(service):
    assert service.get("/api/en/sign-ups").headers["Allow"] == "POST"
    assert service.post("/api/health", b"", headers=FORM).headers["Allow"] == "GET"


def test_no_name_of_a_person_stands_in_the_log(service):
    service.post("/api/en/appointments", body(first_name="Secreta", email="secreta@example.org"), headers=FORM)
    service.post("/api/en/appointments", body(first_name="Secreta", email="wrong"), headers=FORM)
    service.inbox()

    log = service.log()
    assert '"route": "/{lang}/appointments", "status": 303' in log
    assert '"job": "deliver"' in log
    assert not re.search("secreta|1990093012358|621000000", log, re.IGNORECASE)
