"""Whatever two contacts of one person hold, and whichever call fails: once they are one, each promise is kept once."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from chalicelib.domain.errors import CannotMergeError, ChangedMeanwhileError, StoreBusyError
from chalicelib.domain.letter import LetterKind, LetterState
from chalicelib.domain.retention import Retention
from chalicelib.domain.session import Place
from chalicelib.programme import periods
from chalicelib.usecases.give_up_place import give_up_place, withdraw_request
from chalicelib.usecases.record_for_contact import Records
from tests.examples import REQUEST, by
from tests.store.boundaries import DiedError
from tests.store.merging import BY_MAIL, BY_PHONE, NOW, TODAY, Twice
from tests.store.stores import dynamo_store, fake_store, new_table
from tests.store.test_stored_sessions import INFORMATION
from tests.store.trouble import KINDS, Trouble, troubled

SESSIONS = {"narrow": 1, "wide": 2}
PEOPLE = {
    "kept": BY_PHONE,
    "gone": BY_MAIL,
    **{name: by(REQUEST, first_name=name, email=f"{name}@example.org") for name in ("prima", "secunda")},
}
BOTH = ("kept", "gone")
RETENTION: Retention = periods.retention()

days = some.none() | some.dates(date(2026, 1, 2), TODAY)
happened = some.fixed_dictionaries({"attended": days, "signed": some.none() | some.sampled_from([date(2026, 5, 2)])})
steps = some.lists(
    some.tuples(
        some.sampled_from(sorted(PEOPLE)), some.sampled_from(sorted(SESSIONS)), some.sampled_from(["in", "in", "out"])
    ),
    max_size=9,
)
troubles = some.lists(some.tuples(some.integers(1, 24), some.sampled_from(KINDS)), max_size=2)


class World:
    """The same person twice, and others in the same sessions, after what has happened."""

    def __init__(self, store, steps, asks, happened):
        self.calm = Twice(store)
        self.references = {each: set() for each in BOTH}
        for name, seats in SESSIONS.items():
            store.sessions.add(replace(INFORMATION, id=name, capacity=seats, waiting_max=4))
        for who in BOTH:
            self.references[who].add(self.calm.ask(replace(PEOPLE[who], attended=None), who))
            if not asks[who]:
                withdraw_request(who, store.contacts, NOW)
        for step in steps:
            self.step(*step)
        for who in BOTH:
            self.record(who, **happened[who])

    def step(self, who, session, way):
        if way == "out":
            give_up_place(who, session, self.calm.store.rosters, NOW)
        else:
            reference = self.calm.sign_up(PEOPLE[who], who, session)
            self.references.setdefault(who, set()).add(reference)

    def record(self, who, attended, signed):
        records = Records(self.calm.store.contacts, RETENTION, lambda: NOW)
        (reference, *_) = self.references[who]
        if attended:
            records.participation(reference, attended)
        if signed:
            records.signature(reference, signed)

    def file(self, who):
        return self.calm.store.contacts.read(who)

    def rosters(self):
        """Who sits, and who waits in which order, by session."""
        sessions = self.calm.store.sessions
        return {
            name: (
                {seat.contact_id for seat in sessions.roster(name) if seat.place is Place.SEAT},
                list(sessions.read(name).waiting),
            )
            for name in SESSIONS
        }

    def untold(self, who):
        states = (LetterState.WAITING, LetterState.BY_PHONE)
        return [each for each in self.calm.letters(who) if each.state in states]

    def press(self, troubles):
        """Staff look, press, and press again what failed; who is told that something changed looks anew."""
        shown = [self.calm.shown(min(self.references[who])) for who in BOTH]
        for at, kind in (*troubles, (0, "")):
            trouble = Trouble(at, kind, lambda: self.step("prima", "narrow", "out"))
            staff = Twice(troubled(self.calm.store, trouble))
            with suppress(DiedError, StoreBusyError, ChangedMeanwhileError):
                staff.merge_shown(*shown)
        if self.calm.store.contacts.read("gone"):
            self.calm.merge(*(min(self.references[who]) for who in BOTH))

    def delete(self, troubles):
        noted = {}
        for at, kind in (*troubles, (0, "")):
            with suppress(DiedError, StoreBusyError):
                _, ledger = Twice(troubled(self.calm.store, Trouble(at, kind))).delete()
                noted |= ledger.noted
        return noted


def as_one(sitting, line, seats):
    """A roster in which both have become one, worked out by hand: a second place goes to the next in line."""
    if "gone" in line and "kept" in line:
        line.remove(max(BOTH, key=line.index))
    if "gone" in line:
        line[line.index("gone")] = "kept"
    if {"gone", "kept"} <= sitting or ("gone" in sitting and "kept" in line) or ("kept" in sitting and "kept" in line):
        line = [each for each in line if each != "kept"]
    sitting = {"kept" if each == "gone" else each for each in sitting}
    while line and len(sitting) < seats:
        sitting.add(line.pop(0))
    return sitting, line


def reason_against(files):
    asks = [file.appointment.state.is_open for file in files]
    if all(asks):
        return "appointments"
    return "too_soon" if expected_day(files) <= last_day_booked(files) else ""


def expected_day(files):
    """By the periods alone."""
    histories = [file.contact.history for file in files]
    signed = [each.signed_on for each in histories if each.signed_on]
    attended = [each.attended.first for each in histories if each.attended]
    heard_of = [day for each in histories for day in (each.last_request_on, each.last_session_on) if day]
    base, years = (max(signed), 3) if signed else (max(attended or heard_of), 1)
    return base.replace(year=base.year + years, day=28 if (base.month, base.day) == (2, 29) else base.day)


def last_day_booked(files):
    booked = [each for file in files for each in file.bookings if each.state.is_open and each.about in SESSIONS]
    return INFORMATION.last_day if booked else TODAY


def check(store, steps, asks, happened, troubles):
    world = World(store, steps, asks, happened)
    files, rosters = [world.file(who) for who in BOTH], world.rosters()
    untold = {who: world.untold(who) for who in BOTH}
    why = reason_against(files)
    if why:
        with pytest.raises(CannotMergeError) as refused:
            world.press(())
        assert refused.value.why == why
        assert [world.file(who) for who in BOTH] == files and world.rosters() == rosters
        return

    overtaken = any(kind == "overtaken" for _, kind in troubles)
    world.press(troubles)
    noted = world.delete(troubles)

    after = world.file("kept")
    led = {store.contacts.find_reference(each).contact.id for who in BOTH for each in world.references[who]}
    assert led == {"kept"} and world.file("gone") is None and noted == {}
    assert after.contact.delete_on == expected_day(files)
    assert after.contact.person == replace(BY_PHONE.person, email=BY_MAIL.person.email)
    if not overtaken:
        assert world.rosters() == {name: as_one(*rosters[name], seats) for name, seats in SESSIONS.items()}
    for name, seats in SESSIONS.items():
        sitting, line = world.rosters()[name]
        assert store.sessions.read(name).taken == len(sitting) <= seats
        assert len(set(line)) == len(line) and not sitting & set(line) and "gone" not in {*sitting, *line}
    assert_each_is_told_once(world, after, untold)


def assert_each_is_told_once(world, after, untold):
    told = Counter((each.kind, each.news, each.reference, each.start) for each in world.untold("kept"))
    assert set(told.values()) <= {1} and world.calm.letters("gone") == []
    assert Counter(kind for kind, *_ in told)[LetterKind.MERGED] == 1
    alive = {each.reference for each in after.bookings if each.state.is_open}
    promised = {
        (each.kind, each.news, each.reference, each.start)
        for who in BOTH
        for each in untold[who]
        if each.reference in alive and each.about.partition("#")[0] != "DELETION"
    }
    assert promised <= set(told)


def examples(number):
    quiet = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=number, deadline=None, suppress_health_check=quiet)


whatever = given(
    steps=steps,
    asks=some.fixed_dictionaries({who: some.booleans() for who in BOTH}),
    happened=some.fixed_dictionaries(dict.fromkeys(BOTH, happened)),
    troubles=troubles,
)


@pytest.mark.timeout(900)
@examples(300)
@whatever
def test_two_contacts_in_memory_become_one(steps, asks, happened, troubles):
    check(fake_store(), steps, asks, happened, troubles)


@pytest.mark.engine
@pytest.mark.timeout(900)
@examples(25)
@whatever
def test_two_contacts_in_a_table_become_one(roto, client_of, steps, asks, happened, troubles):
    client = client_of(roto)
    check(dynamo_store(client, new_table(client)), steps, asks, happened, troubles)
