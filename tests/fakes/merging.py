"""How the fake store moves seats and turns in a line from one contact to another, as the table would."""

from dataclasses import replace

from chalicelib.domain.merging import Merger
from chalicelib.domain.session import Place
from tests.fakes.store import FakeStore


def join_places(store: FakeStore, merger: Merger) -> None:
    kept, gone = merger.kept.contact.id, merger.gone.contact.id
    for booking in merger.moved:
        own = merger.kept.booking(booking.about)
        if own and own.session_id and own.session_id != booking.session_id:
            store.rosters[own.session_id].pop(kept, None)
        if booking.session_id and (seat := store.rosters[booking.session_id].pop(gone, None)):
            left = store.rosters[booking.session_id].get(kept)
            store.rosters[booking.session_id][kept] = replace(seat, contact_id=kept)
            _close_up(store, booking.session_id, kept, gone, left.place if left else None)


def _close_up(store: FakeStore, session_id: str, kept: str, gone: str, left: Place | None) -> None:
    session = store.sessions[session_id]
    closes_up = gone in session.waiting or left
    taken = session.taken - (left is Place.SEAT)
    waiting = tuple(kept if each == gone else each for each in session.waiting if each != kept or not closes_up)
    store.sessions[session_id] = replace(session, waiting=waiting, taken=taken)
