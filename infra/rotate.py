"""`make rotate`: a new key for one purpose; what older ones have signed stays good unless they are dropped."""

import json
import os
import secrets
from datetime import UTC, datetime

from chalicelib.storage.keys import LENGTH, PURPOSES
from infra.account import Clients, account_id
from infra.changes import demand_finished
from infra.closing import start_anew
from infra.deploy import clients_of, said_yes
from infra.stage import RefusedError, Stage, read, said

# Contacts are found by marks that older keys have made; nothing makes them anew.
_NEVER_DROPPED = ("pointers",)
_ON_ONE_MACHINE = "seal"  # an account has a KMS key for that, which AWS rotates


def rotated(known: str, purpose: str, *, drop: bool) -> str:
    """The keys as JSON with a new version for a purpose, alone if older ones are dropped. Raises RefusedError."""
    purposes = [each for each in PURPOSES if each != _ON_ONE_MACHINE]
    if purpose not in purposes:
        raise RefusedError(f"PURPOSE must be one of {', '.join(purposes)}.")
    if drop and purpose in _NEVER_DROPPED:
        raise RefusedError(f"The older keys of {purpose} cannot be dropped: nobody would be found any more.")
    keys = json.loads(known)
    versions = keys[purpose]
    new = {str(max(map(int, versions)) + 1): secrets.token_hex(LENGTH)}
    return json.dumps(keys | {purpose: new if drop else versions | new}, indent=2)


def rotate(stage: Stage, purpose: str, clients: Clients, *, drop: bool) -> None:
    """Stores the new key and has every function read it. Raises RefusedError."""
    account_id(clients)
    demand_finished(clients("cloudformation"), stage)
    ssm = clients("ssm")
    known = ssm.get_parameter(Name=stage.keys, WithDecryption=True)["Parameter"]["Value"]
    new = rotated(known, purpose, drop=drop)
    ssm.put_parameter(Name=stage.keys, Type="SecureString", Value=new, Overwrite=True)
    start_anew(stage, clients, datetime.now(UTC))


def main(name: str) -> None:
    stage, purpose, drop = read(name), os.environ.get("PURPOSE", ""), os.environ.get("DROP") == "yes"
    what = "and drop the older ones: links in letters end" if drop else "beside the older ones"
    if not said_yes(f"Make a new key of {stage.stack} for {purpose}, {what}?"):
        raise RefusedError("Nothing was changed.")
    rotate(stage, purpose, clients_of(stage), drop=drop)
    print(f"{stage.stack} signs with a new key for {purpose}.")


if __name__ == "__main__":
    said(main)
