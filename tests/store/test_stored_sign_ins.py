"""What every store of sign-ins, and every audit, promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.desk import LINK_GOOD_FOR, SESSION_LASTS, Act, Deed, DeskSession, SignInLink
from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import LetterState, with_sign_in
from tests.fakes.desk import AUDIT_KEPT
from tests.store import examples

NOW = examples.NOW.replace(microsecond=0)  # what expires does so at a whole second
LINK = SignInLink("11" * 16, "desk@forum-cai.example", "fr", "today", NOW + LINK_GOOD_FOR)
SESSION = DeskSession("22" * 32, LINK.user, NOW + SESSION_LASTS)
IN, OUT = Deed(NOW, LINK.user, Act.SIGNED_IN), Deed(NOW + timedelta(hours=1), LINK.user, Act.SIGNED_OUT)
LETTER = with_sign_in(LINK.nonce, LetterState.WAITING, NOW)
MONTH = "2026-11"


def asked(store):
    store.sign_ins.ask(LINK, LETTER)
    return store.sign_ins


class TestSignIns:
    def test_a_link_is_kept_with_its_letter_once(self, store):
        sign_ins = asked(store)
        with pytest.raises(TakenError):
            sign_ins.ask(replace(LINK, user="other@forum-cai.example"), LETTER)

        assert sign_ins.link(LINK.nonce) == LINK
        assert sign_ins.link("33" * 16) is None
        assert list(store.outbox.due(NOW)) == [LETTER]

    def test_the_letter_of_nobody_is_never_due(self, store):
        store.sign_ins.ask(replace(LINK, user=""), with_sign_in(LINK.nonce, LetterState.VOID, NOW))

        assert list(store.outbox.due(NOW)) == []

    def test_the_letter_goes_its_way_like_any_other(self, store):
        asked(store)
        claimed = store.outbox.claim(LETTER, NOW + timedelta(minutes=2))

        store.outbox.settle(claimed, LetterState.SENT, NOW)

        assert claimed == replace(LETTER, due_at=NOW + timedelta(minutes=2), attempts=1)
        assert list(store.outbox.due(NOW + timedelta(days=1))) == []

    def test_a_link_opens_one_session(self, store):
        sign_ins = asked(store)
        sign_ins.enter(LINK, SESSION, IN)
        with pytest.raises(TakenError):
            sign_ins.enter(LINK, replace(SESSION, mark="44" * 32), IN)

        assert sign_ins.link(LINK.nonce) == replace(LINK, used=True)
        assert (sign_ins.session(SESSION.mark), sign_ins.session("44" * 32)) == (SESSION, None)
        assert list(store.audit.newest(MONTH, 9, NOW)) == [IN]

    def test_a_session_ends_once(self, store):
        sign_ins = asked(store)
        sign_ins.enter(LINK, SESSION, IN)
        sign_ins.end(SESSION.mark, OUT)
        for mark in (SESSION.mark, "44" * 32):
            with pytest.raises(TakenError):
                sign_ins.end(mark, OUT)

        assert sign_ins.session(SESSION.mark) == replace(SESSION, ended=True)
        assert list(store.audit.newest(MONTH, 9, NOW)) == [OUT, IN]


class TestAudit:
    def test_the_newest_lines_of_a_month_come_first(self, store):
        deeds = [replace(IN, at=NOW - timedelta(hours=hours), reference=f"REF-{hours}") for hours in range(4)]
        for deed in (deeds[2], deeds[0], deeds[3], deeds[1], replace(IN, at=NOW - timedelta(days=30))):
            store.audit.note(deed)

        assert list(store.audit.newest(MONTH, 3, NOW)) == deeds[:3]
        assert list(store.audit.newest(MONTH, 9, NOW)) == deeds
        assert list(store.audit.newest("2026-09", 9, NOW)) == []

    def test_two_lines_of_one_moment_are_two(self, store):
        store.audit.note(IN)
        store.audit.note(IN)

        assert list(store.audit.newest(MONTH, 9, NOW)) == [IN, IN]

    def test_after_a_year_a_line_is_not_shown_even_if_it_is_still_there(self, store):
        store.audit.note(IN)

        assert list(store.audit.newest(MONTH, 9, NOW + AUDIT_KEPT - timedelta(seconds=1))) == [IN]
        assert list(store.audit.newest(MONTH, 9, NOW + AUDIT_KEPT)) == []
