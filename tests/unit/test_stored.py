"""Each stored attribute says what it is for and what removes it; none is stored that does not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Contact, Correction
from chalicelib.domain.desk import Act, Deed, DeskSession, SignInLink
from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.letter import Letter, LetterKind, LetterState, about_month, with_sign_in
from chalicelib.domain.retention import TOOK_PART, History
from chalicelib.domain.session import Place
from chalicelib.programme import facts, periods, stored
from chalicelib.storage import audit, items, letter_items, paper_items, session_items, sign_ins
from chalicelib.usecases.session_ports import Taking
from chalicelib.words.own_data import KINDS, LABELS
from tests.contract_examples import COPY, used
from tests.examples import NOW, PERSON, REQUEST
from tests.letter_examples import INFORMATION

DAY = date(2026, 11, 21)
CONTACT = Contact("c1", PERSON, b"sealed", History(DAY, REQUEST.attended), DAY, TOOK_PART)
BOOKING = Booking(APPOINTMENT, "7KQ2-M9XW", 1, BookingState.CONFIRMED, REQUEST.wish, NOW, slot="slot", present=(1,))
INVITED = replace(BOOKING, state=BookingState.INVITED, wish=None)
CORRECTION = Correction("AB2C-9DEF", PERSON, b"sealed", REQUEST.attended, REQUEST.wish, NOW, slot="slot")
LETTER = Letter("c1", APPOINTMENT, LetterKind.RECEIVED, 1, "7KQ2-M9XW", LetterState.WAITING, NOW, NOW)
SIGN_IN = SignInLink("11" * 16, "desk@forum-cai.example", "fr", "today", NOW)

WRITTEN = {
    "contact": items.of_contact(CONTACT, frozenset(), frozenset()),
    "booking": items.of_booking("c1", BOOKING) | items.of_booking("c1", INVITED),
    "correction": items.of_correction("c1", CORRECTION),
    "voucher": paper_items.of_paper("c1", used()),
    "certificate": paper_items.of_paper("c1", COPY),
    "letter": letter_items.of_letter(LETTER),
    "session": session_items.of_session(INFORMATION),
    "seat": session_items.of_seat("c1", "7KQ2-M9XW", Taking(INFORMATION, Place.SEAT, ("step-free",))),
    "sign_in_link": sign_ins.of_link(SIGN_IN),
    "sign_in_letter": letter_items.of_letter(with_sign_in("11" * 16, LetterState.WAITING, NOW)),
    "sign_in_session": sign_ins.of_session(DeskSession("22" * 32, SIGN_IN.user, NOW)),
    "deed": audit.of_deed(Deed(NOW, SIGN_IN.user, Act.CALLED, "7KQ2-M9XW"), timedelta(days=365)),
    "office_letter": letter_items.of_letter(about_month("2026-10", datetime(2026, 11, 1, tzinfo=UTC))),
}

# What an item gets when it is to be deleted or joined with another: tests/store/test_privacy_walk.py meets these.
MARKED = {"contact": {"deleting", "merged"}, "correction": {"withdrawn"}}

ENTRY = {"at": ["X#", "X"], "removed": "with the contact", "reason": "A test.", "attributes": {"pk": "together"}}


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_item_has_the_declared_attributes_and_no_other(kind):
    assert set(stored.load().kinds[kind].attributes) == set(WRITTEN[kind]) | MARKED.get(kind, set())


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_item_stands_where_its_kind_is_declared(kind):
    pk, sk = stored.load().kinds[kind].at

    assert WRITTEN[kind]["pk"].startswith(pk)
    assert WRITTEN[kind]["sk"].startswith(sk)


@pytest.mark.parametrize("kind", stored.load().kinds.values(), ids=lambda kind: kind.name)
def test_whatever_is_personal_is_removed_after_a_finite_time(kind):
    assert not kind.personal or kind.removed != "never"
    assert all(0 < years < 10 for years in periods.retention().years.values())


def test_the_ids_of_the_erased_are_kept_longer_than_backups_and_not_for_ever():
    kept, backups = (facts.load().number(f"privacy.{name}_kept_days") for name in ("ledger", "backups"))

    assert backups < kept <= 365


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"removed": ""}, "note lacks removed"),
        ({"reason": ""}, "note lacks reason"),
        ({"attributes": {}}, "note lacks attributes"),
        ({"attributes": {"pk": "together", "nickname": ""}}, "note.nickname lacks a purpose"),
        ({"removed": "some day"}, "note is removed some day"),
        ({"removed": "never"}, "note.pk is personal and never removed"),
    ],
)
def test_a_mistake_in_the_declaration_is_named(changes, message):
    with pytest.raises(ConfigurationError, match=f"stored.toml: {message}"):
        stored.read({"note": ENTRY | changes})


def test_an_item_without_a_person_may_stay():
    kept = stored.read({"note": ENTRY | {"removed": "never", "attributes": {"pk": stored.NOBODY}}})

    assert kept.kinds["note"].personal == {}


def test_an_answer_of_the_form_has_one_purpose():
    other = ENTRY | {"attributes": {"pk": "who"}}
    declared = stored.read({"answers": {"nickname": "pk"}, "note": ENTRY, "other": other})

    with pytest.raises(ConfigurationError, match=r"stored\.toml: pk, the answer to nickname, needs one purpose"):
        declared.purpose_of_answer("nickname")


def test_whatever_a_form_asks_is_named_on_the_own_page_and_no_name_is_left_over():
    attributes = {name for kind in stored.load().kinds.values() for name in kind.personal}
    asked = {attribute.rpartition(".")[2] for attribute in stored.load().answers.values()} - {"pk"}

    assert asked <= set(LABELS) <= attributes
    assert set(KINDS) - {""} <= set(stored.load().kinds)
