"""The dates are written beside the site when they change, and often enough to show that somebody still writes them."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from chalicelib.domain.errors import ConfigurationError, StoreBusyError
from chalicelib.domain.session import SessionKind
from chalicelib.storage.listing import BucketListing, FileListing
from chalicelib.usecases.list_sessions import as_json
from chalicelib.usecases.publish_sessions import publish_sessions
from chalicelib.wiring import runs
from tests.examples import NOW
from tests.unit.test_sign_up import COURSE, INFORMATION, START, Service

BEAT, BETWEEN = NOW, NOW + timedelta(minutes=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def listing(tmp_path):
    return FileListing(tmp_path)


def publish(service, listing, now=BETWEEN, closed=()):
    return publish_sessions(service.office.sessions, listing, now, closed)["lists written"]


def listed(listing, kind=SessionKind.INFORMATION):
    return [(each["id"], each["places_left"]) for each in json.loads(listing.read(kind))]


def test_each_kind_has_a_file_with_what_the_api_says(listing):
    service = Service(INFORMATION, COURSE, replace(INFORMATION, id="orient", kind=SessionKind.ORIENTATION))

    assert publish(service, listing) == 2

    assert listing.read(SessionKind.INFORMATION) == as_json([INFORMATION])
    assert listing.read(SessionKind.CITIZENSHIP) == as_json([COURSE])
    assert sorted(file.name for file in listing.folder.rglob("*.*")) == ["citizenship.json", "information.json"]


def test_a_list_is_written_when_it_says_something_new(listing):
    service = Service()
    publish(service, listing)
    assert publish(service, listing) == 0

    service.sign_up("a")
    assert publish(service, listing) == 1
    assert listed(listing) == [("info", 1)]


def test_each_five_minutes_a_list_is_written_anyway(listing):
    service = Service()
    publish(service, listing)

    assert [publish(service, listing, BEAT + minute * MINUTE) for minute in range(6)] == [2, 0, 0, 0, 0, 2]


def test_a_session_that_begins_or_is_cancelled_leaves_the_list(listing):
    service = Service(INFORMATION, replace(INFORMATION, id="later", meetings=COURSE.meetings[1:]))
    publish(service, listing)
    assert listed(listing) == [("info", 2), ("later", 2)]

    publish(service, listing, START)
    assert listed(listing) == [("later", 2)]

    service.office.sessions.replan(replace(service.session("later"), cancelled=True, version=2))
    publish(service, listing, START)
    assert listed(listing) == []


def test_a_kind_that_is_closed_has_an_empty_list(listing):
    service = Service()
    publish(service, listing)

    publish(service, listing, closed=[SessionKind.INFORMATION])

    assert listed(listing) == []


def test_a_list_says_nothing_of_people(listing):
    service = Service(replace(INFORMATION, capacity=1))
    service.sign_up("a")
    service.sign_up("b")

    publish(service, listing)

    assert json.loads(listing.read(SessionKind.INFORMATION))[0]["waiting"] == 1
    assert "contact-" not in listing.read(SessionKind.INFORMATION)


def test_a_folder_that_cannot_be_written_finds_the_store_busy(tmp_path):
    (tmp_path / "sessions").write_text("in the way")

    with pytest.raises(StoreBusyError):
        FileListing(tmp_path).write(SessionKind.INFORMATION, "[]")


@pytest.fixture
def s3():
    client = boto3.client("s3", region_name="eu-central-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(client) as stubbed:
        yield client, stubbed


def test_in_a_bucket_a_list_says_what_it_is_and_how_long_it_may_be_kept(s3):
    client, stubbed = s3
    place = {"Bucket": "site", "Key": "sessions/information.json"}
    text = '[{"place":"Pétange"}]'
    kept = {"ContentType": "application/json", "CacheControl": "max-age=5"}
    stubbed.add_response("put_object", {}, {**place, **kept, "Body": text.encode()})
    stubbed.add_response("get_object", {"Body": StreamingBody(BytesIO(text.encode()), len(text.encode()))}, place)
    listing = BucketListing(client, "site", "max-age=5")

    listing.write(SessionKind.INFORMATION, text)

    assert listing.read(SessionKind.INFORMATION) == text
    stubbed.assert_no_pending_responses()


def test_a_bucket_without_a_list_has_none(s3):
    client, stubbed = s3
    stubbed.add_client_error("get_object", "NoSuchKey", http_status_code=404)

    assert BucketListing(client, "site", "max-age=5").read(SessionKind.INFORMATION) is None


@pytest.mark.parametrize("operation", ["get_object", "put_object"])
@pytest.mark.parametrize(
    ("code", "status", "error"), [("SlowDown", 503, StoreBusyError), ("AccessDenied", 403, ConfigurationError)]
)
def test_a_bucket_that_does_not_answer_says_whether_to_try_again(s3, operation, code, status, error):
    client, stubbed = s3
    stubbed.add_client_error(operation, code, http_status_code=status)
    listing = BucketListing(client, "site", "max-age=5")

    with pytest.raises(error, match=rf"bucket site \(CAI_LISTING\): {code}"):
        listing.read(SessionKind.CITIZENSHIP) if operation == "get_object" else listing.write(
            SessionKind.CITIZENSHIP, "[]"
        )


@pytest.mark.parametrize("wrong", ["", "folder", "s3:", "file:", "ftp:somewhere"])
def test_a_missing_or_malformed_place_is_named(monkeypatch, wrong):
    monkeypatch.setenv("CAI_LISTING", wrong)

    with pytest.raises(ConfigurationError, match="CAI_LISTING"):
        runs.listing()
