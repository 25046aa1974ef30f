"""Ids of erased contacts, outside the table and kept longer than its backups; a restore erases them again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from chalicelib.domain.errors import StoreBusyError
from chalicelib.storage.failures import failures


@dataclass(frozen=True)
class FileLedger:
    """`ports.Ledger` in a file of lines "day id", on the disk before the contact goes, forgotten after `kept`."""

    path: Path
    kept: timedelta

    def note(self, contact_id: str, erased_on: date) -> None:
        try:
            lines = {*self._lines_since(erased_on - self.kept), f"{erased_on.isoformat()} {contact_id}"}
            self._replace("".join(f"{line}\n" for line in sorted(lines)))
        except OSError as error:
            raise StoreBusyError(f"ledger {self.path}: {type(error).__name__}") from None

    def erased(self) -> Iterator[str]:
        return (line.split()[1] for line in self._lines_since(date.min))

    def _lines_since(self, day: date) -> list[str]:
        lines = self.path.read_text("ascii").splitlines() if self.path.exists() else []
        return [line for line in lines if line >= day.isoformat()]

    def _replace(self, text: str) -> None:
        new = self.path.with_suffix(".new")
        with new.open("w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)


@dataclass(frozen=True)
class BucketLedger:
    """`ports.Ledger` as empty objects of a bucket, whose names say it all; the bucket forgets them by its own rule."""

    client: Any
    bucket: str

    def note(self, contact_id: str, erased_on: date) -> None:
        with failures(f"bucket {self.bucket} of the ledger"):
            self.client.put_object(Bucket=self.bucket, Key=f"erased/{erased_on.isoformat()}/{contact_id}", Body=b"")

    def erased(self) -> Iterator[str]:
        with failures(f"bucket {self.bucket} of the ledger"):
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix="erased/"):
                yield from (each["Key"].rpartition("/")[2] for each in page.get("Contents", []))
