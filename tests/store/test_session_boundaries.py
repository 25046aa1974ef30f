"""Places in sessions, wherever a process dies or a call fails: nobody sits twice, is passed over, or told twice.

And when the trouble lasts: it is said within eight seconds, and nothing is half done.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import SignUp
from chalicelib.domain.errors import StoreBusyError
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.move_booking import move_booking
from chalicelib.usecases.plan_sessions import cancel_session, plan_sessions
from chalicelib.usecases.settle import PATIENCE
from chalicelib.usecases.sign_up import sign_up
from chalicelib.usecases.tell_rosters import tell_rosters
from tests.store.boundaries import FAULTS, WRITES, Counting, in_conflict, throttled
from tests.store.examples import NOW, REQUEST
from tests.store.stores import new_table, rows
from tests.store.test_boundaries import OF_ONE, Scenario, World, assert_nothing_shows, delete
from tests.store.test_stored_sessions import INFORMATION

pytestmark = pytest.mark.engine

HOUR = timedelta(hours=1)
ONE_SEAT = replace(INFORMATION, capacity=1, waiting_max=2)
OTHER_DATE = replace(ONE_SEAT, id="other")
ADA, BEA, CYD = (
    replace(REQUEST.person, first_name=name, email=f"{name}@example.org", phone=None) for name in ("ada", "bea", "cyd")
)


def signed_up(*people, session="info"):
    def come(world):
        for person in people:
            sign_up(SignUp(session, person, ("step-free",)), world.store.office, f"press-{next(world.presses)}", NOW)

    return come


def with_sessions(*people):
    """Both dates, and people who have signed up for the first, in this order."""

    def before(world):
        for session in (ONE_SEAT, OTHER_DATE):
            world.store.sessions.add(session)
        signed_up(*people)(world)

    return before


def give_up(world):
    give_up_place("press-1", "info", world.store.rosters, NOW)


def move(world):
    move_booking("press-1", "info", "other", world.store.office, NOW)


def erase(world):
    erase_contact("press-1", None, world.store.contacts, NOW)


def add_a_seat_later(world):
    later = replace(ONE_SEAT.meetings[0], start=ONE_SEAT.start + HOUR)
    plan_sessions([replace(ONE_SEAT, capacity=2, meetings=(later,))], world.store.sessions, NOW)


def added_a_seat_later(*people):
    def before(world):
        with_sessions(*people)(world)
        add_a_seat_later(world)

    return before


def called_off(*people):
    def before(world):
        with_sessions(*people)(world)
        cancel_session("info", world.store.sessions)

    return before


def erasure_asked(world):
    with_sessions(ADA, BEA, CYD)(world)
    erase(world)


def tell(world):
    with suppress(StoreBusyError):
        tell_rosters(world.store.rosters, NOW)


def kinds(people, **more):
    """Two sessions, what belongs to some people with a mail address, and more."""
    return sorted(
        [*OF_ONE * people, "SESSION", "SESSION", *(kind for kind, times in more.items() for _ in range(times))]
    )


# Letters: a seat has three (reserved, to staff, reminder), a place in the line two, a seat that came free two more.
FULL = 1  # staff are told once that nobody else can come or wait

SCENARIOS = {
    "a seat": Scenario(with_sessions(), (signed_up(ADA),), kinds(1, SEAT=1, LETTER=3)),
    "a place in the line": Scenario(with_sessions(ADA), (signed_up(BEA),), kinds(2, SEAT=2, LETTER=5)),
    "a second session": Scenario(
        with_sessions(ADA), (signed_up(ADA, session="other"),), kinds(1, BOOKING=1, FIND=1, SEAT=2, LETTER=6)
    ),
    "a seat that is given up": Scenario(with_sessions(ADA, BEA), (give_up,), kinds(2, SEAT=1, LETTER=3 + 2 + 2 + 2)),
    "a move": Scenario(with_sessions(ADA, BEA), (move,), kinds(2, BOOKING=1, FIND=1, SEAT=2, LETTER=3 + 2 + (4 + 2))),
    "a change that is told": Scenario(
        added_a_seat_later(ADA, BEA, CYD),
        (tell, tell, tell),
        kinds(3, SEAT=3, LETTER=3 + 2 + 2 + FULL + (2 + 1 + 1) + 2),
    ),
    "a session that is called off": Scenario(called_off(ADA, BEA), (tell, tell, tell), kinds(2, LETTER=5 + 2)),
    "an erasure": Scenario(
        erasure_asked, (delete, delete), sorted(["asked", *kinds(2, SEAT=2, LETTER=2 + 2 + 2 + FULL)]), erased=1
    ),
}


@pytest.mark.parametrize(("fault", "meant"), FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_whatever_call_goes_wrong_nobody_sees_it(roto, client_of, tmp_path, scenario, fault, meant):
    assert_nothing_shows(client_of(roto), tmp_path, scenario, fault, meant)


class Lasting(Counting):
    """Every write meets the fault."""

    def _called(self, name, call, given):
        self.calls.append(name)
        return self._fault(name, call, given) if name in WRITES else call(**given)


# Each by somebody who waits for an answer, with what was there before.
ASKED_FOR = {
    "a seat": (with_sessions(), signed_up(ADA)),
    "a place in the line": (with_sessions(ADA), signed_up(BEA)),
    "giving up a seat": (with_sessions(ADA, BEA), give_up),
    "a move": (with_sessions(ADA, BEA), move),
    "an erasure": (with_sessions(ADA), erase),
}


@pytest.mark.parametrize("fault", [in_conflict, throttled])
def test_trouble_that_lasts_is_said_within_eight_seconds_and_nothing_is_half_done(roto, client_of, tmp_path, fault):
    client = client_of(roto)

    def meet(asked_for):
        before, step = asked_for
        world = World(client, new_table(client), tmp_path / "erased")
        before(world)
        stored = rows(client, world.name)
        world.client, began = Lasting(client, 0, fault, page=3), time.monotonic()
        with pytest.raises(StoreBusyError):
            step(world)
        left = [item for item in rows(client, world.name) if not item["pk"]["S"].startswith("LIMIT#")]
        assert sorted(map(str, left)) == sorted(
            str(item) for item in stored if not item["pk"]["S"].startswith("LIMIT#")
        )
        return time.monotonic() - began, sum(call in WRITES for call in world.client.calls)

    with ThreadPoolExecutor(len(ASKED_FOR)) as threads:  # each waits most of the time
        met = list(threads.map(meet, ASKED_FOR.values()))

    assert all(seconds < PATIENCE.total_seconds() + 2 and tries > 5 for seconds, tries in met), met


@pytest.mark.parametrize("fault", [in_conflict, throttled])
@pytest.mark.parametrize("before", [added_a_seat_later(ADA, BEA), called_off(ADA, BEA)], ids=["changed", "called off"])
def test_a_walk_that_the_store_is_too_busy_for_goes_on_later(roto, client_of, tmp_path, before, fault):
    client = client_of(roto)
    world = World(client, new_table(client), tmp_path / "erased")
    before(world)
    stored = rows(client, world.name)
    world.client = Lasting(client, 0, fault, page=3)

    assert tell_rosters(world.store.rosters, NOW)["busy"] >= 2

    assert sorted(map(str, rows(client, world.name))) == sorted(map(str, stored))
    world.client = client
    assert tell_rosters(world.store.rosters, NOW)["told"] == 2
