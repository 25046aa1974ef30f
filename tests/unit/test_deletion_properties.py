"""Whatever happens in whatever order: a contact is never gone before the day that was told, and never kept beyond it.

The model beside the service is simpler, and counts years, months and hours of Luxembourg in its own way.
"""

from calendar import monthrange
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.domain.days import Attended
from chalicelib.domain.errors import TooManyRequestsError
from chalicelib.domain.letter import LetterKind
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.remind_of_deletion import remind_of_deletion
from chalicelib.usecases.request_appointment import request_appointment
from tests.days import day_of, midnight, years_on
from tests.examples import REQUEST, by
from tests.fakes.contacts import FakeContacts
from tests.fakes.deletions import FakeDeletions, FakeLedger
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore

MONTH_BEFORE = timedelta(days=30)
STARTS = [
    datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC),
    datetime(2027, 3, 27, 23, 30, tzinfo=UTC),
    datetime(2027, 10, 30, 22, 30, tzinfo=UTC),
    datetime(2028, 2, 28, 23, 0, tzinfo=UTC),
]
PEOPLE = ["exempla@example.org", "altera@example.org", None]


class DiedError(BaseException):
    """The process is gone."""


@dataclass
class MortalStore(FakeStore):
    """Lets the process die at its call number `dies_at`, before it does anything or right after."""

    dies_at: int = 0
    after_doing_it: bool = False

    @contextmanager
    def call(self):
        self.dies_at -= 1
        now = self.dies_at == 0
        with super().call():
            if now and not self.after_doing_it:
                raise DiedError
            yield
            if now:
                raise DiedError


@dataclass
class Known:
    """What the model knows of somebody whose contact is stored."""

    contact_id: str
    form: object
    asked_on: date
    attended: date | None
    told: date
    signed: date | None = None
    measure: date | None = None
    ending: str | None = None
    warnings: int = 0

    @property
    def reason(self) -> str:
        return "signed" if self.signed else "took_part" if self.attended else "never_took_part"

    @property
    def last_day(self) -> date:
        if self.signed:
            return years_on(self.measure or self.signed, 3)
        return years_on(self.attended or self.asked_on, 1)


deaths = some.tuples(some.just(0) | some.integers(1, 12), some.booleans())
people = some.sampled_from(range(len(PEOPLE)))
ago = some.integers(0, 420)


class Lives(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.store, self.ledger, self.presses = MortalStore(), FakeLedger(), 0
        self.contacts, self.deletions = FakeContacts(self.store), FakeDeletions(self.store)
        self.office = fake_office(self.store, self.contacts)
        self.known: dict[int, Known] = {}
        self.gone: list[str] = []
        self.counted: Counter[tuple[str, str]] = Counter()
        self.read: set[object] = set()

    @initialize(start=some.sampled_from(STARTS))
    def begin(self, start):
        self.now = start

    @property
    def today(self):
        return day_of(self.now)

    def alive(self, who):
        return who in self.known and self.known[who].ending is None

    def mortally(self, death, step):
        """Does a step; who dies in it does it again."""
        self.store.dies_at, self.store.after_doing_it = death
        try:
            return step()
        except DiedError:
            return step()
        finally:
            self.store.dies_at = 0

    def read_the_post(self):
        """What the letters say that were promised since: each new day is told, and each warning is near its day."""
        by_id = {known.contact_id: known for known in self.known.values()}
        unread = [(key, letter) for key, letter in self.store.letters.items() if key not in self.read]
        self.read |= self.store.letters.keys()
        # A letter about a new day comes before the warning of it.
        for _, letter in sorted(unread, key=lambda each: each[1].kind is LetterKind.DELETION_WARNING):
            known = by_id[letter.contact_id]
            if letter.kind is LetterKind.DELETION_DAY_CHANGED:
                assert letter.start != str(known.told)
                known.told, known.warnings = date.fromisoformat(letter.start), 0
            if letter.kind is LetterKind.DELETION_WARNING:
                assert letter.start == str(known.told)
                assert self.today >= known.told - MONTH_BEFORE
                known.warnings += 1

    @rule(days=some.integers(0, 400), seconds=some.sampled_from([0, 0, 1, 1800, 3600, 43200, 86399]))
    def time_goes_by(self, days, seconds):
        self.now += timedelta(days=days, seconds=seconds)

    @rule(days=some.integers(0, 3))
    def a_little_time_goes_by(self, days):
        self.now += timedelta(days=days, hours=1)

    @precondition(lambda self: self.known)
    @rule(who=people, days=some.sampled_from([0, 1, 2, 15, 29, 30, 31]), seconds=some.sampled_from([-1, 0, 36000]))
    def a_deletion_comes_near(self, who, days, seconds):
        if who in self.known:
            soon = midnight(self.known[who].told - timedelta(days=days)) + timedelta(seconds=seconds)
            self.now = max(self.now, soon)

    @rule(who=people, claimed=some.none() | some.integers(0, 364), by_month=some.booleans(), death=deaths)
    def somebody_asks(self, who, claimed, by_month, death):
        if who in self.known:
            return
        day = None if claimed is None else self.today - timedelta(days=claimed)
        attended = day and Attended(day.year, day.month, None if by_month else day.day)
        if day and by_month:
            day = day.replace(day=monthrange(day.year, day.month)[1])
        if day and years_on(day, 1) <= self.today:
            return  # the form is refused
        form = by(replace(REQUEST, attended=attended), email=PEOPLE[who], first_name=f"Somebody {who}", phone="+352")
        accepted = self.mortally(death, lambda: self.press(form))
        contact = self.contacts.find_reference(accepted.reference).contact
        self.known[who] = Known(contact.id, form, self.today, day, accepted.delete_on)

    @precondition(lambda self: self.known)
    @rule(who=people, death=deaths)
    def the_same_form_comes_again(self, who, death):
        if self.alive(who):
            known = self.known[who]
            self.mortally(death, lambda: self.press(known.form))
            known.asked_on = self.today

    @precondition(lambda self: self.known)
    @rule(who=people, what=some.sampled_from(["one", "two", "three"]), death=deaths)
    def another_form_comes(self, who, what, death):
        if self.alive(who):
            form = self.known[who].form
            other = replace(form, wish=replace(form.wish, message=what))
            reference = self.office.identity.references(other, 1)[0]
            if not any(reference == due.correction for due in self.store.withdrawn):
                with suppress(TooManyRequestsError):
                    self.mortally(death, lambda: self.press(other))

    @precondition(lambda self: self.known)
    @rule(who=people, days=ago, death=deaths)
    def staff_record_participation(self, who, days, death):
        if self.alive(who):
            self.known[who].attended = day = self.today - timedelta(days=days)
            self.mortally(death, lambda: self.records.participation(self.reference(who), day))

    @precondition(lambda self: self.known)
    @rule(who=people, days=ago, death=deaths)
    def staff_record_a_signature(self, who, days, death):
        if self.alive(who):
            self.known[who].signed = day = self.today - timedelta(days=days)
            self.mortally(death, lambda: self.records.signature(self.reference(who), day))

    @precondition(lambda self: self.known)
    @rule(who=people, days=some.integers(-60, 1200), death=deaths)
    def staff_record_a_first_measure(self, who, days, death):
        if self.alive(who):
            self.known[who].measure = day = self.today - timedelta(days=days)
            self.mortally(death, lambda: self.records.first_measure(self.reference(who), day))

    @precondition(lambda self: self.known)
    @rule(who=people, death=deaths)
    def somebody_asks_to_be_forgotten(self, who, death):
        if self.alive(who):
            contact_id = self.known[who].contact_id
            self.mortally(death, lambda: erase_contact(contact_id, None, self.contacts, self.now))
            self.known[who].ending = "asked"

    @precondition(lambda self: self.known)
    @rule(who=people, death=deaths)
    def somebody_withdraws_a_form(self, who, death):
        if self.alive(who) and (forms := self.contacts.read(self.known[who].contact_id).corrections):
            contact_id, reference = self.known[who].contact_id, forms[0].reference
            self.mortally(death, lambda: erase_contact(contact_id, reference, self.contacts, self.now))

    @rule(death=deaths)
    def the_warnings_run(self, death):
        self.store.dies_at, self.store.after_doing_it = death
        finished = False
        with suppress(DiedError):
            remind_of_deletion(self.contacts, self.office.retention, self.now)
            finished = True
        self.store.dies_at = 0
        self.read_the_post()
        near = [each for each in self.known.values() if timedelta() <= each.told - self.today <= MONTH_BEFORE]
        assert all(known.warnings or known.ending for known in near if finished)

    @rule(death=deaths, ledger_is_away=some.sampled_from([0, 0, 0, 1]))
    def the_deletion_runs(self, death, ledger_is_away):
        self.store.dies_at, self.store.after_doing_it = death
        self.ledger.busy = ledger_is_away
        counts = None
        with suppress(DiedError):
            counts = delete_contacts(
                self.deletions, Rosters(self.contacts, self.office.sessions), self.ledger, self.now
            )
        self.store.dies_at = self.ledger.busy = 0
        self.see_who_is_gone()
        if counts is not None and not counts.get("failed"):
            self.nothing_is_left_that_was_due()

    def see_who_is_gone(self):
        for who, known in list(self.known.items()):
            if known.contact_id in self.store.deleting or known.contact_id not in self.store.files:
                assert known.ending or known.told <= self.today, "deleted before its day"
                known.ending = known.ending or known.reason
            if known.contact_id not in self.store.files:
                self.counted[f"{self.today:%Y-%m}", known.ending] += 1
                self.gone.append(known.contact_id)
                del self.known[who]

    def nothing_is_left_that_was_due(self):
        assert all(known.told > self.today and not known.ending for known in self.known.values())
        assert not self.store.withdrawn
        assert set(self.ledger.noted) == set(self.gone)

    @invariant()
    def each_day_was_told_and_is_right(self):
        self.read_the_post()
        for known in self.known.values():
            if known.ending is None:
                stored = self.contacts.read(known.contact_id).contact
                assert stored.delete_on == known.told == known.last_day
                assert stored.rule == known.reason

    @invariant()
    def nobody_is_warned_twice_of_a_day(self):
        assert all(known.warnings <= 1 for known in self.known.values())

    @invariant()
    def each_deletion_was_counted_once(self):
        assert self.store.deletions == self.counted
        assert set(self.gone) <= set(self.ledger.noted)

    @invariant()
    def of_who_is_gone_nothing_is_left(self):
        here = set(self.store.files)
        assert {key[0] for key in self.store.letters} <= here
        assert set(self.store.marks.values()) | set(self.store.references.values()) <= here
        assert {due.contact_id for due in self.store.due_on} == here

    def press(self, form):
        self.presses += 1
        return request_appointment(form, self.office, f"press-{self.presses}", self.now)

    @property
    def records(self):
        return Records(self.contacts, self.office.retention, lambda: self.now)

    def reference(self, who):
        return self.contacts.read(self.known[who].contact_id).reference


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
