"""All that is stored of a person, for whoever opened a fresh link: in words on the own page, and as a file."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.domain.days import Attended, day_in_luxembourg
from chalicelib.domain.own_data import StoredItem, Value
from chalicelib.web.answer import JSON, Answer
from chalicelib.web.visit import Visit
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write_month, write_time, write_weekday
from chalicelib.words.own_data import KINDS, LABELS, NO, SEALED, VALUES, YES

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.+")


@dataclass(frozen=True)
class OwnItem:
    """One item in words: its heading, what a person asks for, and what belongs to the inside of the service."""

    title: str
    lines: tuple[tuple[str, str], ...]
    inside: tuple[tuple[str, str], ...]


def own_data(visit: Visit) -> tuple[OwnItem, ...]:
    """Everything, what is about the person first. Raises StoreBusyError."""
    order = list(KINDS)
    items = sorted(_stored(visit), key=lambda item: order.index(_named(item)))
    return tuple(_in_words(item, visit.language) for item in items)


def send_data(visit: Visit) -> Answer:
    """The same as a file, by the names of stored.toml; the page again once the link is not fresh any more."""
    if not visit.sees_all:
        return visit.again()
    items = [{"item": item.kind, **_plain_item(item)} for item in _stored(visit)]
    body = json.dumps(items, ensure_ascii=False, indent=2)
    return Answer(200, body, {**JSON, "Content-Disposition": 'attachment; filename="CAI-data.json"'})


def _stored(visit: Visit) -> Iterable[StoredItem]:
    return visit.office.contacts.everything(visit.link.contact_id)


def _plain_item(item: StoredItem) -> dict[str, object]:
    return {name: _plain(value) for name, value in item.attributes.items()}


def _plain(value: object) -> object:
    """As JSON knows it; what is sealed stays so."""
    if isinstance(value, bytes):
        return "sealed"
    return sorted(value) if isinstance(value, frozenset) else value


def _named(item: StoredItem) -> str:
    return item.kind if item.kind in KINDS else ""


def _in_words(item: StoredItem, language: str) -> OwnItem:
    gettext = words(language).gettext
    known = [name for name in LABELS if name in item.attributes]
    lines = tuple((gettext(LABELS[name]), _said(item, name, language)) for name in known)
    inside = tuple((name, str(_plain(value))) for name, value in item.attributes.items() if name not in LABELS)
    return OwnItem(gettext(KINDS[_named(item)]), lines, inside)


def _said(item: StoredItem, name: str, language: str) -> str:
    known = VALUES.get(f"{item.kind}.{name}") or VALUES.get(name, {})
    return _value(item.attributes[name], known, language)


def _value(value: Value | object, known: dict[str, str], language: str) -> str:
    gettext = words(language).gettext
    if isinstance(value, bool):
        return gettext(YES if value else NO)
    if isinstance(value, bytes):
        return gettext(SEALED)
    if isinstance(value, tuple | frozenset):
        listed = ", ".join(_value(each, known, language) for each in sorted(value, key=str))
        return listed or gettext(known.get("", "–"))
    text = str(value)
    return gettext(known[text]) if text in known else _written(text, language)


def _written(text: str, language: str) -> str:
    """A day, a month or a moment in the form of the language; any other text as it is."""
    if _DAY.fullmatch(text):
        return write_weekday(date.fromisoformat(text), language)
    if _MONTH.fullmatch(text):
        return write_month(Attended.read(text).first, language)
    if _MOMENT.fullmatch(text):
        moment = datetime.fromisoformat(text)
        return f"{write_weekday(day_in_luxembourg(moment), language)}, {write_time(moment, language)}"
    return text
