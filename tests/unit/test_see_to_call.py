"""A call is seen to as it was shown: told, not reached, or put off to a day that is not too late."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.booking import SignUp
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import ChangedMeanwhileError, ImpossibleDayError
from chalicelib.domain.letter import LetterKind, LetterState
from chalicelib.domain.session import Meeting
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.list_letters import list_letters
from chalicelib.usecases.look_at_today import look_at_today
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.see_to_call import call_later, calls_among, record_not_reached, record_told
from chalicelib.usecases.sign_up import sign_up
from tests.examples import NOW, REQUEST, by
from tests.fakes.deletions import FakeMonths
from tests.fakes.desk import FakeAudit, FakeWorklist
from tests.fakes.outbox import FakeOutbox
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore
from tests.unit.test_sign_up import INFORMATION

WHO = "desk@forum-cai.example"
PHONE_ONLY = by(REQUEST, email=None)
TODAY = date(2026, 11, 21)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class House:
    """A request by phone, so that somebody is to be called."""

    def __init__(self, request=PHONE_ONLY):
        self.store, self.audit = FakeStore(), FakeAudit()
        office = fake_office(self.store)
        self.desk = BackOffice(
            office, FakeOutbox(self.store), FakeWorklist(self.store), self.audit, FakeMonths(self.store)
        )
        self.reference = request_appointment(request, office, "one", NOW).reference

    def calls(self, now=NOW):
        return calls_among(list_letters(self.desk.outbox, self.desk.rosters, now, void=False))

    @property
    def seen(self):
        (call,) = self.calls()
        return call.seen

    def news_to_come(self, due_at, kind=LetterKind.LINK):
        """Something else that the person is to be told from then on."""
        first = next(each for each in self.store.letters.values() if each.state is LetterState.BY_PHONE)
        other = replace(first, kind=kind, due_at=due_at, waiting_since=due_at)
        self.store.promise([other])

    @property
    def deeds(self):
        return self.audit.deeds


@pytest.fixture
def house():
    return House()


def test_who_was_told_is_not_called_again(house):
    record_told(house.reference, house.seen, WHO, house.desk, NOW)

    assert house.calls(NOW + DAY) == []
    assert house.deeds == [Deed(NOW, WHO, Act.CALLED, house.reference)]


def test_who_was_not_reached_stays_to_be_called_behind_the_others(house):
    house.news_to_come(NOW)
    record_not_reached(house.reference, house.seen, WHO, house.desk, NOW + HOUR)

    (call,) = house.calls(NOW + HOUR)
    assert [(each.attempts, each.due_at) for each in call.letters] == [(1, NOW + HOUR)] * 2
    assert house.deeds == [Deed(NOW + HOUR, WHO, Act.NOT_REACHED, house.reference)]


def test_a_call_that_is_put_off_comes_back_on_its_day_in_luxembourg(house):
    call_later(house.reference, house.seen, TODAY + 2 * DAY, WHO, house.desk, NOW)
    midnight = datetime(2026, 11, 22, 23, tzinfo=UTC)

    assert house.calls(midnight - timedelta(seconds=1)) == []
    assert [call.reference for call in house.calls(midnight)] == [house.reference]
    assert house.deeds == [Deed(NOW, WHO, Act.CALL_LATER, house.reference)]


@pytest.mark.parametrize(
    ("day", "good"),
    [(TODAY, False), (TODAY + DAY, True), (TODAY - DAY, False), (TODAY + 14 * DAY, True), (TODAY + 15 * DAY, False)],
)
def test_a_call_is_put_off_by_two_weeks_at_most(house, day, good):
    if good:
        call_later(house.reference, house.seen, day, WHO, house.desk, NOW)
    else:
        with pytest.raises(ImpossibleDayError):
            call_later(house.reference, house.seen, day, WHO, house.desk, NOW)

    assert len(house.deeds) == good


def test_a_call_is_not_put_off_beyond_the_deletion(house):
    file = house.store.files["one"]
    house.store.files["one"] = replace(file, contact=replace(file.contact, delete_on=TODAY + 3 * DAY))

    with pytest.raises(ImpossibleDayError):
        call_later(house.reference, house.seen, TODAY + 3 * DAY, WHO, house.desk, NOW)
    call_later(house.reference, house.seen, TODAY + 2 * DAY, WHO, house.desk, NOW)


@pytest.mark.parametrize(("hours_more", "day", "good"), [(0, 27, True), (0, 28, False), (1, 28, True), (1, 29, False)])
def test_a_call_about_a_session_comes_on_its_day_in_luxembourg_at_the_latest(house, hours_more, day, good):
    start = datetime(2026, 11, 27, 22, tzinfo=UTC) + hours_more * HOUR
    house.desk.office.sessions.add(replace(INFORMATION, meetings=(Meeting(start, start + HOUR, "Example hall"),)))
    sign_up(SignUp("info", PHONE_ONLY.person), house.desk.office, "another id", NOW)
    call = next(each for each in house.calls() if each.reference != house.reference)

    with nullcontext() if good else pytest.raises(ImpossibleDayError):
        call_later(call.reference, call.seen, date(2026, 11, day), WHO, house.desk, NOW)


def test_who_waits_longest_is_called_first_whatever_the_reference(house):
    first = next(each for each in house.store.letters.values() if each.state is LetterState.BY_PHONE)
    letters = [
        replace(first, reference=reference, waiting_since=NOW + hours * HOUR)
        for reference, hours in (("B", 9), ("B", 1), ("A", 2), ("C", 0))
    ]

    assert [call.reference for call in calls_among(letters)] == ["C", "B", "A"]


def test_who_sees_to_one_call_touches_no_other(house):
    first = next(each for each in house.store.letters.values() if each.state is LetterState.BY_PHONE)
    not_so_any_more = replace(first, kind=LetterKind.RESERVED, about="info", reference="2222-2222")
    house.store.promise([not_so_any_more])

    record_told(house.reference, house.seen, WHO, house.desk, NOW)

    assert not_so_any_more in house.store.letters.values()


@pytest.mark.parametrize("record", [record_told, record_not_reached])
def test_news_that_came_since_are_not_taken_for_told(house, record):
    seen = house.seen
    house.news_to_come(NOW)

    with pytest.raises(ChangedMeanwhileError):
        record(house.reference, seen, WHO, house.desk, NOW)

    assert len(house.seen) == 2
    assert house.deeds == []


@pytest.mark.parametrize("again", [record_told, record_not_reached])
def test_a_call_that_somebody_else_saw_to_is_not_overwritten(house, again):
    seen = house.seen
    record_not_reached(house.reference, seen, "desk-2@forum-cai.example", house.desk, NOW)

    with pytest.raises(ChangedMeanwhileError):
        again(house.reference, seen, WHO, house.desk, NOW)

    assert len(house.deeds) == 1


@pytest.mark.parametrize("reference", ["", "7KPX-2M4Q"])
def test_nobody_is_called_who_is_not_to_be_called(house, reference):
    with pytest.raises(ChangedMeanwhileError):
        record_told(reference, frozenset(), WHO, house.desk, NOW)


def test_today_lists_what_waits_with_the_people(house):
    today = look_at_today(house.desk, NOW)

    assert [call.reference for call in today.calls] == [house.reference]
    assert [(each.reference, each.since) for each in today.requests] == [(house.reference, NOW)]
    assert today.people["one"].person == PHONE_ONLY.person
    assert (today.corrections, today.failed, today.leaving) == ((), (), ())


def test_today_shows_nobody_who_asked_to_be_forgotten(house):
    house.desk.office.contacts.ask_deletion("one", TODAY)

    today = look_at_today(house.desk, NOW)

    assert (today.calls, today.requests, today.people) == ((), (), {})


def test_today_shows_no_news_that_are_not_so_any_more_and_what_failed_beside_the_calls(house):
    first = next(each for each in house.store.letters.values() if each.state is LetterState.BY_PHONE)
    failed = replace(first, kind=LetterKind.LINK, state=LetterState.FAILED)
    house.store.promise([replace(first, kind=LetterKind.RESERVED, about="info"), failed])
    house.store.promise([replace(first, kind=LetterKind.DELETION_WARNING, about="DELETION", start="2020-01-01")])

    today = look_at_today(house.desk, NOW)

    assert [each.letters for each in today.calls] == [(first,)]
    assert today.failed == (failed,)


def test_today_shows_further_forms_and_who_goes_within_a_week_also_where_nobody_is_called():
    house = House(REQUEST)
    house.store.letters.clear()
    differing = request_appointment(by(REQUEST, phone="+352621000777"), house.desk.office, "two", NOW)
    house.store.letters.clear()

    today = look_at_today(house.desk, NOW)
    assert [each.reference for each in today.corrections] == [differing.reference]
    assert set(today.people) == {"one"}
    assert today.leaving == ()

    delete_on = today.people["one"].delete_on
    noon = datetime(delete_on.year, delete_on.month, delete_on.day, 12, tzinfo=UTC)
    leaving = [look_at_today(house.desk, noon - days * DAY).leaving for days in (8, 7, 0, -1)]
    assert [[each.contact.id for each in gone] for gone in leaving] == [[], ["one"], ["one"], []]


def test_looking_changes_nothing(house):
    before = dict(house.store.letters), dict(house.store.files)

    look_at_today(house.desk, NOW)

    assert (house.store.letters, house.store.files) == before


def test_today_shows_a_call_about_a_place_that_somebody_still_has(house):
    house.desk.office.sessions.add(INFORMATION)
    sign_up(SignUp("info", PHONE_ONLY.person), house.desk.office, "never used", NOW)

    calls = look_at_today(house.desk, NOW).calls

    assert LetterKind.RESERVED in {each.kind for call in calls for each in call.letters}
