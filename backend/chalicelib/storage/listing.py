"""The lists of dates as files that are served beside the site."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.domain.errors import StoreBusyError
from chalicelib.domain.session import SessionKind
from chalicelib.storage.failures import failures


@dataclass(frozen=True)
class FileListing:
    """`session_ports.Listing` below a folder that is served as the site is."""

    folder: Path

    def read(self, kind: SessionKind) -> str | None:
        file = self._file(kind)
        return file.read_text("utf-8") if file.exists() else None

    def write(self, kind: SessionKind, text: str) -> None:
        file = self._file(kind)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_suffix(".new")
            new.write_text(text, "utf-8")
            new.replace(file)
        except OSError as error:
            raise StoreBusyError(f"list {file}: {type(error).__name__}") from None

    def _file(self, kind: SessionKind) -> Path:
        return self.folder / _name(kind)


@dataclass(frozen=True)
class BucketListing:
    """The same in the bucket of the site, to be `kept` as that header says.

    The function has the right to list the bucket, else what is missing is forbidden.
    """

    client: Any
    bucket: str
    kept: str

    def read(self, kind: SessionKind) -> str | None:
        with failures(self._place):
            try:
                answer = self.client.get_object(Bucket=self.bucket, Key=_name(kind))
            except self.client.exceptions.NoSuchKey:
                return None
            return bytes(answer["Body"].read()).decode("utf-8")

    def write(self, kind: SessionKind, text: str) -> None:
        with failures(self._place):
            self.client.put_object(
                Bucket=self.bucket,
                Key=_name(kind),
                Body=text.encode("utf-8"),
                ContentType="application/json",
                CacheControl=self.kept,
            )

    @property
    def _place(self) -> str:
        return f"bucket {self.bucket} (CAI_LISTING)"


def _name(kind: SessionKind) -> str:
    return f"sessions/{kind.value}.json"
