"""The actions by which all of one contact goes to another of the same person; what is left of it is deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.domain.booking import Booking
from chalicelib.domain.deletion import MERGED
from chalicelib.domain.errors import CannotMergeError, TakenError
from chalicelib.domain.letter import LetterState
from chalicelib.domain.merging import Carried, Merger, Obstacle
from chalicelib.domain.papers import Paper
from chalicelib.domain.session import Place
from chalicelib.storage import items, paper_items, places
from chalicelib.storage.conditions import KEPT, UNCHANGED
from chalicelib.storage.dynamo import Table
from chalicelib.storage.letter_items import promising
from chalicelib.storage.outbox import progress
from chalicelib.storage.values import Item, Values, assigned
from chalicelib.usecases.contact_ports import Joining

_MOST = 100  # what one transaction takes
_AS_READ = "#state = :was AND #revision = :revision_before"


def actions_of(table: Table, joining: Joining, further: Sequence[Item], today: date) -> list[Item]:
    """All of them and the `further` ones, refused once either contact is not as it was read.

    Notes of letters that were sent long ago stay behind where there are too many. Raises TakenError for what changed
    meanwhile, and CannotMergeError for more than one transaction takes.
    """
    needed, sent = _Actions(table, joining, joining.merger, today).all()
    if len(needed) + len(further) > _MOST:
        raise CannotMergeError(Obstacle.TOO_MUCH)
    return [*needed, *further, *sent][:_MOST]


@dataclass(frozen=True)
class _Actions:
    table: Table
    joining: Joining
    merger: Merger
    today: date

    def all(self) -> tuple[list[Item], list[Item]]:
        """What is needed, and notes of letters that were sent."""
        kept, gone = (self._read(each.contact.id) for each in (self.merger.kept, self.merger.gone))
        references = self._moved_references(gone)
        needed = [
            *self._contacts(kept, gone, references),
            *self._pointers(kept, gone, references),
            *(each for booking in self.merger.moved for each in self._booking(booking)),
            *(self._unchanged(self.merger.kept.booking(each.about), self._kept_id) for each in self.merger.dropped),
            *self._forms_and_papers(),
            *(each for carried in self.joining.carried if not carried.is_sent for each in self._readdressed(carried)),
            *promising(self.table, self.joining.letters),
        ]
        return needed, self._sent()

    def _read(self, contact_id: str) -> Values:
        found = self.table.get(places.of_contact(contact_id))
        if found is None or "deleting" in found:
            raise TakenError(contact_id)
        return found

    @property
    def _kept_id(self) -> str:
        return self.merger.kept.contact.id

    @property
    def _gone_id(self) -> str:
        return self.merger.gone.contact.id

    def _contacts(self, kept: Values, gone: Values, references: frozenset[str]) -> list[Item]:
        after, before = self.merger.after, self.merger.gone.contact
        marks = frozenset((*kept["marks"], *gone["marks"], *self.joining.marks))
        told = items.known_of_contact(after, marks, self.today)
        added = {"references": references, "merged": gone.get("merged", frozenset()) | {before.id}}
        left = {
            "deleting": MERGED,
            **items.due_for_deletion(self.today),
            "mail_mark": None,
            "marks": None,
            "references": (gone["references"] - references) or None,
        }
        as_read = {"version_before": before.version, "many": len(gone["references"])}
        return [
            self.table.updating(
                places.of_contact(after.id),
                told | added | {"version_before": after.version - 1},
                f"{assigned(told)} ADD #references :references, #merged :merged",
                UNCHANGED,
            ),
            self.table.updating(
                places.of_contact(before.id),
                left | as_read,
                assigned(left),
                f"{UNCHANGED} AND size(#references) = :many",
            ),
        ]

    def _moved_references(self, gone: Values) -> frozenset[str]:
        """All but those of forms that are being removed."""
        found = self.table.partition(places.of_contact(self._gone_id), places.CORRECTION)
        withdrawn = {each["sk"]["S"].removeprefix(places.CORRECTION) for each in found if "withdrawn" in each}
        booked = {each.reference for each in self.merger.gone.bookings}
        return frozenset(gone["references"] - (withdrawn - booked))

    def _pointers(self, kept: Values, gone: Values, references: frozenset[str]) -> Iterator[Item]:
        after = self.merger.after
        for place in (*map(places.of_reference, sorted(references)), *map(places.of_mark, sorted(gone["marks"]))):
            values = {"contact_id": self._kept_id, "gone": self._gone_id}
            yield self.table.updating(place, values, "SET #contact_id = :contact_id", "#contact_id = :gone")
        for mark in sorted(set(self.joining.marks) - kept["marks"] - gone["marks"]):
            yield self.table.adding_anew({**places.of_mark(mark), "contact_id": self._kept_id})
        yield from map(self.table.removing, places.mailboxes(self.merger.gone.contact))
        yield from map(self.table.putting, places.mailboxes(after))
        yield from (self.table.putting(each) for each in (items.by_phone(after),) if each)

    def _booking(self, booking: Booking) -> Iterator[Item]:
        own = self.merger.kept.booking(booking.about)
        stored = items.of_booking(self._kept_id, booking)
        yield self.table.replacing(stored, _state(own), _AS_READ) if own else self.table.adding(stored)
        yield self._unchanged(self.merger.gone.booking(booking.about), self._gone_id)
        if own and own.session_id and own.session_id != booking.session_id:
            yield self.table.removing(places.of_seat(own.session_id, self._kept_id))
        if booking.session_id:
            yield from self._seat(booking.session_id)

    def _unchanged(self, booking: Booking | None, contact_id: str) -> Item:
        if booking is None:
            raise TakenError(contact_id)
        return self.table.checking(places.of_booking(contact_id, booking.about), _AS_READ, _state(booking))

    def _seat(self, session_id: str) -> Iterator[Item]:
        """The seat or place in the line as it is, with what the person needs there and knows of the session."""
        ours, theirs = (self.table.get(places.of_seat(session_id, each)) for each in (self._kept_id, self._gone_id))
        if theirs is None:
            return
        known = {name: theirs[name] for name in ("place", "told")}
        as_read = "#place = :place AND #told = :told"
        needs = " AND attribute_exists(#needs)" if "needs" in theirs else ""
        yield self.table.removing(places.of_seat(session_id, self._gone_id), as_read + needs, known)
        seat = {**theirs, **places.of_seat(session_id, self._kept_id)}
        if ours is None:
            yield self.table.adding_anew(seat)
        else:
            known = {name: ours[name] for name in ("place", "told")}
            yield self.table.replacing(seat, known, as_read)
        yield from self._line(session_id, theirs["place"], ours["place"] if ours else None)

    def _line(self, session_id: str, place: str, left: str | None) -> Iterator[Item]:
        """A place in the line keeps its turn; one that the person has twice closes up, and so does a seat."""
        line = (self.table.get(places.of_session(session_id)) or {}).get("waiting", ())
        values: Values = {}
        put: list[str] = []
        gone: list[str] = []
        as_read: list[str] = []
        if place == Place.WAITING and self._gone_id in line:
            at = line.index(self._gone_id)
            values |= {"kept": self._kept_id, "gone": self._gone_id}
            put, as_read = [f"#waiting[{at}] = :kept"], [f"#waiting[{at}] = :gone"]
        if left == Place.WAITING and self._kept_id in line:
            at = line.index(self._kept_id)
            values["kept"] = self._kept_id
            gone, as_read = [f"#waiting[{at}]"], [*as_read, f"#waiting[{at}] = :kept"]
        elif left == Place.SEAT:
            values |= {"one": 1, "none": 0}
            put, as_read = [*put, "#taken = #taken - :one"], [*as_read, "#taken > :none"]
        if as_read:
            change = " ".join(f"{verb} {', '.join(parts)}" for verb, parts in (("SET", put), ("REMOVE", gone)) if parts)
            yield self.table.updating(places.of_session(session_id), values, change, " AND ".join(as_read))

    def _forms_and_papers(self) -> Iterator[Item]:
        for form in self.merger.corrections:
            yield self.table.checking(places.of_correction(self._gone_id, form.reference), KEPT)
            yield self.table.adding(items.of_correction(self._kept_id, form))
        papers: tuple[Paper, ...] = (*self.merger.gone.vouchers, *self.merger.gone.certificates)
        for paper in papers:
            yield self.table.adding(paper_items.of_paper(self._kept_id, paper))

    def _readdressed(self, carried: Carried) -> Iterator[Item]:
        before = carried.before
        yield self.table.updating(*progress(before, before.state, replace(before, state=LetterState.VOID)))
        yield from promising(self.table, [carried.after] if carried.after else [])

    def _sent(self) -> list[Item]:
        sent = [each.after for each in self.joining.carried if each.is_sent and each.after]
        newest_first = sorted(sent, key=lambda each: each.waiting_since, reverse=True)
        return promising(self.table, newest_first)


def _state(booking: Booking) -> Values:
    return {"was": booking.state.value, "revision_before": booking.revision}
