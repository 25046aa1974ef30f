"""The inbox: every letter that the service sent, read from the Maildir it sent them to."""

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path

_DELIVERED = re.compile(r"(\d+)\.M(\d+)P\d+Q(\d+)")


@dataclass(frozen=True)
class Attachment:
    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One sent letter; `key` tells two copies of a letter apart, `id` does not."""

    key: str
    id: str
    kind: str
    to: str
    lang: str
    subject: str
    date: datetime | None
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    headers: tuple[tuple[str, str], ...]


class Inbox:
    """The letters of one Maildir, which need not be there yet."""

    def __init__(self, maildir: Path | None) -> None:
        self._maildir = maildir

    def all(self) -> list[Letter]:
        """Oldest first."""
        if self._maildir is None:
            return []
        files = [file for folder in ("new", "cur") for file in (self._maildir / folder).glob("[!.]*")]
        return [_read(file) for file in sorted(files, key=_order)]

    def find(self, key: str) -> Letter | None:
        return next((letter for letter in self.all() if letter.key == key), None)


def as_json(letter: Letter) -> dict[str, object]:
    """A letter as scripts read it."""
    names = ("id", "kind", "to", "lang", "subject", "text", "html")
    attachments = [
        {"name": each.name, "type": each.type, "content": b64encode(each.content).decode("ascii")}
        for each in letter.attachments
    ]
    return {name: getattr(letter, name) for name in names} | {
        "attachments": attachments,
        "headers": dict(letter.headers),
    }


def _order(file: Path) -> tuple[int, ...]:
    """Seconds, microseconds and count of delivery, which Python's Maildir writes into the name."""
    found = _DELIVERED.match(file.name)
    return tuple(int(number) for number in found.groups()) if found else (int(file.stat().st_mtime),)


@lru_cache(maxsize=5000)
def _read(file: Path) -> Letter:
    message = message_from_bytes(file.read_bytes(), EmailMessage, policy=policy.default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    others = [part for part in message.walk() if not part.is_multipart() and part not in (text, html)]
    return Letter(
        key=file.name,
        id=message.get("X-CAI-Letter-Id", ""),
        kind=message.get("X-CAI-Letter-Kind", ""),
        to=message.get("To", ""),
        lang=message.get("Content-Language", ""),
        subject=message.get("Subject", ""),
        date=message["Date"].datetime if message["Date"] else None,
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
        attachments=tuple(_attachment(part) for part in others),
        headers=tuple((name, str(value)) for name, value in message.items()),
    )


def _attachment(part: EmailMessage) -> Attachment:
    return Attachment(
        part.get_filename("unnamed"), part.get_content_type(), bytes(part.get_payload(decode=True) or b"")
    )
