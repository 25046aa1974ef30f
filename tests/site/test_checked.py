"""A reader can see how old the oldest fact is."""

from datetime import date

import pytest

from chalicelib.programme.facts import Fact
from chalicelib.words.formats import write_day
from hooks.checked import oldest, oldest_check
from tests.site.built import SITES, in_each_language, main_of, text


def test_the_oldest_check_is_the_one_that_lies_furthest_back():
    days = (date(2026, 11, 22), date(2025, 3, 1), date(2026, 1, 31))
    facts = [Fact("contact.hours", "always", "fact sheet", checked) for checked in days]

    assert oldest(facts) == date(2025, 3, 1)


@pytest.mark.parametrize("mode", SITES)
def test_the_page_about_this_site_shows_the_day_of_the_oldest_check(mode):
    page = in_each_language(mode)["en"]["about/"]

    assert f"oldest check: {write_day(oldest_check(), 'en')}" in text(main_of(page))
