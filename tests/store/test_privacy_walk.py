"""Through a whole life in the table: each attribute is declared, and of who is deleted nothing stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from chalicelib import jobs
from chalicelib.domain.booking import AppointmentRequest, Person, Refusal, SignUp, Wish
from chalicelib.domain.desk import link_token
from chalicelib.domain.papers import CertificateKind, Course
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.programme import stored
from chalicelib.programme.rules import rules
from chalicelib.storage.ledger import FileLedger
from chalicelib.storage.seal import FileKeySeal
from chalicelib.usecases.confirm_correction import confirm_correction
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.give_up_place import withdraw_request
from chalicelib.usecases.mark_attendance import Mark, mark_attendance
from chalicelib.usecases.merge_contacts import Shown, mark_of, merge_contacts
from chalicelib.usecases.move_booking import appointment_mark
from chalicelib.usecases.post_room import PostRoom
from chalicelib.usecases.record_contract import ContractRecords, Seen
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.see_to_request import RequestDesk
from chalicelib.usecases.sign_in import Door, ask_for_link, enter
from chalicelib.usecases.sign_up import sign_up
from chalicelib.usecases.tell_rosters import tell_rosters
from tests.examples import REQUEST, by
from tests.fakes.outbox import FakePost
from tests.letter_examples import SIGN_IN_KEYS, writer
from tests.store.stores import dynamo_store, new_table, rows

pytestmark = pytest.mark.engine

GONE, STAYS, ASKS, TWIN = "6f1d8c52a0", "b7e94d03f8", "0c25ae71d9", "9d2b7e0c14"
MOVED, INTRUDER = by(REQUEST, phone="+352621777777"), replace(by(REQUEST, email="intruder@example.org"), slot="slot-2")
STAYING = AppointmentRequest(
    Person("Manens", "Ficta", None, "+352621000001", "fr"), None, None, Wish((), "fr", ""), slot="slot-1"
)
# The same person as the one who stays, under another surname, with a number that was sealed for another contact.
TWICE = replace(by(STAYING, surname="Gemella", email="altera@example.org"), matricule=REQUEST.matricule, slot=None)
ASKING = AppointmentRequest(
    Person("Abiens", "Ignota", "abiens@example.org", None, "de"), None, None, Wish((), "de", "Delenda"), doubtful=True
)
TYPED = {
    *("Exempla", "Fictiva", "exempla@example.org", "621000000", "1990093012358", "A message of a test"),
    *(
        "621777777",
        "intruder@example.org",
        "Manens",
        "Ficta",
        "Gemella",
        "621000001",
        "Abiens",
        "Ignota",
        "abiens@",
        "Delenda",
    ),
}
OF_THE_GONE = {*(value for value in TYPED if value.casefold() in str((REQUEST, MOVED, INTRUDER)).casefold()), GONE}
ANSWERED = {
    (kind, attribute) for kind in ("contact", "booking", "correction") for attribute in stored.load().answers.values()
} | {("surname", "due_at"), ("phone", "due_at")}
SESSION = Session(
    "info",
    SessionKind.INFORMATION,
    ("fr",),
    (Meeting(datetime(2026, 12, 12, 9, tzinfo=UTC), datetime(2026, 12, 12, 11, tzinfo=UTC), "Example hall"),),
    capacity=1,
    waiting_max=2,
    published=True,
)
SLOTS = [replace(SESSION, id=name, kind=SessionKind.SLOT, waiting_max=0) for name in ("slot-1", "slot-2")]
ORIENTATION = replace(
    SESSION,
    id="day",
    kind=SessionKind.ORIENTATION,
    meetings=(Meeting(datetime(2027, 3, 13, 12, tzinfo=UTC), datetime(2027, 3, 13, 17, tzinfo=UTC), "Example hall"),),
)
ADDRESS = "192.0.2.7"
STAFF = "desk@forum-cai.example"
DELETED_ON = date(2027, 12, 3)

Look = list[dict[str, Any]]


class Life:
    """The real use cases and jobs on one table, which is looked at now and then; `looks` keeps what was there."""

    def __init__(self, client: Any, ledger: FileLedger) -> None:
        self.client, self.ledger, self.name = client, ledger, new_table(client)
        self.store = dynamo_store(client, self.name)
        self.office = replace(self.store.office, seal=FileKeySeal(bytes(32)))
        self.post, self.now = FakePost(), datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
        self.looks: dict[str, Look] = {}
        self.references: dict[str, str] = {}

    def on(self, day: date) -> "Life":
        self.now = datetime.combine(day, time(12), UTC)
        return self

    def ask(self, request: AppointmentRequest, contact_id: str) -> str:
        self.office.limits.admit(f"address#{ADDRESS}", "a post", 30, timedelta(hours=1), self.now)
        return request_appointment(request, self.office, contact_id, self.now, ADDRESS).reference

    def sign_up(self, request: AppointmentRequest, *needs: str) -> str:
        """Somebody who is known signs up for the session."""
        form = SignUp("info", request.person, needs)
        return sign_up(form, self.office, "never used", self.now, ADDRESS).reference

    def sign_in(self) -> None:
        """Somebody of the staff signs in."""
        door = Door(frozenset({STAFF}), self.store.sign_ins, self.store.limits, SIGN_IN_KEYS)
        ask_for_link(STAFF, "today", "fr", door, self.now, ADDRESS, "11" * 16)
        self.look("link asked")
        enter(link_token(SIGN_IN_KEYS, "11" * 16), "a secret", door, self.now, ADDRESS)
        self.look("signed in")

    def move_session(self) -> None:
        self.store.sessions.replan(replace(SESSION, languages=("fr", "de"), version=2))
        self.look("session moved")
        tell_rosters(self.store.rosters, self.now)

    @property
    def desk(self) -> BackOffice:
        store = self.store
        return BackOffice(self.office, store.outbox, store.worklist, store.audit, store.months)

    def refuse(self, reference: str) -> None:
        """Somebody of the staff sees to a request and refuses it."""
        for do in (RequestDesk.take_up, lambda desk: desk.refuse(Refusal.CONDITIONS)):
            seen = appointment_mark(self.store.contacts.find_reference(reference))
            do(RequestDesk(reference, seen, STAFF, self.desk, self.now))

    def put_together(self, kept: str, request: AppointmentRequest) -> None:
        """Staff put the contact of a request, which has sent a further form and withdrawn the first, into another."""
        gone = self.ask(request, TWIN)
        self.ask(replace(request, wish=Wish((), "de", "")), TWIN)
        withdraw_request(TWIN, self.store.contacts, self.now)
        shown = [Shown(each, mark_of(self.store.contacts.find_reference(each))) for each in (kept, gone)]
        merge_contacts(*shown, STAFF, self.desk, self.now)

    def mark(self, reference: str) -> None:
        """Staff note that somebody came to the session."""
        counts = mark_attendance("info", [Mark(reference, frozenset({1}), "confirmed")], STAFF, self.desk, self.now)
        assert counts == {"attended": 1}

    def invite(self) -> None:
        """Everybody who has signed is invited, by a command that dies before the first."""
        self.store.sessions.add(ORIENTATION)
        self.store.sessions.begin_inviting(ORIENTATION.id)
        self.look("inviting")
        jobs.tell(self.office, self.now)

    def erase(self, contact_id: str, correction: str | None = None) -> None:
        erase_contact(contact_id, correction, self.store.contacts, self.now)

    @property
    def records(self) -> Records:
        return Records(self.store.contacts, self.office.retention, lambda: self.now)

    def take_a_course(self, reference: str, day: date) -> None:
        """The first voucher is issued, used, and its course completed and certified."""
        staff = ContractRecords(self.store.contacts, self.store.sessions, rules(), lambda: self.now)
        for record in (
            lambda seen: staff.issue_voucher(seen, day),
            lambda seen: staff.record_voucher_use(seen, 1, Course("fr", day, day)),
            lambda seen: staff.record_course_completed(seen, 1, day, 80),
            lambda seen: staff.record_certificate(seen, CertificateKind.COURSE, 1),
        ):
            record(Seen(reference, self.store.contacts.find_reference(reference).contact.version))

    def work(self, name: str) -> None:
        """One run of each job, with a look at what was promised and one at what is left in the end."""
        jobs.remind(self.store.contacts, self.store.months, self.office.retention, self.now)
        self.look(f"{name}, letters promised")
        store = self.store
        room = PostRoom(store.outbox, store.rosters, store.months, writer().compose, self.post, sign_ins=store.sign_ins)
        jobs.deliver(room, lambda: self.now)
        jobs.delete(self.store.deletions, self.store.rosters, self.ledger, self.now)
        self.look(name)

    def look(self, name: str) -> None:
        self.looks[name] = rows(self.client, self.name)


@pytest.fixture(scope="module")
def life(roto, client_of, tmp_path_factory):
    """One person is deleted on the promised day, one asks for it, one stays and has the only seat of a session."""
    life = Life(client_of(roto), FileLedger(tmp_path_factory.mktemp("ledger") / "erased", timedelta(days=30)))
    for session in (SESSION, *SLOTS):
        life.store.sessions.add(session)
    gone, stays = life.ask(REQUEST, GONE), life.ask(STAYING, STAYS)
    moved = life.ask(MOVED, "never used")
    intruder = life.ask(INTRUDER, "never used")
    asking = life.ask(ASKING, ASKS)
    seat = life.sign_up(STAYING)
    life.sign_up(ASKING)
    life.sign_up(REQUEST, "step-free", "large-print")
    life.work("first day")
    confirm_correction(GONE, moved, life.office, life.now)
    life.sign_in()
    life.refuse(asking)
    life.move_session()
    life.put_together(stays, TWICE)
    life.erase(GONE, intruder)
    life.erase(ASKS)
    life.look("erasure asked")
    life.on(date(2026, 12, 5)).records.participation(gone, date(2026, 12, 3))
    life.records.signature(stays, date(2026, 12, 4))
    life.records.first_measure(stays, date(2027, 1, 10))
    life.take_a_course(stays, date(2026, 12, 4))
    life.invite()
    life.work("recorded")
    life.on(date(2026, 12, 12)).work("day of the session")
    life.on(date(2026, 12, 13)).mark(seat)
    life.work("day after the session")
    life.on(date(2027, 11, 3)).work("warned")
    life.on(DELETED_ON - timedelta(days=1)).work("day before")
    life.on(DELETED_ON).work("deleted")
    life.references = {"gone": gone, "intruder": intruder, "stays": stays}
    return life


def kind_of(item: dict[str, Any]) -> str:
    """The one kind whose place the item has."""
    places = {kind.name: kind.at for kind in stored.load().kinds.values()}
    (name,) = [name for name, at in places.items() if all(map(str.startswith, (item["pk"]["S"], item["sk"]["S"]), at))]
    return name


def attributes(look: Look) -> Iterator[tuple[str, str, str]]:
    """Of each attribute its kind, its name and all that it says."""
    for item in look:
        for name, value in item.items():
            yield kind_of(item), name, said(value).casefold()


def said(value: Any) -> str:
    """Every text in an attribute; bytes as the letters that they may be."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return " ".join(map(said, parts)) if parts else str(value)


def places_of(value: str, look: Look) -> set[tuple[str, str]]:
    return {(kind, name) for kind, name, text in attributes(look) if value.casefold() in text}


def month_counts(look: Look) -> dict[tuple[str, str], int]:
    return {(item["pk"]["S"], item["sk"]["S"]): int(item["count"]["N"]) for item in look if kind_of(item) == "count"}


def around(life: Life) -> tuple[Look, Look]:
    """What was there the day before the deletion, and after it."""
    return life.looks["day before"], life.looks["deleted"]


def test_every_attribute_is_declared_and_every_declared_one_was_met(life):
    declared = {(kind.name, name) for kind in stored.load().kinds.values() for name in kind.attributes}

    assert {(kind, name) for look in life.looks.values() for kind, name, _ in attributes(look)} == declared


@pytest.mark.parametrize("value", sorted(TYPED))
def test_what_somebody_typed_stands_only_where_answers_are_kept(life, value):
    assert all(places_of(value, look) <= ANSWERED for look in life.looks.values())


def test_what_somebody_typed_is_found_where_it_is_looked_for(life):
    found = {value: places_of(value, life.looks["first day"]) for value in TYPED - {TWICE.person.surname}}

    assert {value for value, places in found.items() if not places} == {REQUEST.matricule}
    assert ("booking", "message") in found["A message of a test"]
    assert ("correction", "email") in found["intruder@example.org"]


@pytest.mark.parametrize("contact_id", [GONE, STAYS, ASKS, TWIN])
def test_the_number_of_a_person_stands_only_in_what_is_declared_personal(life, contact_id):
    personal = {(kind.name, name) for kind in stored.load().kinds.values() for name in kind.personal}

    assert all(places_of(contact_id, look) <= personal for look in life.looks.values())


@pytest.mark.parametrize("value", [GONE, STAYS, ASKS, ADDRESS])
def test_counts_and_jobs_tell_neither_a_person_nor_an_address(life, value):
    silent = {"limit", "job", "count", "office_letter"}

    assert all(kind not in silent for look in life.looks.values() for kind, _ in places_of(value, look))


def test_a_letter_went_out_of_every_kind_that_a_life_knows(life):
    kinds = {"received", "staff_request", "staff_call", "deletion_day_changed", "deletion_warning", "dpo_month"}
    kinds |= {"waiting", "staff_confirmed", "staff_full", "merged", "voucher", "invitation"}

    assert {message.kind for message in life.post.sent} == kinds


def test_who_of_the_staff_is_there_stands_only_in_what_is_declared_of_staff(life):
    declared = {(kind.name, name) for kind in stored.load().kinds.values() for name in kind.attributes}
    of_staff = {place for place in declared if stored.load().kinds[place[0]].attributes[place[1]] == "staff"}

    assert set().union(*(places_of(STAFF, look) for look in life.looks.values())) == {
        ("sign_in_link", "user"),
        ("sign_in_session", "user"),
        ("deed", "who"),
        ("booking", "taken_up_by"),
    }
    assert places_of(STAFF, life.looks["signed in"]) <= of_staff


def test_the_secret_of_a_session_and_the_token_of_a_link_are_stored_nowhere(life):
    token = link_token(SIGN_IN_KEYS, "11" * 16)

    assert all(places_of(each, life.looks["signed in"]) == set() for each in ("a secret", token, token[33:]))


def test_nothing_is_deleted_the_day_before(life):
    assert places_of(GONE, life.looks["day before"])


@pytest.mark.parametrize("value", sorted(OF_THE_GONE))
def test_after_the_deletion_nothing_anywhere_names_the_person(life, value):
    assert places_of(value, life.looks["deleted"]) == set()


def test_what_somebody_needs_at_a_session_goes_the_day_after(life):
    assert places_of("step-free", life.looks["day of the session"]) == {("seat", "needs")}
    assert places_of("step-free", life.looks["day after the session"]) == set()


def test_who_waited_for_a_session_stands_in_its_line_until_the_deletion(life):
    assert ("session", "waiting") in places_of(GONE, life.looks["day before"])
    assert ("session", "waiting") in places_of(ASKS, life.looks["erasure asked"])


def test_no_mark_and_no_reference_of_the_person_is_left(life):
    contact = next(
        item for item in life.looks["day before"] if item["pk"]["S"] == f"CONTACT#{GONE}" and "marks" in item
    )
    keys = {*contact["marks"]["SS"], contact["mail_mark"]["S"], *contact["references"]["SS"], *life.references.values()}
    left = {key for key in keys if places_of(key, life.looks["deleted"])}

    assert left == {life.references["stays"]}


def test_a_withdrawn_form_is_gone_with_its_reference_and_letters_while_the_person_stays(life):
    left = life.looks["recorded"]

    assert places_of(GONE, left)
    assert places_of("intruder@example.org", left) == set()
    assert places_of(life.references["intruder"], left) == set()


def test_of_two_contacts_put_together_only_the_number_stays_of_the_one_that_goes(life):
    number_of_the_gone = {("contact", "merged"), ("contact", "sealed_for"), ("correction", "sealed_for")}

    assert places_of(TWIN, life.looks["recorded"]) == number_of_the_gone
    assert places_of("Gemella", life.looks["recorded"]) == {("correction", "surname")}


def test_who_asks_is_gone_with_the_next_run(life):
    assert all(places_of(value, life.looks["recorded"]) == set() for value in (ASKS, "Abiens", "Delenda"))


def test_who_stays_is_as_before(life):
    before, after = ([item for item in look if STAYS in said(item)] for look in around(life))

    assert before == after
    assert len(before) > 4


def test_the_count_of_the_month_is_one_higher(life):
    before, after = map(month_counts, around(life))

    assert after == before | {("COUNT#2027-12", "took_part"): 1}
    assert before == {("COUNT#2026-12", "asked"): 1, ("COUNT#2026-12", "merged"): 1}


def test_the_ledger_knows_day_and_number_of_its_last_weeks_and_nothing_else(life):
    assert life.ledger.path.read_text("ascii").splitlines() == [f"{DELETED_ON} {GONE}"]
