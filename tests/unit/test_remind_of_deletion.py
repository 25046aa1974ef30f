"""Each person is warned once before the data go; who cannot be warned now is counted, and hinders nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import StoreBusyError, TakenError
from chalicelib.domain.letter import LetterKind
from chalicelib.usecases.remind_of_deletion import remind_of_deletion
from tests.examples import NOW
from tests.fakes.contacts import make_unreadable
from tests.unit.test_mark_attendance import Desk

DAY = timedelta(days=1)
PEOPLE = ("ada", "ben", "cyd")


class Office(Desk):
    """Three people who are deleted on the same day, which is near."""

    def __init__(self):
        super().__init__()
        for who in PEOPLE:
            self.references[who] = self.asked(who, attended=None)
        self.store.letters.clear()
        self.now = NOW + 340 * DAY

    def remind(self):
        return remind_of_deletion(self.office.contacts, self.office.retention, self.now)

    def failing(self, **errors):
        """A store that fails as it writes about these people."""
        amend = self.office.contacts.amend

        def fail(after, *given):
            if error := errors.get(after.id):
                raise error
            amend(after, *given)

        self.office.contacts.amend = fail

    def warned(self):
        return {letter.contact_id: letter.reference for letter in self.store.letters.values()}


@pytest.fixture
def desk():
    return Office()


def test_everybody_is_warned_once_under_their_own_reference(desk):
    assert desk.remind() == {"warned": 3}
    assert desk.warned() == desk.references
    assert {(each.kind, each.due_at) for each in desk.store.letters.values()} == {
        (LetterKind.DELETION_WARNING, desk.now)
    }
    assert desk.remind() == {}


def test_nobody_is_warned_before_the_day_is_near(desk):
    desk.now = NOW + 300 * DAY

    assert desk.remind() == {}


def test_who_is_left_is_counted_by_the_reason_and_warned_by_the_next_run(desk):
    desk.failing(ada=TakenError(), ben=TakenError(), cyd=StoreBusyError())
    assert desk.remind() == {"left: TakenError": 2, "left: StoreBusyError": 1}

    del desk.office.contacts.amend
    assert desk.remind() == {"warned": 3}


def test_who_cannot_be_read_hinders_nobody(desk):
    make_unreadable(desk.office.contacts, "ada")

    assert desk.remind() == {"left: UnreadableItemError": 1, "warned": 2}


@pytest.mark.parametrize("why", ["is being deleted", "was warned", "is kept longer"])
def test_who_is_listed_but_not_to_be_warned_any_more_is_not(desk, why):
    contacts = desk.office.contacts
    listed = list(contacts.unwarned(desk.now.date(), desk.now.date() + 30 * DAY))
    file = desk.file("ada")
    changes = {
        "is being deleted": {},
        "was warned": {"warned_for": file.contact.delete_on},
        "is kept longer": {"delete_on": file.contact.delete_on + 365 * DAY},
    }[why]
    desk.store.files["ada"] = replace(file, contact=replace(file.contact, **changes))
    if not changes:
        contacts.ask_deletion("ada", desk.now.date())

    contacts.unwarned = lambda first, last: iter(listed)

    assert desk.remind() == {"warned": 2}
    assert "ada" not in desk.warned()
