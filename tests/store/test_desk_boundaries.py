"""What staff do at the desk, wherever a process dies or a call fails: pressed again, it is done and told once."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from chalicelib.domain.answers import ReadyText
from chalicelib.domain.booking import BookingState, Refusal, SignUp
from chalicelib.domain.desk import Act, DeskSession, session_mark
from chalicelib.domain.errors import StoreBusyError
from chalicelib.domain.session import Meeting
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.merge_contacts import Shown, mark_of, merge_contacts
from chalicelib.usecases.move_booking import appointment_mark
from chalicelib.usecases.see_to_person import confirm_form, discard_form, send_answer
from chalicelib.usecases.see_to_request import RequestDesk
from chalicelib.usecases.sign_in import Door
from chalicelib.usecases.sign_up import sign_up
from chalicelib.usecases.take_for_caller import request_for_caller, sign_up_caller
from chalicelib.usecases.unseal_matricule import Vault, unseal_matricule
from tests.fakes.desk import FakeSignIns
from tests.fakes.limits import FakeLimits
from tests.store.boundaries import FAULTS
from tests.store.examples import NOW, REQUEST
from tests.store.test_boundaries import OF_ONE, Scenario, World, asked, assert_nothing_shows, delete, kinds
from tests.store.test_stored_moves import OTHER_SLOT, SLOT
from tests.store.test_stored_sessions import INFORMATION

pytestmark = pytest.mark.engine

WHO = "desk@forum-cai.example"
MEETING = Meeting(SLOT.start + timedelta(days=2), SLOT.start + timedelta(days=2, minutes=45), "Example office")
FURTHER = replace(REQUEST, wish=replace(REQUEST.wish, message="Another"))
IN_SLOT = replace(REQUEST, slot=SLOT.id)


def planned(*requests):
    def before(world: World) -> None:
        for session in (SLOT, OTHER_SLOT):
            world.store.sessions.add(session)
        asked(*requests)(world)

    return before


def desk_of(world: World) -> BackOffice:
    store = world.store
    return BackOffice(store.office, store.outbox, store.worklist, store.audit, store.months)


class Press:
    """A button of the page as it was read at first; who is cut off, or told to try again, presses it once more."""

    def __init__(self, request: object, act: Callable[[RequestDesk], None], *, now=NOW) -> None:
        self.request, self.act, self.now = request, act, now
        self.pages: dict[str, tuple[str, str]] = {}

    def __call__(self, world: World) -> None:
        with suppress(StoreBusyError):
            self._press(world)
            return
        self._press(world)

    def _press(self, world: World) -> None:
        if world.name not in self.pages:
            file = world.store.contacts.find(world.store.office.identity.marks(self.request.person))
            self.pages[world.name] = file.reference, appointment_mark(file)
        self.act(RequestDesk(*self.pages[world.name], WHO, desk_of(world), self.now))
        assert world.store.audit.newest(f"{self.now:%Y-%m}", 9, self.now)


def form_in(at: RequestDesk) -> str:
    """The further form, which stands on the page also when it was confirmed meanwhile."""
    return at.desk.office.identity.references(FURTHER, 1)[0]


def pressed_again(do: Callable[[World], object]) -> Callable[[World], None]:
    """Who is told to try again does."""

    def press(world: World) -> None:
        with suppress(StoreBusyError):
            do(world)
            return
        do(world)

    return press


def take_request(world: World) -> None:
    request_for_caller(IN_SLOT, f"press-{next(world.presses)}", WHO, desk_of(world), NOW)


def take_sign_up(world: World) -> None:
    sign_up_caller(SignUp("info", REQUEST.person), f"press-{next(world.presses)}", WHO, desk_of(world), NOW)


def with_a_session(world: World) -> None:
    planned(REQUEST)(world)
    world.store.sessions.add(INFORMATION)


def twice_known(world: World) -> None:
    """The same person by mail and, under another surname, by phone with a turn in a line; with somebody to follow."""
    planned(REQUEST)(world)
    world.store.sessions.add(replace(INFORMATION, capacity=1, waiting_max=3))
    for person in (FOLLOWER, BY_PHONE, REQUEST.person):
        sign_up(SignUp("info", person), world.store.office, f"press-{next(world.presses)}", NOW)


def put_together() -> Callable[[World], None]:
    """By a page that was read at first; one line is enough, since the person waited twice."""
    pages: dict[str, list[Shown]] = {}

    def press(world: World) -> None:
        if world.name not in pages:
            marks = (world.store.office.identity.marks(each) for each in (REQUEST.person, BY_PHONE))
            files = [world.store.contacts.find(each) for each in marks]
            pages[world.name] = [Shown(each.reference, mark_of(each)) for each in files]
        merge_contacts(*pages[world.name], WHO, desk_of(world), NOW)

    return pressed_again(press)


@dataclass(frozen=True)
class Opener:
    """The function's own right: it opens what the tests' seal has closed."""

    def open(self, sealed: bytes, contact_id: str) -> str:
        return sealed.decode().removeprefix(f"sealed for {contact_id}: ")


def unseal(world: World) -> None:
    """Whoever has signed in sees the number, and never without a line in the audit."""
    store, sign_ins = world.store, FakeSignIns()
    sign_ins.sessions[session_mark(SECRET)] = DeskSession(session_mark(SECRET), WHO, NOW + timedelta(hours=1))
    door = Door(frozenset({WHO}), sign_ins, FakeLimits(), (b"k" * 32,))
    reference = store.office.identity.references(REQUEST, 1)[0]
    assert unseal_matricule(reference, SECRET, Vault(door, store.contacts, store.audit, Opener()), NOW) == NUMBER
    assert Act.UNSEALED in {deed.what for deed in store.audit.newest(f"{NOW:%Y-%m}", 9, NOW)}


SECRET, NUMBER = "5" * 64, REQUEST.matricule
BY_PHONE = replace(REQUEST.person, surname="Novella", email=None, phone="+352621777777")
FOLLOWER = replace(REQUEST.person, surname="Altera", email="altera@example.org", phone=None)
SLOTS = {"SESSION": 2}
MORE = {**SLOTS, "FIND": 1}
SCENARIOS = {
    "a date": Scenario(
        planned(REQUEST), (Press(REQUEST, lambda at: at.set_date("other-slot")),), kinds(SEAT=1, LETTER=4, **SLOTS)
    ),
    "a date of their own": Scenario(
        planned(REQUEST), (Press(REQUEST, lambda at: at.make_date(MEETING)),), kinds(SEAT=1, LETTER=4, SESSION=3)
    ),
    "another date": Scenario(
        planned(IN_SLOT), (Press(IN_SLOT, lambda at: at.set_date("other-slot")),), kinds(SEAT=1, LETTER=6, **SLOTS)
    ),
    "a refusal": Scenario(
        planned(REQUEST), (Press(REQUEST, lambda at: at.refuse(Refusal.CONDITIONS)),), kinds(LETTER=3, **SLOTS)
    ),
    "a refusal of what had a date": Scenario(
        planned(IN_SLOT), (Press(IN_SLOT, lambda at: at.refuse(Refusal.CONDITIONS)),), kinds(LETTER=4, **SLOTS)
    ),
    "somebody sees to it": Scenario(
        planned(REQUEST), (Press(REQUEST, lambda at: at.take_up()),), kinds(LETTER=2, **SLOTS)
    ),
    "cancelled for somebody": Scenario(
        planned(IN_SLOT), (Press(IN_SLOT, lambda at: at.cancel()),), kinds(LETTER=5, **SLOTS)
    ),
    "withdrawn for somebody": Scenario(
        planned(REQUEST), (Press(REQUEST, lambda at: at.cancel()),), kinds(LETTER=3, **SLOTS)
    ),
    "an answer": Scenario(
        planned(REQUEST), (Press(REQUEST, lambda at: send_answer(at, ReadyText.DOCUMENTS)),), kinds(LETTER=3, **SLOTS)
    ),
    "a correction confirmed": Scenario(
        planned(REQUEST, FURTHER),
        (Press(REQUEST, lambda at: confirm_form(at, form_in(at))),),
        kinds(LETTER=4, **MORE),
    ),
    "a correction discarded": Scenario(
        planned(REQUEST, FURTHER),
        (Press(REQUEST, lambda at: discard_form(at, form_in(at))), delete, delete),
        kinds(LETTER=2, **SLOTS),
    ),
    "a request for a caller": Scenario(planned(), (pressed_again(take_request),), kinds(SEAT=1, LETTER=3, **SLOTS)),
    "a caller signed up": Scenario(
        with_a_session, (pressed_again(take_sign_up),), kinds(BOOKING=1, FIND=1, SEAT=1, LETTER=5, SESSION=3)
    ),
    "two contacts put together": Scenario(
        twice_known,
        (put_together(), delete, delete),
        sorted(
            [
                *kinds(BOOKING=1, FIND=2, WHO=1, LETTER=7, SEAT=1, SESSION=3, merged=1),
                *(*OF_ONE, "SEAT", "LETTER", "LETTER", "LETTER"),
            ]
        ),
    ),
    "a number shown": Scenario(asked(REQUEST), (pressed_again(unseal),), kinds(LETTER=2)),
    "who came": Scenario(
        planned(IN_SLOT),
        (Press(IN_SLOT, lambda at: at.record(BookingState.ATTENDED), now=SLOT.start),),
        kinds(SEAT=1, LETTER=3, **SLOTS),
    ),
}


@pytest.mark.parametrize(("fault", "meant"), FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_whatever_call_goes_wrong_staff_press_again_and_all_is_as_it_should(
    roto, client_of, tmp_path, scenario, fault, meant
):
    assert_nothing_shows(client_of(roto), tmp_path, scenario, fault, meant)
