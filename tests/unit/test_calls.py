"""News of the deletion day that no letter can bring are said by phone, and staff are asked once for each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.days import Attended, day_in_luxembourg
from chalicelib.domain.letter import DELETION, LetterKind
from chalicelib.programme import periods
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.remind_of_deletion import remind_of_deletion
from chalicelib.usecases.request_appointment import request_appointment
from tests.examples import NOW, REQUEST, by
from tests.fakes.contacts import FakeContacts
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore

PHONE_ONLY = by(REQUEST, email=None)
WARNING, CHANGE, CALL = "deletion_warning", "deletion_day_changed", "staff_call"


class Case:
    """The use cases on one store; `news` is what was promised about the deletion day."""

    def __init__(self, request):
        self.store, self.now = FakeStore(), NOW
        self.contacts, self.retention = FakeContacts(self.store), periods.retention()
        self.office = fake_office(self.store, self.contacts)
        self.request = request
        self.reference = self.ask()

    def ask(self):
        return request_appointment(self.request, self.office, "one", self.now).reference

    def took_part(self, days_ago):
        day = day_in_luxembourg(self.now) - timedelta(days=days_ago)
        Records(self.contacts, self.retention, lambda: self.now).participation(self.reference, day)

    def remind(self):
        remind_of_deletion(self.contacts, self.retention, self.now)

    def later(self, days):
        self.now += timedelta(days=days)

    @property
    def promised(self):
        return [each for each in self.store.letters.values() if each.about.startswith(DELETION)]

    @property
    def news(self):
        return sorted((each.kind.value, each.news, each.state.value) for each in self.promised)


def warned(case):
    case.later(300)
    case.remind()
    case.remind()


def changed(case):
    case.took_part(days_ago=10)
    case.took_part(days_ago=10)


def changed_and_near(case):
    case.took_part(days_ago=350)


def near_from_the_start(case):
    case.ask()


NEAR = replace(PHONE_ONLY, attended=Attended(2025, 12, 1))
STEPS = {
    "warned": (warned, PHONE_ONLY, [WARNING]),
    "new day": (changed, PHONE_ONLY, [CHANGE]),
    "new day that is near": (changed_and_near, PHONE_ONLY, [CHANGE, WARNING]),
    "near from the start": (near_from_the_start, NEAR, [WARNING]),
}


@pytest.mark.parametrize(("step", "request_", "kinds"), STEPS.values(), ids=STEPS)
def test_staff_are_asked_once_to_say_what_no_letter_says(step, request_, kinds):
    case = Case(request_)
    step(case)

    calls = [(CALL, kind, "waiting") for kind in kinds]
    assert case.news == [*((kind, "", "by_phone") for kind in kinds), *calls]


@pytest.mark.parametrize(("step", "request_", "kinds"), STEPS.values(), ids=STEPS)
def test_nobody_is_called_who_reads_mail(step, request_, kinds):
    case = Case(by(request_, email="exempla@example.org"))
    step(case)

    assert case.news == [(kind, "", "waiting") for kind in kinds]


def test_a_call_belongs_to_the_letter_that_it_stands_for():
    case = Case(PHONE_ONLY)
    changed_and_near(case)

    letters = {each.kind.value: each for each in case.promised if each.kind is not LetterKind.STAFF_CALL}
    calls = [each for each in case.promised if each.kind is LetterKind.STAFF_CALL]
    assert len({each.id for each in case.promised}) == len(case.promised) == 4
    for call in calls:
        said = letters[call.news]
        assert (call.reference, call.revision, call.start) == (said.reference, said.revision, said.start)
