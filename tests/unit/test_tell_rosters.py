"""Staff change a session: each on its roster is told of each change once, and added seats go to who waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import StoreBusyError, TakenError
from chalicelib.domain.letter import LetterKind
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.plan_sessions import plan_sessions
from chalicelib.usecases.tell_rosters import tell_rosters
from tests.unit.test_sign_up import INFORMATION, START, Service

DAY = timedelta(days=1)
LATER = replace(INFORMATION, id="later")


class Changing(Service):
    """The office with a session of two seats and a line of one, for which three people have signed up."""

    def __init__(self):
        super().__init__()
        for who in "abc":
            self.sign_up(who)

    def plan(self, **changes):
        plan_sessions([replace(INFORMATION, **changes)], self.office.sessions, self.now)

    def moved(self, days):
        meetings = tuple(
            replace(each, start=each.start + days * DAY, end=each.end + days * DAY) for each in INFORMATION.meetings
        )
        self.plan(meetings=meetings)

    def tell(self):
        return tell_rosters(Rosters(self.office.contacts, self.office.sessions), self.now)

    def told(self, who):
        """The kinds of the letters about changes, each with the version of the session that it tells."""
        letters = [letter for letter in self.store.letters.values() if letter.contact_id == f"contact-{who}"]
        return sorted(f"{each.kind.value}{each.start.partition('#')[2]}" for each in letters if "#" in each.start)


def test_who_sits_and_who_waits_are_told_of_each_change_once():
    service = Changing()
    service.moved(days=1)

    assert service.tell() == {"told": 3}
    assert service.tell() == {}
    assert [service.told(who) for who in "abc"] == [["reserved2"], ["reserved2"], ["waiting2"]]


def test_a_session_that_moves_away_and_back_is_told_both_times():
    service = Changing()
    for days in (1, 0):
        service.moved(days)
        service.tell()

    assert service.told("a") == ["reserved2", "reserved3"]
    assert [kind for kind, *_ in service.letters("a")].count("reminder") == 2


def test_who_had_a_place_in_a_session_that_is_cancelled_is_told_at_once_and_staff_who_cancelled_it_are_not():
    service = Changing()
    service.plan(cancelled=True)
    service.now += DAY
    service.tell()

    told = [each for each in service.store.letters.values() if each.waiting_since == service.now]
    assert [(each.kind.value, each.due_at) for each in told] == [("cancelled", service.now)] * 3
    assert not [each for each in service.store.letters.values() if each.kind is LetterKind.STAFF_CANCELLED]


def test_who_was_placed_after_a_change_is_told_of_the_next():
    service = Changing()
    service.moved(days=1)
    service.give_up("a")
    service.tell()
    service.plan(meetings=tuple(replace(each, place="Another hall") for each in service.session().meetings))
    service.tell()

    assert service.told("c") == ["reserved3"]


def test_seats_that_staff_add_go_to_the_line_in_order():
    service = Changing()
    service.plan(waiting_max=3)
    for who in "de":
        service.sign_up(who)
    service.plan(capacity=4, waiting_max=3)

    assert service.tell()["moved up"] == 2
    assert (service.session().taken, service.session().waiting) == (4, ("contact-e",))
    assert {"placed", "reminder"} <= {kind for kind, *_ in service.letters("c")}


@pytest.mark.parametrize("passed", [START, START + DAY])
def test_nobody_sits_down_in_a_session_that_has_begun(passed):
    service = Changing()
    service.plan(capacity=3)
    service.now = passed

    service.tell()

    assert service.session().waiting == ("contact-c",)


class Overtaken(Changing):
    """Whose first telling meets a roster that somebody else was just changing."""

    def tell(self):
        real, times = self.office.sessions.tell, iter([TakenError("as asked for")])

        def tell(*given):
            for error in times:
                raise error
            real(*given)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(self.office.sessions, "tell", tell)
            return super().tell()


def test_who_could_not_be_told_is_told_by_the_next_run():
    service = Overtaken()
    service.moved(days=1)

    assert service.tell() == {"overtaken": 1, "told": 2}
    assert Changing.tell(service) == {"told": 1}
    assert [len(service.told(who)) for who in "abc"] == [1, 1, 1]


def test_each_of_several_changed_sessions_is_counted():
    service = Changing()
    service.office.sessions.add(LATER)
    service.sign_up("d", "later")
    service.moved(days=1)
    plan_sessions([replace(LATER, languages=("lb",))], service.office.sessions, service.now)

    assert service.tell() == {"told": 4}


class Busy(Changing):
    """Whose store has no time for one person."""

    def tell(self, who="contact-a"):
        real = self.office.sessions.tell

        def tell(session, contact_id, letters):
            if contact_id == who:
                raise StoreBusyError("as asked for")
            real(session, contact_id, letters)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(self.office.sessions, "tell", tell)
            return super().tell()


def test_before_everybody_was_told_nobody_moves_up():
    service = Busy()
    service.plan(capacity=3)

    assert service.tell() == {"busy": 1, "told": 2}
    assert service.session().waiting == ("contact-c",)
    assert Changing.tell(service) == {"told": 1, "moved up": 1}


def test_nobody_moves_up_where_one_was_not_told_and_another_was_changed_meanwhile():
    service = Changing()
    service.plan(capacity=3)
    errors = {"contact-a": StoreBusyError("as asked for"), "contact-b": TakenError()}
    tell = service.office.sessions.tell

    def failing(session, contact_id, letters):
        if contact_id in errors:
            raise errors[contact_id]
        tell(session, contact_id, letters)

    service.office.sessions.tell = failing

    assert service.tell() == {"busy": 1, "overtaken": 1, "told": 1}


@pytest.mark.parametrize("cancelled", [True, False])
def test_of_what_has_begun_nobody_is_told_any_more(cancelled):
    service = Changing()
    before = dict(service.store.letters)
    service.plan(capacity=3, cancelled=cancelled)
    service.now = START

    assert service.tell() == {"told": 3}
    assert service.store.letters == before


@pytest.mark.parametrize("cancelled", [True, False])
def test_who_is_being_deleted_is_told_nothing(cancelled):
    service = Changing()
    service.office.contacts.ask_deletion("contact-a", service.now.date())
    before = service.letters("a")
    service.plan(capacity=3, cancelled=cancelled)

    assert service.tell()["told"] == 3
    assert service.letters("a") == before
