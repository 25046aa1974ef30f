"""Whatever happens to rosters in whatever order: nobody sits twice or is passed over, and each is told once.

People sign up, give up, are deleted; staff change and cancel; the clock goes on; and at any call to the store it may be
busy or silent, somebody else may be quicker, or the process may die. The model beside it is in `rosters.py`.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from chalicelib.domain.booking import Person, SignUp
from chalicelib.domain.errors import (
    DateGoneError,
    ImpossiblePlanError,
    SessionClosedError,
    SessionFullError,
    StoreBusyError,
    TakenError,
)
from chalicelib.domain.letter import LEASE, LetterKind, LetterState
from chalicelib.domain.session import Meeting, Place, Session, SessionKind
from chalicelib.storage.letter_items import to_letter
from chalicelib.storage.values import from_item
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.deliver_letters import PostRoom, deliver_letters
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.give_up_place import give_up_place
from chalicelib.usecases.move_booking import move_booking
from chalicelib.usecases.plan_sessions import cancel_session, plan_sessions
from chalicelib.usecases.ports import Limits
from chalicelib.usecases.remind_of_deletion import remind_of_deletion
from chalicelib.usecases.sign_up import sign_up
from chalicelib.usecases.tell_rosters import tell_rosters
from tests.examples import NOW
from tests.fakes.deletions import FakeLedger
from tests.store.boundaries import DiedError
from tests.store.rosters import LINE, SEAT, Event, Rosters, Somebody
from tests.store.stores import dynamo_store, fake_store, new_table, rows
from tests.store.trouble import KINDS, Trouble, troubled

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAYS_AHEAD = [10, 12, 30]
MOST_EVENTS = 9  # a person has at most ten open bookings
PEOPLE = {
    name: Somebody(name, f"{name}@example.org" if mail else None, f"+35262100000{at}" if phone else None)
    for at, (name, mail, phone) in enumerate(
        [("ada", True, False), ("bea", True, False), ("cyd", True, True), ("dot", False, True), ("eve", False, True)]
    )
}

SERIES = {"one": (1, 2), "two": (2, 1), "course": (1, 3)}

people, events = some.sampled_from(sorted(PEOPLE)), some.sampled_from(sorted(SERIES))
seldom = some.integers(0, 9).map(lambda number: number == 9)
choices = some.integers(0, 99)
troubles = some.tuples(some.just(0) | some.integers(1, 9), some.sampled_from(KINDS))
THE_END = (LetterKind.CANCELLED, LetterKind.STAFF_CANCELLED, LetterKind.MOVED)


@dataclass(frozen=True)
class HighLimits:
    """Limits have tests of their own; here people come as often as they like."""

    real: Limits

    def count(self, *given):
        return replace(self.real.count(*given), most=1000)


def unlimited(store):
    return replace(store, limits=HighLimits(store.limits))


class InMemory:
    """The fakes, and all that they keep."""

    def __init__(self):
        self.store = unlimited(fake_store())

    def letters(self):
        return list(self.store.contacts.store.letters.values())

    def everything(self):
        """But counts against abuse, which the table keeps keyed, and a day."""
        return repr({name: kept for name, kept in vars(self.store.contacts.store).items() if name != "requests"})


class InTable:
    """DynamoDB, and all that the table keeps."""

    def __init__(self, client):
        self.client, self.name = client, new_table(client)
        self.store = unlimited(dynamo_store(client, self.name))

    def letters(self):
        items = rows(self.client, self.name)
        return [to_letter(from_item(item)) for item in items if item["sk"]["S"].startswith("LETTER#")]

    def everything(self):
        return repr(rows(self.client, self.name))


class Lives(RuleBasedStateMachine):
    def __init__(self, make):
        super().__init__()
        self.kept, self.trouble, self.now, self.presses = make(), Trouble(), NOW, 0
        self.calm, self.store = self.kept.store, troubled(self.kept.store, self.trouble)
        self.model, self.ledger = Rosters(dict(PEOPLE)), FakeLedger()
        self.sent, self.references, self.void = Counter(), {}, set()

    @initialize()
    def staff_plan_sessions(self):
        for series in SERIES:
            self.staff_plan_another(series)

    @rule(series=events)
    def staff_plan_another(self, series):
        """In the place of a session that is over or off."""
        number = sum(name.startswith(series) for name in self.model.events)
        if number and (self.is_ahead(self.event(series)) or len(self.model.events) == MOST_EVENTS):
            return
        seats, longest = SERIES[series]
        start = self.now + DAYS_AHEAD[0] * DAY
        event = Event(f"{series}-{number}", seats, longest, start, course=series == "course", planned=self.now)
        plan_sessions([described(event)], self.calm.sessions, self.now)
        self.model.events[event.name] = event

    def event(self, series):
        """The newest of its series."""
        return [event for name, event in self.model.events.items() if name.startswith(series)][-1]

    def is_ahead(self, event):
        return self.now < event.start and not event.cancelled

    # What people do

    @rule(who=people, series=events, trouble=troubles, other=people)
    def somebody_signs_up(self, who, series, trouble, other):
        event = self.event(series)
        if not self.model.people[who].leaving:
            self.overtaken(trouble, lambda: self.quickly_comes_or_goes(other, who, event))
            self.signs_up(who, event)

    @rule(crowd=some.lists(people, min_size=3, unique=True), series=events)
    def many_sign_up(self, crowd, series):
        for who in crowd:
            if not self.model.people[who].leaving:
                self.signs_up(who, self.event(series))

    @rule(which=choices, trouble=troubles, other=people)
    def somebody_gives_up(self, which, trouble, other):
        who, event = self.one_of(map(self.event, SERIES), which)
        if who:
            self.overtaken(trouble, lambda: self.quickly_comes_or_goes(other, who, event))
            self.gives_up(who, event)

    @rule(which=choices, trouble=troubles, other=people)
    def somebody_moves(self, which, trouble, other):
        one, two = self.event("one"), self.event("two")
        who, here = self.one_of((one, two), which)
        there = two if here is one else one
        if who and not self.first_is_leaving(here):
            self.overtaken(trouble, lambda: self.quickly_comes_or_goes(other, who, there))
            self.moves(who, here, there)

    @rule(who=people, series=some.sampled_from(["one", "two"]))
    def somebody_moves_who_may_have_no_place(self, who, series):
        here, there = self.event("two" if series == "one" else "one"), self.event(series)
        if not self.model.people[who].leaving and not self.first_is_leaving(here):
            self.moves(who, here, there)

    @rule(who=people, really=seldom)
    def somebody_asks_to_be_forgotten(self, who, really):
        person = self.model.people[who]
        if person.contact_id and really:
            erase_contact(person.contact_id, None, self.calm.contacts, self.now)
            self.model.people[who] = replace(person, leaving=True)

    # What staff do

    @rule(series=events, seats=some.integers(1, 3), longest=some.integers(0, 3), ahead=some.sampled_from(DAYS_AHEAD))
    def staff_change_a_session(self, series, seats, longest, ahead):
        event = self.event(series)
        self.changes(event, seats, longest, event.planned + ahead * DAY)

    @rule(series=events, trouble=troubles, who=people, really=seldom)
    def staff_cancel_a_session(self, series, trouble, who, really):
        event = self.event(series)
        if self.is_ahead(event) and really:
            self.overtaken(trouble, lambda: self.quickly_comes_or_goes(who, "", event))
            self.mortally(lambda: cancel_session(event.name, self.store.sessions), again=(TakenError, StoreBusyError))
            event.cancelled, event.version = True, event.version + 1

    # What the clock does

    @rule(passed=some.sampled_from([HOUR, HOUR, DAY, 3 * DAY, 8 * DAY]))
    def time_goes_by(self, passed):
        self.now += passed

    @rule(really=seldom)
    def a_year_goes_by(self, really):
        self.now += 400 * DAY * really
        self.mortally(lambda: remind_of_deletion(self.store.contacts, self.store.office.retention, self.now))

    @rule(trouble=troubles)
    def rosters_are_told(self, trouble):
        self.overtaken(trouble, lambda: None)
        ends = any(event.cancelled or (event.line and event.has_seats) for event in self.model.events.values())
        with suppress(DiedError, StoreBusyError):
            tell_rosters(self.store.rosters, self.now)
        cut_off, self.trouble.at = self.trouble.at <= 0 and trouble[0], 0
        if ends or not cut_off:
            tell_rosters(self.calm.rosters, self.now)
            self.everybody_was_told()

    @rule(trouble=troubles)
    def letters_are_delivered(self, trouble):
        room = PostRoom(self.store.outbox, self.store.rosters, self.store.months, lambda letter, _: letter, post=self)
        repeated = self.repeated
        self.mortally(lambda: deliver_letters(room, lambda: self.now), trouble)
        if trouble[0]:
            # The letter that was on its way when the trouble came is sent again when its lease is over.
            self.now += LEASE
            deliver_letters(room, lambda: self.now)
        assert self.repeated - repeated <= bool(trouble[0]), "sent twice in silence"
        self.all_is_delivered()

    @rule(trouble=troubles)
    def what_is_due_is_deleted(self, trouble):
        due = {who for who, each in self.model.people.items() if each.leaving or self.is_overdue(each)}
        run = lambda: delete_contacts(self.store.deletions, self.store.rosters, self.ledger, self.now)  # noqa: E731
        self.mortally(run, trouble)
        delete_contacts(self.calm.deletions, self.calm.rosters, self.ledger, self.now)
        for event in self.model.events.values():
            event.line = [each for each in event.line if each not in due]
        gone = [self.model.people[who] for who in sorted(due)]
        for who in sorted(due):
            self.model.forget(who, self.now)
        left = self.kept.everything()
        for person in gone:
            assert not [each for each in (person.contact_id, person.email, person.phone) if each and each in left]

    # What must hold

    @invariant()
    def who_sits_and_who_waits_is_as_in_the_model(self):
        names = {person.contact_id: name for name, person in self.model.people.items()}
        for event in self.model.events.values():
            stored = self.calm.sessions.read(event.name)
            roster = {names[seat.contact_id]: seat.place for seat in self.calm.sessions.roster(event.name)}
            assert {who for who, place in roster.items() if place is Place.WAITING} == set(event.line)
            assert {who for who, place in roster.items() if place is Place.SEAT} == event.sitting
            assert [names[contact_id] for contact_id in stored.waiting] == event.line
            if self.is_ahead(event):
                assert stored.taken == len(event.sitting) <= stored.capacity == event.seats

    @invariant()
    def each_has_one_booking_that_says_so(self):
        for who, person in self.model.people.items():
            if person.contact_id is None or person.leaving:
                continue
            file = self.calm.contacts.read(person.contact_id)
            states = {booking.about: booking.state.value for booking in file.bookings}
            wanted = {SEAT: "confirmed", LINE: "waiting", None: "cancelled"}
            came = [event for event in self.model.events.values() if event.turns[who]]
            assert states == {event.name: wanted[event.place_of(who)] for event in came}
            assert {each.about: each.revision for each in file.bookings} == {e.name: e.turns[who] for e in came}

    @invariant()
    def everything_was_promised_once(self):
        promised = Counter(
            (letter.contact_id, letter.session_id, what(letter), letter.revision)
            for letter in self.kept.letters()
            if letter.contact_id and letter.session_id and not letter.start
        )
        assert promised == +self.model.promised

    # How it is done

    def quickly_comes_or_goes(self, who, not_this_one, event):
        """Somebody else is quicker: gives up if they have a place, else signs up; or staff are."""
        if self.first_is_leaving(event) or not self.is_ahead(event):
            return
        if who == not_this_one:
            self.changes(event, event.seats + 1, event.longest, event.start + HOUR)
            return
        if self.model.people[who].leaving:
            return
        if event.place_of(who):
            self.gives_up(who, event)
        else:
            self.signs_up(who, event)

    def first_is_leaving(self, event):
        """Whoever passes over them takes two steps, and somebody quick may come in between: one order too many."""
        return any(self.model.people[each].leaving for each in event.line)

    def changes(self, event, seats, longest, start):
        changed = replace(event, seats=seats, longest=longest, start=start)
        same = (event.seats, event.longest, event.start) == (seats, longest, start)
        impossible = event.cancelled or (not same and (start <= self.now or len(event.sitting) > seats))
        try:
            plan_sessions([described(changed)], self.calm.sessions, self.now)
        except ImpossiblePlanError:
            assert impossible
        else:
            assert not impossible
            event.seats, event.longest, event.start = seats, longest, start
            event.version += not same

    def moves(self, who, here, there):
        contact_id = self.model.people[who].contact_id or "nobody"
        before = self.is_ahead(there) and there.has_seat
        try:
            moved = self.mortally(lambda: move_booking(contact_id, here.name, there.name, self.store.office, self.now))
        except DateGoneError:
            assert self.may_give_up(who, here)
            assert not (before and self.is_ahead(there) and there.has_seat)
            return
        if there.place_of(who) is None:
            assert bool(moved) == bool(self.may_give_up(who, here))
            if moved:
                self.model.move(who, here, there, self.now)

    def signs_up(self, who, event):
        person = self.model.people[who]
        before = self.model.refusal(event, self.now)  # what was so when the form came in may be told, too
        self.presses += 1
        new_id, form = (
            f"press-{self.presses:04}",
            SignUp(event.name, Person(who, "Fictiva", person.email, person.phone, "en")),
        )
        try:
            signed_up = self.mortally(lambda: sign_up(form, self.store.office, new_id, self.now))
        except (SessionClosedError, SessionFullError) as refused:
            why = "full" if isinstance(refused, SessionFullError) else "closed"
            assert event.place_of(who) is None
            assert why in (before, self.model.refusal(event, self.now))
            return
        if event.place_of(who) is None:
            assert self.model.refusal(event, self.now) is None
            self.model.sign_up(who, event, new_id)
            assert signed_up.place is {SEAT: Place.SEAT, LINE: Place.WAITING}[event.place_of(who)]
        turn = (who, self.model.people[who].contact_id, event.name, event.turns[who])
        # The same form gives the same page, also when the line has moved since.
        said = (signed_up.reference, signed_up.place)
        assert self.references.setdefault(turn, said) == said

    def gives_up(self, who, event):
        contact_id = self.model.people[who].contact_id
        self.mortally(lambda: give_up_place(contact_id, event.name, self.store.rosters, self.now))
        if event.place_of(who):
            self.model.give_up(who, event, self.now)

    def one_of(self, events, which):
        """Who has a place that may be given up, and where: the one of that number, or nobody."""
        places = [(who, event) for event in events for who in sorted(PEOPLE) if self.may_give_up(who, event)]
        return places[which % len(places)] if places else (None, None)

    def may_give_up(self, who, event):
        here = event.place_of(who) and not self.model.people[who].leaving
        return here and self.is_ahead(event)

    def overtaken(self, trouble, meanwhile):
        self.trouble.at, self.trouble.kind, self.trouble.meanwhile = *trouble, meanwhile

    def mortally(self, step, trouble=None, again=(StoreBusyError,)):
        """Does a step; who dies in it, or finds the store too busy, does it again."""
        if trouble:
            self.trouble.at, self.trouble.kind, self.trouble.meanwhile = *trouble, lambda: None
        try:
            return step()
        except (DiedError, *again):
            return step()
        finally:
            self.trouble.at = 0

    def send(self, letter):
        """As the post takes it: what it says must be so at this moment."""
        assert self.is_so(letter), letter
        self.sent[letter.contact_id, letter.id] += 1

    @property
    def repeated(self):
        return self.sent.total() - len(self.sent)

    def is_so(self, letter):
        if letter.session_id is None:
            return True
        if letter.kind is LetterKind.STAFF_FULL:
            return self.is_full(self.model.events[letter.session_id], letter.revision)
        who = next(who for who, each in self.model.people.items() if each.contact_id == letter.contact_id)
        event, kind = self.model.events[letter.session_id], letter.news or letter.kind
        if self.model.people[who].leaving or event.turns[who] != letter.revision:
            return False
        if kind in THE_END:
            return event.place_of(who) is None
        start, _, version = letter.start.partition("#")
        place = {LetterKind.IN_LINE: (LINE,), LetterKind.STAFF_REQUEST: (SEAT, LINE)}.get(kind, (SEAT,))
        return (
            event.place_of(who) in place
            and not event.cancelled
            and self.now < event.start
            and start in ("", event.start.isoformat())
            and version in ("", str(event.version))
        )

    def all_is_delivered(self):
        leaving = {each.contact_id for each in self.model.people.values() if each.leaving}
        for letter in self.kept.letters():
            if letter.contact_id in leaving or letter.due_at > self.now:
                continue
            assert letter.state is not LetterState.WAITING
            if letter.state is LetterState.VOID and (letter.contact_id, letter.id) not in self.void:
                assert not self.is_so(letter), letter
                self.void.add((letter.contact_id, letter.id))
            if letter.state is LetterState.SENT:
                assert self.sent[letter.contact_id, letter.id], letter

    def everybody_was_told(self):
        """After a whole walk: of the change, once each, and what will remind them."""
        by_key = Counter(
            (letter.contact_id, letter.session_id, what(letter), letter.revision, letter.start)
            for letter in self.kept.letters()
        )
        for event in self.model.events.values():
            if event.cancelled:
                event.sitting, event.line = set(), []
            if self.is_ahead(event):
                self.model.move_up(event, self.now)
                here = (who for who in (*event.sitting, *event.line) if not self.model.people[who].leaving)
                for who in here:
                    self.was_told(who, event, by_key)

    def was_told(self, who, event, by_key):
        mine, turn, start = (self.model.people[who].contact_id, event.name), event.turns[who], event.start.isoformat()
        if event.known[who] < event.version:
            kind = "reserved" if who in event.sitting else "waiting"
            assert by_key[(*mine, kind, turn, f"{start}#{event.version}")] == 1, who
            event.known[who] = event.version
        kinds = ["reminder"] + ["course_confirmation"] * event.course
        for kind in kinds if who in event.sitting else ():
            assert by_key[(*mine, kind, turn, start)] == 1, (who, kind)

    def is_full(self, event, version):
        full = not event.has_seat and len(event.line) >= event.longest
        return full and event.version == version and self.is_ahead(event)

    def is_overdue(self, person):
        """Each is kept a year from the last day of a session, or longer; the clock jumps over that at once."""
        file = self.calm.contacts.read(person.contact_id) if person.contact_id else None
        return file is not None and file.contact.delete_on <= self.now.date()


def described(event):
    hours = 3 if event.course else 2
    meetings = tuple(
        Meeting(event.start + week * 7 * DAY, event.start + week * 7 * DAY + hours * HOUR, "Hall")
        for week in range(2 if event.course else 1)
    )
    kind = SessionKind.CITIZENSHIP if event.course else SessionKind.INFORMATION
    return Session(event.name, kind, ("fr",), meetings, event.seats, event.longest, published=True)


def what(letter):
    return f"call about {letter.news}" if letter.news else letter.kind.value


def lives(make, examples):
    run_state_machine_as_test(
        lambda: Lives(make),
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


# Longer than what Hypothesis takes to find the shortest way to a mistake.
@pytest.mark.timeout(900)
def test_rosters_in_memory_keep_what_is_promised():
    lives(InMemory, 250)


@pytest.mark.engine
@pytest.mark.timeout(900)
def test_rosters_in_a_table_keep_what_is_promised(roto, client_of):
    lives(lambda: InTable(client_of(roto)), 8)
