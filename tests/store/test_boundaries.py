"""Wherever a process dies or a call fails: run again, and all is as if nothing had happened.

Each scenario is run undisturbed first; then once for each call that it makes to the table, and that one goes wrong.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.days import LUXEMBOURG, Attended
from chalicelib.domain.desk import Deed
from chalicelib.domain.errors import MailRefusedError, StoreBusyError, UnknownReferenceError
from chalicelib.domain.letter import LEASE
from chalicelib.domain.session import SessionKind
from chalicelib.programme import periods
from chalicelib.programme.rules import rules
from chalicelib.storage.ledger import FileLedger
from chalicelib.usecases.answer_invitation import accept_invitation, decline_invitation
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.deliver_letters import deliver_letters
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.invite_signatories import go_on_inviting, invite_signatories
from chalicelib.usecases.limit_staff_mail import StaffMail
from chalicelib.usecases.post_room import PostRoom
from chalicelib.usecases.record_contract import ContractRecords, Seen
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.remind_of_deletion import remind_of_deletion
from chalicelib.usecases.report_month import report_month
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.see_to_contact import ContactDesk
from chalicelib.usecases.take_back_letter import take_back_letter
from tests.fakes.outbox import FakePost
from tests.letter_examples import MESSAGE, writer
from tests.store.boundaries import FAULTS, Counting, DiedError, Fault, dies_before
from tests.store.examples import NOW, REQUEST
from tests.store.stores import Store, dynamo_store, kept, new_table, rows
from tests.store.test_stored_sessions import INFORMATION

pytestmark = pytest.mark.engine

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# What a step that is repeated may write twice: a line of the audit stands there right before what it tells.
OF_THE_SERVICE = ("LIMIT#", "JOB#", "AUDIT#")
PROGRESS = ("attempts", "due_at", "waiting_since")
# Who is cut off and does something again at the desk is noted again.
PASSING = ("LIMIT#", "JOB#", "AUDIT#")
PAGE = 3  # items, so that a deletion goes over several pages
SHORT = replace(periods.retention(), warning=2 * DAY)

NEXT_MONTH = replace(REQUEST, attended=Attended(2025, 12, 30))
WARNED_ON = NOW + 37 * DAY
NEVER = replace(REQUEST, attended=None)
DUE_SOON = replace(REQUEST, attended=Attended(2025, 11, 23))
DUE_ON = NOW + 2 * DAY
BY_OTHER, BY_THIRD = (
    replace(each, person=replace(REQUEST.person, email=f"{name}@example.org", phone=None, first_name=name))
    for each, name in ((REQUEST, "other"), (DUE_SOON, "third"))
)
ORIENTATION = replace(INFORMATION, id="day", kind=SessionKind.ORIENTATION)
FURTHER = replace(DUE_SOON, wish=replace(REQUEST.wish, message="Another"))


@dataclass
class World:
    """What outlives a process: the table, the file of the ledger, the letters that were sent."""

    client: Any
    name: str
    ledger: Path
    post: FakePost = field(default_factory=FakePost)
    presses: Any = field(default_factory=lambda: count(1))

    @property
    def store(self) -> Store:
        return dynamo_store(self.client, self.name)

    def press(self, request: Any, now: datetime = NOW) -> str:
        """The reference that the form is given; each press brings a random id of its own."""
        return request_appointment(request, self.store.office, f"press-{next(self.presses)}", now).reference

    def contact_id(self, request: Any) -> str:
        return self.store.contacts.find(self.store.office.identity.marks(request.person)).contact.id

    def remains(self) -> dict[str, list[str]]:
        """All that a later reader finds. Times of tries may differ, and a letter may come twice under one id."""
        items = [item for item in kept(self.client, self.name) if not item["pk"]["S"].startswith(PASSING)]
        told = ({name: value for name, value in item.items() if name not in PROGRESS} for item in items)
        return {
            "kinds": sorted(item["sk"]["S"].split("#")[0] for item in items),
            "stored": sorted(_nameless(sorted(item.items())) for item in told),
            "erased": sorted(map(_nameless, self.ledger.read_text().splitlines() if self.ledger.exists() else [])),
            "sent": sorted({message.id for message in self.post.sent}),
        }


def _nameless(stored: object) -> str:
    return re.sub(r"press-\d+", "press", str(stored))


def delete(world: World, now: datetime = DUE_ON) -> None:
    with suppress(StoreBusyError):
        delete_contacts(world.store.deletions, world.store.rosters, FileLedger(world.ledger, timedelta(days=30)), now)


def remind(world: World) -> None:
    with suppress(StoreBusyError):
        remind_of_deletion(world.store.contacts, SHORT, WARNED_ON)


def report(world: World) -> None:
    with suppress(StoreBusyError):
        report_month(world.store.months, NOW)


def deliver(world: World, now: datetime = NOW) -> None:
    store = world.store
    room = PostRoom(
        store.outbox, store.rosters, store.months, lambda letter, _: replace(MESSAGE, id=letter.id), world.post
    )
    with suppress(StoreBusyError):
        deliver_letters(room, lambda: now)


def deliver_together(*, after: timedelta) -> Callable[[World], None]:
    """With a digest half an hour after the letters were promised."""
    at = (NOW + HOUR / 2).astimezone(LUXEMBOURG).time()

    def run(world: World) -> None:
        store, staff_mail = world.store, StaffMail(world.store.limits, (at,))
        room = PostRoom(store.outbox, store.rosters, store.months, writer().compose, world.post, staff_mail, writer())
        with suppress(StoreBusyError):
            deliver_letters(room, lambda: NOW + after)

    return run


def deliver_refused(*, after: timedelta) -> Callable[[World], None]:
    """The address of the resident is refused for good."""

    def write(letter: Any, _: Any) -> Any:
        if letter.kind == "received":
            raise MailRefusedError
        return replace(MESSAGE, id=letter.id)

    def run(world: World) -> None:
        room = PostRoom(world.store.outbox, world.store.rosters, world.store.months, write, world.post)
        with suppress(StoreBusyError):
            deliver_letters(room, lambda: NOW + after)

    return run


def deliver_later(world: World) -> None:
    deliver(world, NOW + LEASE)


def take_back(world: World) -> None:
    store = world.store
    reference = store.office.identity.references(REQUEST, 1)[0]
    take_back_letter(f"{reference}_received_1", store.contacts, store.outbox, NOW)


def erase(world: World) -> None:
    erase_contact("press-1", None, world.store.contacts, NOW)


def erase_form(world: World) -> None:
    reference = world.store.office.identity.references(NEVER, 1)[0]
    erase_contact("press-1", reference, world.store.contacts, NOW)


def record(world: World) -> None:
    office = world.store.office
    reference = office.identity.references(REQUEST, 1)[0]
    Records(world.store.contacts, office.retention, lambda: NOW).participation(reference, date(2026, 11, 1))


def staff_of(world: World) -> ContractRecords:
    store = world.store
    return ContractRecords(
        *(store.contacts, store.sessions, rules(), lambda: NOW),
        lambda act, reference: store.audit.note(Deed(NOW, "desk@forum-cai.example", act, reference)),
    )


def sign(world: World) -> None:
    """By a form that was made before anybody signed."""
    reference = world.store.office.identity.references(REQUEST, 1)[0]
    staff_of(world).record_signature(Seen(reference, 1), NOW.date())


def issue(world: World) -> None:
    reference = world.store.office.identity.references(REQUEST, 1)[0]
    staff_of(world).issue_voucher(Seen(reference, 2), NOW.date())


def sign_and_plan(world: World) -> None:
    """Somebody has signed, and there is an orientation day to come."""
    world.press(NEVER)
    office = world.store.office
    reference = office.identity.references(NEVER, 1)[0]
    Records(world.store.contacts, office.retention, lambda: NOW).signature(reference, NOW.date())
    world.store.sessions.add(ORIENTATION)


def invite(world: World) -> None:
    with suppress(StoreBusyError):
        invite_signatories("day", world.store.office, NOW)


def go_on(world: World) -> None:
    with suppress(StoreBusyError):
        go_on_inviting(world.store.office, NOW)


def sign_plan_and_invite(world: World) -> None:
    sign_and_plan(world)
    invite(world)


def accept(world: World) -> None:
    accept_invitation("press-1", "day", ("step-free",), world.store.office, NOW)


def decline(world: World) -> None:
    decline_invitation("press-1", "day", world.store.office, NOW)


def asked(*requests: Any) -> Callable[[World], None]:
    def ask(world: World) -> None:
        for request in requests:
            world.press(request)

    return ask


def at_desk(world: World) -> ContactDesk:
    """By a page that was made before anything happened."""
    store, reference = world.store, world.store.office.identity.references(REQUEST, 1)[0]
    desk = BackOffice(store.office, store.outbox, store.worklist, store.audit, store.months)
    return ContactDesk(Seen(reference, 1), "desk@forum-cai.example", desk, NOW)


def correct(world: World) -> None:
    at_desk(world).correct(replace(REQUEST.person, email="right@example.org", phone=None))


def erase_at_desk(world: World) -> None:
    with suppress(UnknownReferenceError):  # asked before, by who was cut off
        at_desk(world).erase()


def asked_and_signed(world: World) -> None:
    world.press(REQUEST)
    sign(world)


def much_to_delete(world: World) -> None:
    """One is due with a further form, one has withdrawn a form, one asked to be forgotten, one stays."""
    asked(DUE_SOON, FURTHER, BY_OTHER, replace(BY_OTHER, wish=FURTHER.wish), BY_THIRD, NEVER_OTHER)(world)
    contacts = world.store.contacts
    other = contacts.read(world.contact_id(BY_OTHER))
    erase_contact(other.contact.id, other.corrections[0].reference, contacts, NOW)
    erase_contact(world.contact_id(BY_THIRD), None, contacts, NOW)


NEVER_OTHER = replace(NEVER, person=replace(REQUEST.person, email="fourth@example.org", phone=None))

Step = Callable[[World], None]
OF_ONE = ["BOOKING", "CONTACT", "FIND", "FOR", "NAME", "WHO"]


@dataclass(frozen=True)
class Scenario:
    """What was there before, the steps with the next run of each job, and the kinds of items that remain."""

    before: Step
    steps: tuple[Step, ...]
    kinds: list[str]
    erased: int = 0
    sent: int = 0


def kinds(**more: int) -> list[str]:
    """Those of one contact with mail and phone, and more."""
    return sorted([*OF_ONE, "PHONE", "WHO", *(kind for kind, number in more.items() for _ in range(number))])


SCENARIOS = {
    "a request": Scenario(asked(), (asked(REQUEST),), kinds(LETTER=2)),
    "a further form": Scenario(asked(REQUEST), (asked(NEVER),), kinds(LETTER=4, CORRECTION=1, FIND=1)),
    "the same form on a later day": Scenario(
        asked(NEVER), (lambda world: world.press(NEVER, NOW + 40 * DAY),), kinds(LETTER=3)
    ),
    "participation": Scenario(asked(REQUEST), (record,), kinds(LETTER=3)),
    "a signature": Scenario(asked(REQUEST), (sign,), kinds(LETTER=3, SIGNED=1)),
    "a voucher": Scenario(asked_and_signed, (issue,), kinds(LETTER=4, SIGNED=1, CONTRACT=1)),
    "a correction": Scenario(asked(REQUEST), (correct,), sorted([*OF_ONE, "LETTER", "LETTER", "LETTER"])),
    "erasure by staff": Scenario(asked(REQUEST), (erase_at_desk, delete, delete), ["asked"], erased=1),
    "erasure": Scenario(asked(REQUEST, NEVER), (erase, delete, delete), ["asked"], erased=1),
    "erasure of a form": Scenario(asked(REQUEST, NEVER), (erase_form, delete, delete), kinds(LETTER=2)),
    "deletion": Scenario(
        much_to_delete,
        (delete, delete),
        sorted(["took_part", "asked", *(2 * [*OF_ONE, "LETTER", "LETTER"])]),
        erased=2,
    ),
    "a warning": Scenario(asked(NEXT_MONTH), (remind, remind), kinds(LETTER=3)),
    "a month's letter": Scenario(asked(), (report, report, deliver, deliver_later), ["LETTER"], sent=1),
    "a letter that came back": Scenario(asked(REQUEST), (take_back, take_back), kinds(LETTER=3)),
    "letters told together": Scenario(
        asked(REQUEST, BY_OTHER, NEVER_OTHER),
        tuple(deliver_together(after=each) for each in (timedelta(), LEASE, HOUR, HOUR + LEASE)),
        sorted([*kinds(LETTER=2), *(2 * [*OF_ONE, "LETTER", "LETTER"])]),
        sent=4,
    ),
    "an invitation": Scenario(
        sign_and_plan, (invite, go_on, go_on), kinds(BOOKING=1, FIND=1, LETTER=4, SESSION=1, SIGNED=1)
    ),
    "an invitation accepted": Scenario(
        sign_plan_and_invite, (accept,), kinds(BOOKING=1, FIND=1, LETTER=7, SEAT=1, SESSION=1, SIGNED=1)
    ),
    "an invitation declined": Scenario(
        sign_plan_and_invite, (decline,), kinds(BOOKING=1, FIND=1, LETTER=4, SESSION=1, SIGNED=1)
    ),
    "a letter refused": Scenario(
        asked(REQUEST), tuple(deliver_refused(after=at * LEASE) for at in range(4)), kinds(LETTER=3), sent=2
    ),
    "letters": Scenario(asked(REQUEST), (deliver, deliver_later), kinds(LETTER=2), sent=2),
}


def lived_through(scenario: Scenario, world: World, at: int = 0, fault: Fault = dies_before) -> list[str]:
    """The calls that were made; who dies at one of them is followed by another, who runs the same step again."""
    world.client = counting = Counting(world.client, at, fault, PAGE)
    for step in scenario.steps:
        try:
            step(world)
        except DiedError:
            step(world)
    return counting.calls


def assert_nothing_shows(client: Any, tmp_path: Path, scenario: Scenario, fault: Fault, meant: set[str]) -> None:
    """Lives through it undisturbed, then with the fault at each call that can meet it: no difference is left."""
    before = World(client, new_table(client), tmp_path / "before")
    scenario.before(before)
    stored = rows(client, before.name)

    def world(name: str) -> World:
        table = new_table(client, looked_on=None, items=stored)
        return World(client, table, tmp_path / name, presses=count(100))

    undisturbed = world("undisturbed")
    calls = lived_through(scenario, undisturbed)
    expected = undisturbed.remains()
    assert expected["kinds"] == scenario.kinds
    assert (len(expected["erased"]), len(expected["sent"])) == (scenario.erased, scenario.sent)

    for at in (at for at, call in enumerate(calls, start=1) if call in meant):
        disturbed = world(str(at))
        lived_through(scenario, disturbed, at, fault)
        assert disturbed.remains() == expected, f"{calls[at - 1]}, number {at} of {len(calls)}"


@pytest.mark.parametrize(("fault", "meant"), FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_whatever_call_goes_wrong_all_is_as_if_nothing_had(roto, client_of, tmp_path, scenario, fault, meant):
    assert_nothing_shows(client_of(roto), tmp_path, scenario, fault, meant)
