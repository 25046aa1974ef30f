"""`make restore` in an account on this machine: the API is closed until nobody is there who was erased."""

from datetime import UTC, datetime

import pytest
from botocore.stub import Stubber

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.storage.contacts import DynamoContacts
from infra import restore as command
from infra.closing import SIGN, close, open_again
from infra.stage import RefusedError
from tests.examples import OFFICE_PHONE, body
from tests.stack.account import STAGE
from tests.stack.test_stack import FORM, asked, run

pytestmark = pytest.mark.engine

MOMENT = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_while_the_table_is_restored_nothing_is_read_or_written_and_readers_have_a_human_way(account):
    close(STAGE, account.hands.clients)
    try:
        form = account.ask("POST", "/api/lb/appointments", data=body(email="restoring@example.org"), headers=FORM)
        read = [
            account.ask("GET", path).status_code
            for path in ("/api/fr/sessions?kind=information", "/api/health", "/api/desk/fr/today")
        ]
        with pytest.raises(AssertionError, match="StoreBusyError"):
            run(account, "Delete")
    finally:
        open_again(STAGE, account.hands.clients)

    assert (form.status_code, form.headers["Retry-After"], read) == (503, "30", [503, 503, 503])
    assert 'lang="lb"' in form.text and OFFICE_PHONE in form.text
    assert not [item for item in account.items() if "restoring@example.org" in str(item)]


def test_a_restore_erases_again_and_opens(account):
    gone, kept = asked(account, "erased"), asked(account, "staying")
    dynamodb, table = account.engine.client(), account.outputs["TableName"]
    before = f"{table}-20261121-090000"
    dynamodb.restore_table_to_point_in_time(SourceTableName=table, TargetTableName=before, RestoreDateTime=MOMENT)
    DynamoContacts(dynamodb, table).ask_deletion(gone, day_in_luxembourg(datetime.now(UTC)))
    assert run(account, "Delete")["deleted"] == 1

    restored = command.restore(STAGE, MOMENT, account.hands.clients, lambda: True, 0)

    assert restored
    assert (gone in str(account.items()), kept in str(account.items())) == (False, True)
    assert before not in dynamodb.list_tables()["TableNames"]
    assert SIGN not in account.settings("APIHandler")
    assert account.ask("GET", "/api/health").status_code == 200


def test_nothing_is_closed_without_a_yes(account):
    with pytest.raises(RefusedError, match=r"Nothing was changed\."):
        command.restore(STAGE, MOMENT, account.hands.clients, lambda: False, 0)

    assert SIGN not in account.settings("APIHandler")


def answering(account, error):
    """The clients of the account, whose DynamoDB answers that it cannot restore."""
    dynamodb = account.engine.client()
    stub = Stubber(dynamodb)
    stub.add_client_error("restore_table_to_point_in_time", error, "no")
    stub.activate()
    return lambda service, *_: dynamodb if service == "dynamodb" else account.engine.client(service)


def test_a_moment_of_which_there_is_no_backup_closes_nothing(account):
    with pytest.raises(RefusedError, match=r"There is no backup of 2026-11-21 09:00:00\+00:00: nothing was changed\."):
        command.restore(STAGE, MOMENT, answering(account, "InvalidRestoreTimeException"), lambda: True, 0)

    assert SIGN not in account.settings("APIHandler")


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-11-21T09:00"])
def test_a_moment_without_its_zone_is_refused(moment):
    with pytest.raises(RefusedError, match="TO must be a moment with its zone"):
        command.moment_of(moment)


def test_a_moment_with_its_zone_is_taken():
    assert command.moment_of("2026-11-21T10:00+01:00") == MOMENT
