"""SES gets the letter whole, and each of its failures is sorted into later, never and stop."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from traceback import format_exception

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, NoCredentialsError, ReadTimeoutError
from botocore.stub import ANY, Stubber

from chalicelib.domain.errors import MailLaterError, MailRefusedError, MailStoppedError
from chalicelib.mail.ses import SesPost
from tests.examples import NOW
from tests.letter_examples import MESSAGE

SENDER = "CAI <letters@cai.example>"


@pytest.fixture
def client():
    return boto3.client(
        "sesv2",
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )


class Recording:
    """Takes each request, or fails as told."""

    def __init__(self, failure=None):
        self.failure, self.requests = failure, []

    def send_email(self, **request):
        self.requests.append(request)
        if self.failure:
            raise self.failure


def post(client):
    return SesPost(client, SENDER, lambda: NOW)


def refusal_of(client, message=MESSAGE):
    with pytest.raises((MailLaterError, MailRefusedError, MailStoppedError)) as refused:
        post(client).send(message)
    return refused.value


def test_the_request_is_one_that_the_sdk_knows(client):
    expected = {"FromEmailAddress": ANY, "Destination": ANY, "Content": ANY, "EmailTags": ANY}
    with Stubber(client) as stub:
        stub.add_response("send_email", {"MessageId": "1"}, expected)

        post(client).send(MESSAGE)

        stub.assert_no_pending_responses()


def test_the_letter_goes_whole_to_its_one_address():
    client = Recording()

    post(client).send(MESSAGE)

    (request,) = client.requests
    assert request["FromEmailAddress"] == "letters@cai.example"
    assert request["Destination"] == {"ToAddresses": ["exempla@example.org"]}
    email = message_from_bytes(request["Content"]["Raw"]["Data"], policy=policy.default)
    assert email["Subject"] == MESSAGE.subject
    assert email["X-CAI-Letter-Id"] == MESSAGE.id


def test_an_event_about_the_letter_will_carry_its_id_and_kind():
    client = Recording()

    post(client).send(MESSAGE)

    tags = {tag["Name"]: tag["Value"] for tag in client.requests[0]["EmailTags"]}
    assert tags == {"letter-id": "7KQ2-M9XW_received_1", "kind": "received"}
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,256}", part) for pair in tags.items() for part in pair)


@pytest.mark.parametrize(
    ("code", "sorted_as"),
    [
        pytest.param("Throttling", MailLaterError),
        pytest.param("ThrottlingException", MailLaterError),
        pytest.param("TooManyRequestsException", MailLaterError),
        pytest.param("LimitExceededException", MailLaterError),
        pytest.param("InternalFailure", MailLaterError),
        pytest.param("ServiceUnavailable", MailLaterError),
        pytest.param("SomethingNewException", MailLaterError),
        pytest.param("MessageRejected", MailRefusedError),
        pytest.param("BadRequestException", MailRefusedError),
        pytest.param("AccountSuspendedException", MailStoppedError),
        pytest.param("SendingPausedException", MailStoppedError),
        pytest.param("MailFromDomainNotVerifiedException", MailStoppedError),
        pytest.param("AccessDeniedException", MailStoppedError),
        pytest.param("NotFoundException", MailStoppedError),
        pytest.param("UnrecognizedClientException", MailStoppedError),
    ],
)
def test_what_ses_says_is_sorted(client, code, sorted_as):
    with Stubber(client) as stub:
        stub.add_client_error("send_email", code, f"not for {MESSAGE.to}", http_status_code=400)

        refused = refusal_of(client)

    assert type(refused) is sorted_as
    assert str(refused) == f"SES: {code}"


@pytest.mark.parametrize(
    ("unverified", "sorted_as"),
    [
        pytest.param(["letters@cai.example"], MailStoppedError, id="the sender"),
        pytest.param(["Letters@cai.example", MESSAGE.to], MailStoppedError, id="both"),
        pytest.param([MESSAGE.to], MailLaterError, id="a recipient in the sandbox"),
    ],
)
def test_a_letter_waits_for_an_address_that_is_to_be_verified(client, unverified, sorted_as):
    told = "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: "
    with Stubber(client) as stub:
        stub.add_client_error("send_email", "MessageRejected", told + ", ".join(unverified), http_status_code=400)

        refused = refusal_of(client)

    assert type(refused) is sorted_as
    assert str(refused) == "SES: MessageRejected"


@pytest.mark.parametrize(
    ("failure", "sorted_as"),
    [
        pytest.param(ReadTimeoutError(endpoint_url="https://email.example"), MailLaterError, id="no answer in time"),
        pytest.param(NoCredentialsError(), MailStoppedError, id="no credentials"),
        pytest.param(ClientError({}, "SendEmail"), MailLaterError, id="an answer without a code"),
    ],
)
def test_what_the_sdk_says_is_sorted(failure, sorted_as):
    assert type(refusal_of(Recording(failure))) is sorted_as


def test_a_service_out_of_reach_is_tried_later():
    unreachable = boto3.client(
        "sesv2",
        endpoint_url="http://127.0.0.1:9",
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=1),
    )

    assert type(refusal_of(unreachable)) is MailLaterError


def test_no_address_reaches_a_log(client):
    with Stubber(client) as stub:
        stub.add_client_error("send_email", "MessageRejected", f"Email address is not verified: {MESSAGE.to}")

        refused = refusal_of(client)

    assert "exempla" not in "".join(format_exception(refused))


def test_an_address_that_ses_cannot_write_is_refused():
    client = Recording()

    assert str(refusal_of(client, replace(MESSAGE, to="zoë@example.org"))) == "SES: no SMTPUTF8"
    assert client.requests == []


def test_a_domain_of_another_script_is_reached():
    client = Recording()

    post(client).send(replace(MESSAGE, to="a@müller.example"))

    assert client.requests[0]["Destination"] == {"ToAddresses": ["a@xn--mller-kva.example"]}
