"""`make restore`: the table as it was at a moment of the last days, without those who were erased since."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from chalicelib import jobs
from chalicelib.storage.contacts import DynamoContacts
from chalicelib.storage.deletions import DynamoDeletions
from chalicelib.storage.ledger import BucketLedger
from chalicelib.storage.sessions import DynamoSessions
from chalicelib.usecases.erase_again import erase_again
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.ports import Ledger
from infra.account import Clients, account_id
from infra.changes import demand_finished
from infra.closing import close, open_again
from infra.copying import keys, make_same
from infra.deploy import clients_of, said_yes
from infra.stage import RefusedError, Stage, read, said

_LONGEST_REQUEST = 30.0


def restore(stage: Stage, moment: datetime, clients: Clients, agrees: Callable[[], bool], wait: float) -> int:
    """Closes the API, brings the table back, erases again, and opens; gives how many items there are.

    Whatever goes wrong once it is closed leaves it closed; doing it again goes on. `wait`: for how many seconds a
    request may run. Raises RefusedError, with nothing changed, for a moment of which there is no backup.
    """
    account_id(clients)
    made, dynamodb = demand_finished(clients("cloudformation"), stage), clients("dynamodb")
    table = made["TableName"]
    if not agrees():
        raise RefusedError("Nothing was changed.")
    before = f"{table}-{moment:%Y%m%d-%H%M%S}"
    _begin(dynamodb, table, before, moment)
    close(stage, clients)
    time.sleep(wait)
    dynamodb.get_waiter("table_exists").wait(TableName=before, WaiterConfig={"Delay": 10, "MaxAttempts": 1000})
    restored = bring_back(dynamodb, table, before, BucketLedger(clients("s3"), made["LedgerBucket"]), datetime.now(UTC))
    dynamodb.delete_table(TableName=before)
    open_again(stage, clients)
    return restored


def _begin(dynamodb: Any, table: str, before: str, moment: datetime) -> None:
    """A second table, as the first one was at that moment; one that an earlier try began is used.

    Raises RefusedError for a moment of which there is no backup, such as one of the last five minutes.
    """
    known = dynamodb.exceptions
    try:
        dynamodb.restore_table_to_point_in_time(SourceTableName=table, TargetTableName=before, RestoreDateTime=moment)
    except (known.TableAlreadyExistsException, known.TableInUseException):
        print(f"{before} is there from an earlier try.")
    except known.InvalidRestoreTimeException:
        raise RefusedError(f"There is no backup of {moment}: nothing was changed.") from None


def bring_back(dynamodb: Any, table: str, before: str, ledger: Ledger, now: datetime) -> int:
    """Makes the table what `before` is, but for those who are erased by now; gives how many items there are.

    Raises RefusedError, or LeftUndoneError of the job, while somebody is there again who was erased.
    """
    contacts, deletions = DynamoContacts(dynamodb, table), DynamoDeletions(dynamodb, table)
    rosters = Rosters(contacts, DynamoSessions(dynamodb, table))
    # Whoever asked for it an hour ago is not in the ledger yet.
    jobs.delete(deletions, rosters, ledger, now)
    make_same(dynamodb, table, before)
    erase_again(contacts, ledger, now)
    jobs.delete(deletions, rosters, ledger, now)
    there = keys(dynamodb, table)
    erased = {f"CONTACT#{contact_id}" for contact_id in ledger.erased()}
    if back := erased & {pk for pk, _ in there}:
        raise RefusedError(f"{len(back)} contacts are there again who were erased: the API stays closed. Try again.")
    return len(there)


def moment_of(text: str) -> datetime:
    """Raises RefusedError for what is no moment, or leaves open in which zone it is."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            return moment
    raise RefusedError("TO must be a moment with its zone, as in make restore STAGE=prod TO=2026-11-21T09:00+01:00.")


def main(name: str) -> None:
    stage = read(name)
    moment = moment_of(os.environ.get("TO", ""))
    question = f"Close {stage.stack} and bring its table back to {moment}? What was written since is lost."
    restored = restore(stage, moment, clients_of(stage), lambda: said_yes(question), _LONGEST_REQUEST)
    print(f"{restored} items are as they were, nobody who was erased among them; the API is open again.")


if __name__ == "__main__":
    said(main)
