"""What staff reach: the desk, its door, and what they record by command."""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from chalicelib.domain.errors import ConfigurationError
from chalicelib.wiring import parts
from chalicelib.wiring.settings import needed, now, site_url

if TYPE_CHECKING:
    from chalicelib.usecases.desk import BackOffice
    from chalicelib.usecases.record_for_contact import Records
    from chalicelib.usecases.sign_in import Door
    from chalicelib.web.desk.desk import Desk
    from chalicelib.web.desk.sign_in import SignIn


def sign_in() -> "SignIn":
    """The door of the desk."""
    from chalicelib.web.desk.sign_in import SignIn

    return SignIn(site_url(), parts.pages(), door)


def desk() -> "Desk":
    """The desk, for who is signed in."""
    from chalicelib.web.desk.desk import Desk

    return Desk(site_url(), parts.pages(), door, back_office, _unsealer())


def door() -> "Door":
    from chalicelib.usecases.sign_in import Door

    return Door(desk_users(), parts.sign_ins(), parts.limits(), parts.keys().purpose("sign-in"))


def desk_users() -> frozenset[str]:
    """Who may sign in at the desk, in small letters: the addresses in `CAI_DESK_USERS`, separated by commas."""
    from chalicelib.domain.errors import MailRefusedError
    from chalicelib.mail.address import written

    given = [each.strip().casefold() for each in needed("CAI_DESK_USERS").split(",")]
    try:
        return frozenset(user for user in given if written(user))
    except MailRefusedError:
        raise ConfigurationError("CAI_DESK_USERS must be mail addresses, separated by commas") from None


def back_office() -> "BackOffice":
    from chalicelib.storage.worklist import DynamoWorklist
    from chalicelib.usecases.desk import BackOffice

    return BackOffice(parts.office(), parts.outbox(), DynamoWorklist(*parts.table()), parts.audit(), parts.deletions())


def _unsealer() -> Callable[[str, str], str]:
    """How the desk asks for it: `CAI_UNSEAL` names the function; on one machine it is called as it is."""
    from chalicelib.storage.seal import Unsealer

    if function := os.environ.get("CAI_UNSEAL"):
        return Unsealer(lambda: parts.client("lambda"), function)
    return lambda reference, secret: unseal({"reference": reference, "secret": secret})["matricule"]


def unseal(event: Mapping[str, str]) -> dict[str, str]:
    """Opens a social security number for the session whose secret the event holds; in a function of its own."""
    from chalicelib.usecases.unseal_matricule import Vault, unseal_matricule

    vault = Vault(door(), parts.contacts(), parts.audit(), parts.seal())
    return {"matricule": unseal_matricule(event["reference"], event["secret"], vault, now())}


def records() -> "Records":
    """Where staff record participation and signature."""
    from chalicelib.programme import periods
    from chalicelib.usecases.record_for_contact import Records

    return Records(parts.contacts(), periods.retention(), now)
