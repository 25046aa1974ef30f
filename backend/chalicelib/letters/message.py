"""A letter as it is handed to the post: its words, its files, and whom it is for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarFile:
    """A file for a calendar program; `method` is what the program is to do with it: PUBLISH or CANCEL."""

    name: str
    method: str
    content: str


@dataclass(frozen=True)
class Document:
    """A PDF."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """One letter in one language; `id` is the same in each copy of it, `kind` is its kind."""

    id: str
    kind: str
    language: str
    to: str
    reply_to: str
    subject: str
    text: str
    html: str
    calendars: tuple[CalendarFile, ...] = ()
    documents: tuple[Document, ...] = ()
