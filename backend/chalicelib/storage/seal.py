"""Seals a matricule so that only the desk's own function can open it."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chalicelib.domain.errors import ConfigurationError, StoreBusyError
from chalicelib.storage.failures import failures

_NONCE_LENGTH = 12


@dataclass(frozen=True)
class KmsSeal:
    """`ports.Seal` by a key that never leaves KMS; sealing and opening are separate rights there.

    `client` makes one when something is first sealed, since most requests seal nothing.
    """

    client: Callable[[], Any]
    key_id: str

    def close(self, text: str, contact_id: str) -> bytes:
        with failures("key in CAI_KMS_KEY"):
            answer = self.client().encrypt(
                KeyId=self.key_id, Plaintext=text.encode(), EncryptionContext={"contact": contact_id}
            )
        return bytes(answer["CiphertextBlob"])

    def open(self, sealed: bytes, contact_id: str) -> str:
        """For the one function that has the right to."""
        with failures("key in CAI_KMS_KEY"):
            answer = self.client().decrypt(
                KeyId=self.key_id, CiphertextBlob=sealed, EncryptionContext={"contact": contact_id}
            )
        return bytes(answer["Plaintext"]).decode()


@dataclass(frozen=True)
class Unsealer:
    """Asks the function that opens seals; it looks for itself whether `secret` is that of a session of the desk."""

    client: Callable[[], Any]
    function: str

    def __call__(self, reference: str, secret: str) -> str:
        """The number, or nothing. Raises StoreBusyError when the function does not answer."""
        asked = json.dumps({"reference": reference, "secret": secret}).encode()
        with failures("function in CAI_UNSEAL"):
            answer = self.client().invoke(FunctionName=self.function, Payload=asked)
        if "FunctionError" in answer:
            raise StoreBusyError("the function in CAI_UNSEAL failed")
        return str(json.loads(answer["Payload"].read())["matricule"])


@dataclass(frozen=True)
class FileKeySeal:
    """`ports.Seal` by a key of 32 bytes, for one machine: it opens what it closes."""

    key: bytes = field(repr=False)

    def close(self, text: str, contact_id: str) -> bytes:
        nonce = os.urandom(_NONCE_LENGTH)
        return nonce + bytes(self._cipher().encrypt(nonce, text.encode(), contact_id.encode()))

    def open(self, sealed: bytes, contact_id: str) -> str:
        nonce, content = sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:]
        return bytes(self._cipher().decrypt(nonce, content, contact_id.encode())).decode()

    def _cipher(self) -> Any:
        try:
            # It does not ship: in an account KMS seals.
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as said above
        except ImportError as missing:
            raise ConfigurationError(
                "CAI_KMS_KEY is empty, and sealing with a key file needs the package cryptography"
            ) from missing
        return AESGCM(self.key)
