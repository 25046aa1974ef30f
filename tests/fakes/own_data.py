"""What the fake store holds of a person, as the table would: item by item."""

from collections.abc import Iterator
from typing import Any

from chalicelib.domain.own_data import StoredItem
from chalicelib.storage import items, paper_items, places
from chalicelib.storage.letter_items import of_letter
from chalicelib.storage.own_data import in_line, told
from chalicelib.storage.session_items import of_seat, of_session
from chalicelib.storage.values import write_moment
from chalicelib.usecases.session_ports import Taking
from tests.fakes.store import FakeStore


def stored_in(store: FakeStore, contact_id: str) -> list[StoredItem]:
    """Everything of a contact that is not being deleted."""
    if store.living(contact_id) is None:
        return []
    written = (*_own(store, contact_id), *_pointers(store, contact_id), *_places(store, contact_id))
    return [told({name: value for name, value in item.items() if value is not None}) for item in written]


def _own(store: FakeStore, contact_id: str) -> Iterator[dict[str, Any]]:
    file = store.files[contact_id]
    merged = {"merged": frozenset(store.merged[contact_id])} if contact_id in store.merged else {}
    yield merged | items.of_contact(
        file.contact, _leading_to(store.marks, contact_id), _leading_to(store.references, contact_id)
    )
    if file.contact.history.signed_on:
        due = {"due_key": places.SIGNATORIES, "due_at": file.contact.delete_on.isoformat()}
        yield places.of_signatory(contact_id) | due
    yield items.by_name(file.contact)
    yield from (each for each in (items.by_phone(file.contact),) if each)
    yield from (items.of_booking(contact_id, booking) for booking in file.bookings)
    yield from (items.of_correction(contact_id, correction) for correction in file.corrections)
    yield from (paper_items.of_paper(contact_id, paper) for paper in (*file.vouchers, *file.certificates))
    yield from (of_letter(letter) for letter in store.letters.values() if letter.contact_id == contact_id)


def _pointers(store: FakeStore, contact_id: str) -> Iterator[dict[str, Any]]:
    leads = {"contact_id": contact_id}
    yield from (places.of_mark(mark) | leads for mark in _leading_to(store.marks, contact_id))
    for each in _leading_to(store.references, contact_id):
        yield places.of_reference(each) | leads | store.received.get(each, {})
    yield from places.mailboxes(store.files[contact_id].contact)


def _places(store: FakeStore, contact_id: str) -> Iterator[dict[str, Any]]:
    for session_id, roster in store.rosters.items():
        if seat := roster.get(contact_id):
            session = store.sessions[session_id]
            known = {"told": seat.told, "start": write_moment(seat.start)}
            yield of_seat(contact_id, seat.reference, Taking(session, seat.place, seat.needs)) | known
    for session in store.sessions.values():
        if contact_id in session.waiting:
            yield in_line(of_session(session), contact_id)


def _leading_to(pointers: dict[str, str], contact_id: str) -> frozenset[str]:
    return frozenset(name for name, led_to in pointers.items() if led_to == contact_id)
