"""Ids of erased contacts, outside the table and kept longer than its backups; a restore erases them again."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chalicelib.domain.errors import StoreBusyError
from chalicelib.storage.failures import failures


@dataclass(frozen=True)
class FileLedger:
    """`ports.Ledger` in a file of lines "id day", each on the disk before the contact goes."""

    path: Path

    def note(self, contact_id: str, erased_on: date) -> None:
        try:
            self._append(contact_id, erased_on)
        except OSError as error:
            raise StoreBusyError(f"ledger {self.path}: {type(error).__name__}") from None

    def _append(self, contact_id: str, erased_on: date) -> None:
        with self.path.open("a+b") as file:
            file.seek(0)
            *lines, torn = file.read().split(b"\n")
            if any(line.split(b" ")[0] == contact_id.encode() for line in lines):
                return
            # A crash may have left half a line.
            file.write(b"\n" * bool(torn) + f"{contact_id} {erased_on.isoformat()}\n".encode())
            file.flush()
            os.fsync(file.fileno())


@dataclass(frozen=True)
class BucketLedger:
    """`ports.Ledger` as empty objects of a bucket, whose names say it all."""

    client: Any
    bucket: str

    def note(self, contact_id: str, erased_on: date) -> None:
        with failures(f"bucket {self.bucket} of the ledger"):
            self.client.put_object(Bucket=self.bucket, Key=f"erased/{erased_on.isoformat()}/{contact_id}", Body=b"")
