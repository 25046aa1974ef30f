"""The own page of who has signed says what is done for the contract, what is missing, and what ends when."""

import html
import re
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.link import token
from chalicelib.domain.papers import Course
from chalicelib.domain.retention import SIGNED
from chalicelib.web.own_page import OwnPage
from chalicelib.web.pages import Pages
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write_weekday
from tests.examples import NOW
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore
from tests.letter_examples import COURSE, FILE, FURTHER, LINK_KEYS, VOUCHER, under_rule

SIGNED_ON, BEGINS = date(2026, 11, 20), date(2026, 11, 21)
HISTORY = replace(FILE.contact.history, signed_on=SIGNED_ON, first_measure_on=BEGINS)
ATTENDED = Booking(COURSE.id, "REF-C", 1, BookingState.ATTENDED, None, NOW)
USED = replace(VOUCHER, number=2, course=Course("fr", SIGNED_ON, BEGINS))
CONTACT = replace(under_rule(SIGNED).contact, history=HISTORY)
FULL = replace(FILE, contact=CONTACT, vouchers=(VOUCHER, USED), certificates=(), bookings=(*FILE.bookings, ATTENDED))


def shown(file, language="en", form=None):
    store = FakeStore({"c1": file}, sessions={COURSE.id: COURSE})
    page = OwnPage("https://forum-cai.example", Pages("demonstration"), partial(fake_office, store), LINK_KEYS)
    body = page.show(token(LINK_KEYS, "c1", 1, form), language, NOW).body
    return html.unescape(body).replace("\u00ad", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_is_done_missing_and_what_ends_when(language):
    gettext, page = words(language).gettext, shown(FULL, language)

    assert f"<h2>{gettext('Your contract')}</h2>" in page
    (contract,) = re.findall(rf"<h2>{re.escape(gettext('Your contract'))}</h2>(.*?)<h2>", page, re.DOTALL)
    said = [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li>(.*?)</li>", contract)]
    expected = [
        ("Contract signed: %(day)s", SIGNED_ON),
        ("First course or orientation day begun: %(day)s", BEGINS),
        ("Citizenship course completed: %(day)s", COURSE.last_day),
        ("Complete a language course.", None),
        ("Attend an orientation day. You get a personal invitation.", None),
        ("Last day to use your voucher: %(day)s", VOUCHER.valid_until),
        ("Your contract ends: %(day)s", date(2028, 11, 21)),
    ]
    assert said == [gettext(what) % {"day": day and write_weekday(day, language)} for what, day in expected]


def test_who_has_not_signed_reads_nothing_of_a_contract():
    assert "<h2>Your contract</h2>" not in shown(FILE)
    assert "<h2>Your contract</h2>" not in shown(FULL, form=FURTHER)
