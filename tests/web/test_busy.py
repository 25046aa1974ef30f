"""A good form that cannot be taken now comes back with every answer, a way to a person, and when to try again."""

import os
import signal
import time

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.web.appointments import Appointments
from chalicelib.web.pages import Pages
from chalicelib.web.posts import POSTS_AN_HOUR
from chalicelib.web.receipts import Receipts
from chalicelib.web.request import Request
from chalicelib.words.catalogues import words
from tests.examples import NOW, OFFICE_PHONE, body
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore
from tests.service import start_service

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.engine
@pytest.mark.parametrize("silence", [signal.SIGKILL, signal.SIGSTOP], ids=["refuses", "does not answer"])
def test_a_store_out_of_reach_gives_the_form_back_in_time(tmp_path, silence):
    with start_service(tmp_path / "data") as service:
        os.kill(int((service.data_dir / "engine").read_text()), silence)
        started = time.monotonic()
        answer = service.post("/api/de/appointments", body(first_name="Patiens"), headers=FORM)

        assert answer.status_code == 503
        assert time.monotonic() - started < 25  # eight seconds, the last try, and a busy machine; AWS listens for 29
        assert words("de").gettext("The service is busy") in answer.text
        assert 'value="Patiens"' in answer.text
        assert OFFICE_PHONE in answer.text
        assert answer.headers["Retry-After"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_many_forms_from_one_address_wait_and_keep_their_answers(language):
    office = fake_office(FakeStore())
    desk = Appointments(
        "https://forum-cai.example", Pages("demonstration"), lambda: Receipts((b"r" * 32,)), lambda: office
    )

    def post(number, source="203.0.113.7"):
        return desk.post(
            Request(body=body(first_name=f"Multa {number}", email=f"multa-{number}@example.org"), source=source),
            language,
            NOW,
        )

    assert {post(number).status for number in range(POSTS_AN_HOUR)} == {303}
    refused = post(POSTS_AN_HOUR)
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) <= 3600
    assert words(language).gettext("Too many forms in a short time") in refused.body
    assert f'value="Multa {POSTS_AN_HOUR}"' in refused.body
    assert post("elsewhere", source="203.0.113.8").status == 303
