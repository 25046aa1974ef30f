"""Killed in the middle of 500 posts: each reference that was answered is there after the restart, with its letters."""

import re
from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest
import requests

from tests.examples import body
from tests.service import SITE, start_service

pytestmark = pytest.mark.engine

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
POSTS, ANSWERED_BEFORE_THE_KILL = 500, 150


def ask(service, number):
    """The address of the receipt, once the service has answered."""
    person = {"first_name": f"Numerus {number}", "email": f"numerus-{number}@example.org", "phone": ""}
    answer = service.post("/api/en/appointments", body(**person), headers=FORM, allow_redirects=False)
    return answer.headers["Location"] if answer.status_code == 303 else None


def subjects_to_staff(letter):
    """Its subject, or those of the letters that it tells together."""
    if letter["kind"] == "staff_digest":
        listed = letter["text"].split("=====")[0].splitlines()
        return [line for line in listed if line.startswith("- ")]
    return [letter["subject"]] if letter["kind"] == "staff_request" else []


def test_each_reference_that_was_answered_is_there_with_its_letters(tmp_path):
    receipts = []
    service = start_service(tmp_path / "data", site=SITE)
    with ThreadPoolExecutor(16) as threads:
        for asked in as_completed([threads.submit(ask, service, number) for number in range(POSTS)]):
            if asked.exception() is None and asked.result():
                receipts.append(asked.result())
            else:
                assert isinstance(asked.exception(), requests.RequestException), asked.exception()
            if len(receipts) == ANSWERED_BEFORE_THE_KILL:
                service.kill()

    assert ANSWERED_BEFORE_THE_KILL <= len(receipts) < POSTS
    with start_service(tmp_path / "data", site=SITE) as again:
        again.advance("PT5M")  # past the lease of letters that were on their way
        again.inbox()
        again.advance("PT1H")  # of letters to staff, twenty come alone and the others at the end of the hour
        inbox = again.inbox()
        told = [subject for letter in inbox for subject in subjects_to_staff(letter)]
        letters = {(letter["kind"], letter["subject"].split(":")[0]) for letter in inbox}
        for receipt in receipts:
            reference = re.search(r'class="reference"[^>]*>([^<]+)', again.get(receipt).text).group(1)
            subjects = {subject.replace("\xa0", "").strip() for kind, subject in letters if kind == "received"}
            assert f"CAI {reference}" in subjects
            assert [subject for subject in told if reference in subject], reference
