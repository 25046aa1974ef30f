"""Several letters to staff in one: what each is about, then each as it would have come by itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from chalicelib.domain.letter import Letter
from chalicelib.letters.message import Document

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Told = TypeVar("Told", bound="DataclassInstance")

_HEADING = re.compile(r"(</?h)([12])\b")


@dataclass(frozen=True)
class Section:
    """One letter as a part of a digest; `text` and `html` are written, and what somebody typed in them is escaped.

    `documents` go with the mail.
    """

    letter: Letter
    subject: str
    text: str
    html: str
    delete_mail_by: date | None
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class StaffDigest:
    """The sections in their order, and the day in Luxembourg by which the mail is deleted: that of the first.

    None where nothing in it is about a person.
    """

    sections: tuple[Section, ...]
    delete_mail_by: date | None


def staff_digest(sections: Sequence[Section]) -> StaffDigest:
    """Calls come first, since somebody waits for them."""
    ordered = sorted(sections, key=lambda each: (not each.letter.news, each.subject))
    days = (each.delete_mail_by for each in sections if each.delete_mail_by)
    return StaffDigest(tuple(ordered), min(days, default=None))


def in_digest(told: Told) -> Told:
    """What a letter tells as a part: the mail around it says when it is deleted, and a reply reaches no one person."""
    changes = {"delete_mail_by": None, "answers_person": False}
    known = {field.name for field in fields(told)}
    return replace(told, **{name: value for name, value in changes.items() if name in known})


def lowered(html: str) -> str:
    """The headings of a letter that stands below a heading of its own: two levels down, and none larger than it."""
    return _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 2}", html).replace(
        "font-size:25px", "font-size:20px"
    )
