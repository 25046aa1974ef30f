"""The clock moves for the functions and for other processes, and stays moved."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from local.duration import read_duration, read_time
from tests.service import Service, start_service

A_MOMENT = timedelta(seconds=20)


def now(service: Service) -> datetime:
    return datetime.fromisoformat(service.get("/_local/clock").json()["now"])


@pytest.mark.engine
def test_it_is_set_to_a_time(service: Service) -> None:
    wanted = datetime.now(UTC) + timedelta(days=100)

    answer = service.post("/_local/clock", {"now": wanted.isoformat()})

    assert wanted <= datetime.fromisoformat(answer.json()["now"]) <= now(service) < wanted + A_MOMENT


@pytest.mark.engine
def test_it_is_set_in_json_and_goes_backwards(service: Service) -> None:
    past = datetime.now(UTC) - timedelta(days=100)

    service.post("/_local/clock", json={"now": past.isoformat()})

    assert now(service) - past < A_MOMENT


@pytest.mark.engine
def test_it_is_moved_and_goes_back_to_the_real_time(service: Service) -> None:
    service.post("/_local/clock", {"now": "real"})

    service.advance("P30D")

    assert abs(now(service) - datetime.now(UTC) - timedelta(days=30)) < A_MOMENT
    service.post("/_local/clock", {"now": "real"})
    assert abs(now(service) - datetime.now(UTC)) < A_MOMENT


@pytest.mark.engine
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"now": "soon"},
        {"advance": "30 days"},
        {"advance": "P9999Y"},
        {"advance": "P11Y"},
        {"now": "0001-01-01"},
        {"now": "real", "advance": "P1D"},
        {"x": "1"},
    ],
)
def test_anything_else_is_refused_in_a_sentence(fields: dict[str, str], service: Service) -> None:
    for answer in (service.post("/_local/clock", fields), service.post("/_local/clock", json=fields)):
        assert answer.status_code == 400
        assert answer.json()["error"].endswith(".")


@pytest.mark.engine
@pytest.mark.parametrize("body", [b"[]", b"{", b'"now"', b"\xff"])
def test_json_that_is_no_object_is_refused(body: bytes, service: Service) -> None:
    answer = service.post("/_local/clock", body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400


@pytest.mark.engine
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://other.example"}]
)
def test_another_sites_page_cannot_move_it(headers: dict[str, str], service: Service) -> None:
    assert service.post("/_local/clock", {"advance": "P1Y"}, headers=headers).status_code == 403
    assert service.post("/_local/jobs/deliver", headers=headers).status_code == 403


@pytest.mark.engine
def test_it_stays_moved_after_a_restart(data_dir: Path, site: Path) -> None:
    with start_service(data_dir, site=site, at=None) as first:
        first.advance("P40D")

    with start_service(data_dir, site=site) as second:
        assert abs(now(second) - datetime.now(UTC) - timedelta(days=40)) < A_MOMENT


@pytest.mark.engine
def test_it_stands_still_outside_the_demonstration(data_dir: Path, site: Path) -> None:
    with start_service(data_dir, site=site, CAI_MODE="closed") as closed:
        answer = closed.post("/_local/clock", {"advance": "P1D"})

        assert answer.status_code == 400
        assert "demonstration only" in answer.json()["error"]
        assert abs(now(closed) - datetime.now(UTC)) < A_MOMENT


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-11-21T10:00:00Z", "PT1H", "2026-11-21T11:00:00Z"),
        ("2026-11-21T10:00:00Z", "PT90M", "2026-11-21T11:30:00Z"),
        ("2026-11-21T10:00:00Z", "P30D", "2026-12-21T10:00:00Z"),
        ("2026-11-21T10:00:00Z", "P2W", "2026-12-05T10:00:00Z"),
        ("2026-11-21T10:00:00Z", "P1Y2M3DT4H5M6S", "2028-01-24T14:05:06Z"),
        ("2026-01-31T10:00:00Z", "P1M", "2026-02-28T10:00:00Z"),
        ("2028-02-29T10:00:00Z", "P1Y", "2029-02-28T10:00:00Z"),
        ("2026-11-21T10:00:00Z", "P2M", "2027-01-21T10:00:00Z"),
        ("2026-01-15T10:00:00Z", "-P1M", "2025-12-15T10:00:00Z"),
        ("2026-11-21T10:00:00Z", "-PT1H", "2026-11-21T09:00:00Z"),
    ],
)
def test_a_duration_is_counted_by_the_calendar(start: str, duration: str, end: str) -> None:
    assert read_duration(duration).after(read_time(start)) == read_time(end)


@pytest.mark.parametrize(
    "written", ["", "P", "PT", "P1DT", "1D", "P1H", "PT1D", "P1D ", "P1,5D", "p1d", "P１D", "P-1D"]
)
def test_what_is_no_duration_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        read_duration(written)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026-11-21T10:00:00Z", 10),
        ("2026-11-21T10:00:00+01:00", 9),
        ("2026-11-21T10:00:00 01:00", 9),
        ("2026-11-21T10:00", 9),
    ],
    ids=["UTC", "with an offset", "a plus that a form made a space", "as typed in Luxembourg"],
)
def test_a_time_is_read(written: str, hour: int) -> None:
    assert read_time(written).astimezone(UTC) == datetime(2026, 11, 21, hour, tzinfo=UTC)
