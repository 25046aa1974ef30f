"""An id that was noted stays noted, once, whatever happened to the file or the bucket before."""

from datetime import date, timedelta

import boto3
import pytest
from botocore.stub import Stubber

from chalicelib.domain.errors import ConfigurationError, StoreBusyError
from chalicelib.storage.ledger import BucketLedger, FileLedger

DAY = date(2026, 11, 21)
KEPT = timedelta(days=30)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "erased"


def test_each_id_is_noted_with_its_day(path):
    FileLedger(path, KEPT).note("one", DAY)
    FileLedger(path, KEPT).note("two", DAY + timedelta(days=1))

    assert path.read_text() == "2026-11-21 one\n2026-11-22 two\n"


def test_an_id_is_noted_once(path):
    for noted in ("one", "one-and-more", "one"):
        FileLedger(path, KEPT).note(noted, DAY)

    assert path.read_text() == "2026-11-21 one\n2026-11-21 one-and-more\n"


def test_an_id_is_forgotten_after_its_period(path):
    FileLedger(path, KEPT).note("one", DAY)
    FileLedger(path, KEPT).note("two", DAY + KEPT)
    assert "one" in path.read_text()

    FileLedger(path, KEPT).note("three", DAY + KEPT + timedelta(days=1))
    assert [line.split()[1] for line in path.read_text().splitlines()] == ["two", "three"]


def test_what_a_crash_left_of_a_new_file_does_no_harm(path):
    FileLedger(path, KEPT).note("one", DAY)
    path.with_suffix(".new").write_text("2026-11-21 o")

    FileLedger(path, KEPT).note("two", DAY)

    assert path.read_text() == "2026-11-21 one\n2026-11-21 two\n"


def test_a_file_that_cannot_be_written_finds_the_ledger_busy(tmp_path):
    with pytest.raises(StoreBusyError):
        FileLedger(tmp_path, KEPT).note("one", DAY)


@pytest.fixture
def s3():
    client = boto3.client("s3", region_name="eu-central-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(client) as stubbed:
        yield client, stubbed


def test_an_id_is_the_name_of_an_empty_object(s3):
    client, stubbed = s3
    stubbed.add_response("put_object", {}, {"Bucket": "ledger", "Key": "erased/2026-11-21/one", "Body": b""})

    BucketLedger(client, "ledger").note("one", DAY)

    stubbed.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        ("SlowDown", 503, StoreBusyError),
        ("InternalError", 500, StoreBusyError),
        ("RequestTimeout", 400, StoreBusyError),
        ("AccessDenied", 403, ConfigurationError),
        ("NoSuchBucket", 404, ConfigurationError),
    ],
)
def test_a_bucket_that_does_not_take_it_says_whether_to_try_again(s3, code, status, error):
    client, stubbed = s3
    stubbed.add_client_error("put_object", code, http_status_code=status)

    with pytest.raises(error, match=f"bucket ledger of the ledger: {code}"):
        BucketLedger(client, "ledger").note("one", DAY)
