"""The packaged stack as a whole, each function under its own role: from the form to the letter, and to the last day."""

import json
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import as_tag
from chalicelib.storage.contacts import DynamoContacts
from chalicelib.storage.letter_items import to_letter
from chalicelib.storage.values import from_item
from chalicelib.web.headers import EVERY_API_ANSWER
from tests.browser import page as opened
from tests.examples import body
from tests.journeys.form import Resident, fill_form, open_form, reference, send
from tests.ses_events import event
from tests.stack.account import edge, soon

pytestmark = [pytest.mark.engine, pytest.mark.browser]

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}

SCHEDULED = event("delivery", "") | {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}


# The functions live by the real day, so no day of participation stays right.
UNSURE = {"attended_on__day": "", "attended_on__month": "", "attended_on__year": "", "attended_on__unsure": "1"}


def asked(account, name, **changes):
    """The id of somebody new who has asked for an appointment by the form."""
    mail = f"{name}@example.org"
    form = body(email=mail, first_name=name, **UNSURE, **changes)
    answer = account.ask("POST", "/api/fr/appointments", data=form, headers=FORM)
    assert answer.status_code == 303, answer.text
    (contact,) = (item for item in account.items() if item.get("email", {}).get("S") == mail)
    return contact["pk"]["S"].removeprefix("CONTACT#")


def letters(account, person):
    """Each letter of theirs by its kind."""
    own = (item for item in account.items() if item["pk"]["S"] == f"CONTACT#{person}")
    kept = [to_letter(from_item(item)) for item in own if item["sk"]["S"].startswith("LETTER#")]
    return {letter.kind.value: letter for letter in kept}


def states(account, person):
    return {kind: letter.state.value for kind, letter in letters(account, person).items()}


def sent(account, person):
    assert soon(lambda: "waiting" not in states(account, person).values())
    return states(account, person)


def run(account, function):
    """What a timed run gives back when it is called as its schedule calls it."""
    called = account.engine.client("lambda").invoke(
        FunctionName=account.called(function), Payload=json.dumps(SCHEDULED)
    )
    counts = json.loads(called["Payload"].read())
    assert "FunctionError" not in called, counts
    return counts


def test_what_comes_round_the_edge_is_refused_before_anything_is_looked_at(account):
    answer = account.ask("POST", "/api/fr/appointments", data=body(), headers=FORM, secret="guessed")

    assert (answer.status_code, answer.content) == (403, b"")


def test_the_api_is_well_and_says_which_build_it_is(account):
    answer = account.ask("GET", "/api/health")

    assert answer.status_code == 200
    assert (answer.json()["build"], answer.json()["mode"]) == ("test", "demonstration")


def test_a_form_is_stored_with_the_matricule_closed(account):
    person = asked(account, "closed")

    (contact,) = (item for item in account.items() if item["pk"]["S"] == f"CONTACT#{person}" and "email" in item)
    sealed = contact["sealed_matricule"]["B"]
    assert b"1990" not in sealed
    opened = account.engine.client("kms").decrypt(CiphertextBlob=sealed, EncryptionContext={"contact": person})
    assert opened["Plaintext"] == b"1990093012358"


def test_every_header_comes_back_from_the_functions(account):
    answer = account.ask("GET", "/api/fr/appointments")

    assert {name: answer.headers.get(name) for name in EVERY_API_ANSWER} == EVERY_API_ANSWER


@pytest.mark.parametrize("path", ["/api/desk", "/api/desk/"])
def test_the_bare_address_of_the_desk_leads_to_its_first_page(account, path):
    answer = account.ask("GET", path)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/api/desk/fr/today")
    assert {name: answer.headers.get(name) for name in EVERY_API_ANSWER} == EVERY_API_ANSWER


def test_letters_go_out_because_the_stream_tells_of_them(account):
    person = asked(account, "stream")

    assert sent(account, person) == {"received": "sent", "staff_request": "sent"}
    assert account.runs("DeliverAtOnce")
    assert not account.runs("Deliver")


def test_what_a_function_raises_reaches_its_log_by_the_class_alone(account):
    wrong = json.dumps({"secret": "exempla@example.org"})

    called = account.engine.client("lambda").invoke(FunctionName=account.called("Unseal"), Payload=wrong)

    assert json.loads(called["Payload"].read())["errorMessage"] == "KeyError"
    logged = soon(lambda: [line for line in account.log("Unseal") if "KeyError" in line])
    assert logged[0].startswith('{"job": "unseal", "failure": "KeyError", "at": "staff.py:')
    assert logged[1:] == ["chalicelib.domain.errors.RunFailedError: KeyError"]
    assert "exempla@" not in "".join(account.log("Unseal"))


def test_a_letter_that_comes_back_is_marked_by_the_event_of_ses(account):
    person = asked(account, "returned")
    sent(account, person)

    happened(account, "permanent bounce", as_tag(letters(account, person)["received"].id))

    assert soon(lambda: states(account, person)["received"] == "bounced")


def test_an_event_that_cannot_be_stored_waits_for_an_operator(account):
    rights, role = account.engine.client("iam"), account.called("TakeBackRole")
    nothing = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"}]}
    rights.put_role_policy(RoleName=role, PolicyName="nothing", PolicyDocument=json.dumps(nothing))

    happened(account, "complaint", "7KQ2-M9XW.received.1")

    queue = account.engine.client("sqs")
    (lost,) = soon(lambda: queue.receive_message(QueueUrl=account.outputs["LostQueue"]).get("Messages"))
    assert json.loads(lost["Body"])["requestPayload"]["detail"]["eventType"] == "Complaint"
    rights.delete_role_policy(RoleName=role, PolicyName="nothing")


@pytest.mark.waits
def test_a_schedule_fires_and_writes_the_dates_beside_the_site(account):
    files = account.engine.client("s3")

    listed = soon(
        lambda: files.list_objects_v2(Bucket=account.outputs["SiteBucket"], Prefix="sessions/").get("Contents")
    )

    assert {each["Key"] for each in listed} >= {"sessions/information.json"}


@pytest.mark.parametrize("function", ["Remind", "Tell", "Publish"])
def test_a_timed_run_may_do_all_that_it_has_to(account, function):
    assert isinstance(run(account, function), dict)


def test_the_deletion_function_ends_a_contact_and_notes_its_id_outside_the_table(account):
    person, today = asked(account, "gone"), day_in_luxembourg(datetime.now(UTC))
    DynamoContacts(account.engine.client(), account.outputs["TableName"]).ask_deletion(person, today)

    assert run(account, "Delete")["deleted"] == 1

    assert not [item for item in account.items() if person in json.dumps(item, default=str)]
    noted = account.engine.client("s3").list_objects_v2(Bucket=account.outputs["LedgerBucket"], Prefix="erased/")
    assert person in [each["Key"].rpartition("/")[2] for each in noted["Contents"]]


def test_a_resident_goes_the_whole_way_in_a_browser(account, browser):
    resident = Resident("Exempla Nuage", "lb", email="nuage@example.org")

    with edge(account) as url, opened(browser) as page:
        open_form(page, url, resident)
        fill_form(page, resident)
        for part in ("month", "year"):
            page.fill(f"#attended_on-{part}", "")
        page.check("#attended_on-unsure")
        send(page)
        expect(page.locator("html")).to_have_attribute("lang", "lb")
        shown = reference(page)

    assert soon(lambda: [item for item in account.items() if item.get("reference", {}).get("S") == shown])


def happened(account, name, tag):
    """EventBridge hands an event of SES over, as it calls a function; nobody but SES may put one on the bus."""
    told = json.dumps(event(name, tag))
    account.engine.client("lambda").invoke(
        FunctionName=account.called("TakeBack"), InvocationType="Event", Payload=told
    )
