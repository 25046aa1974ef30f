"""Opens a social security number for somebody of the staff; only a function of its own has the right to do so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.desk import Act, Deed
from chalicelib.usecases.contact_ports import Contacts
from chalicelib.usecases.desk_ports import Audit
from chalicelib.usecases.settle import settle
from chalicelib.usecases.sign_in import Door, find_user


class Opener(Protocol):
    """Opens what a `ports.Seal` has closed."""

    def open(self, sealed: bytes, contact_id: str) -> str:
        """The text. Raises StoreBusyError when the key cannot be reached."""


@dataclass(frozen=True)
class Vault:
    """What opening needs: who may, whose number, where it is noted, and the key."""

    door: Door
    contacts: Contacts
    audit: Audit
    opener: Opener


def unseal_matricule(reference: str, secret: str, vault: Vault, now: datetime) -> str:
    """The number of the contact of a reference, for who has the session of `secret` at the aware `now`.

    It is noted first who opens it. Empty where nobody is signed in, or no number is stored. Raises StoreBusyError.
    """
    user = find_user(secret, vault.door, now)
    file = settle(lambda: vault.contacts.find_reference(reference)) if user else None
    if user is None or file is None or file.contact.sealed_matricule is None:
        return ""
    deed = Deed(now, user, Act.UNSEALED, reference)
    settle(lambda: vault.audit.note(deed))
    return vault.opener.open(file.contact.sealed_matricule, file.contact.sealed_for or file.contact.id)
