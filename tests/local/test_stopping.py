"""However the service ends, no engine stays behind and nothing that was acknowledged is lost."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.examples import FORM
from tests.service import has_engine, start_service

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_stops_soon_and_ends_its_engine(number: int, data_dir: Path, site: Path) -> None:
    service = start_service(data_dir, site=site)
    assert has_engine(data_dir)
    started = time.monotonic()

    code = service.stop(number)

    assert code == 0
    assert time.monotonic() - started < 5  # two on a quiet machine
    assert not has_engine(data_dir)
    assert "Traceback" not in service.log()


def test_an_engine_that_outlived_its_service_is_ended_by_the_next_start(data_dir: Path, site: Path) -> None:
    service = start_service(data_dir, site=site)
    engine = int((data_dir / "engine").read_text())
    os.kill(engine, signal.SIGSTOP)  # deaf to the signal that Linux sends it when its service ends
    service.kill()
    assert has_engine(data_dir)

    with start_service(data_dir, port=service.port, site=site):
        assert int((data_dir / "engine").read_text()) != engine

    assert not has_engine(data_dir)


def test_what_was_acknowledged_is_sent_after_a_kill(data_dir: Path, site: Path) -> None:
    form = FORM | {"attended_on-day": "", "attended_on-month": "", "attended_on-year": "", "attended_on-unsure": "y"}
    away = start_service(data_dir, site=site, CAI_MAIL="smtp://127.0.0.1:9")
    answer = away.post("/api/en/appointments", form, allow_redirects=False)
    assert answer.status_code == 303, answer.text
    away.kill()

    with start_service(data_dir, port=away.port, site=site) as back:
        back.advance("PT5M")
        assert sorted(letter["kind"] for letter in back.inbox()) == ["dpo_month", "received", "staff_request"]
        again = back.post("/api/en/appointments", form, allow_redirects=False)
        assert again.status_code == 303
        assert len(back.inbox()) == 3
