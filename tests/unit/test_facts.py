"""Facts are complete, dated and sourced; a misspelt one stops at once, naming file and key."""

import re
from datetime import date

import pytest

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import facts, periods
from chalicelib.programme.facts import Fact
from chalicelib.words.catalogues import words
from tests.examples import OFFICE_PHONE


def test_a_misspelt_fact_is_named_with_its_file():
    said = facts.load().said("fr", str, words("fr").gettext)

    with pytest.raises(ConfigurationError, match=r"facts\.toml has no fact named contact\.phnoe"):
        _ = said.contact.phnoe


def test_a_fact_is_said_in_the_readers_language():
    said = facts.load().said("lb", str, words("lb").gettext)

    assert said.contract.duration == "zwee Joer"
    assert said.contact.phone == OFFICE_PHONE


@pytest.mark.parametrize("fact", facts.load().by_key.values(), ids=lambda fact: fact.key)
def test_each_fact_has_a_source_and_words_in_each_language(fact):
    assert fact.source
    for language in LANGUAGES:
        assert str(fact.in_language(language, words(language).gettext)).strip()


def test_a_fact_without_words_in_a_language_has_the_english_ones_translated():
    fact = Fact("contract.duration", {"en": "two years", "fr": "deux ans"}, "fact sheet", date(2026, 11, 21))

    assert fact.in_language("fr", str.upper) == "deux ans"
    assert fact.in_language("pt", str.upper) == "TWO YEARS"


def test_each_period_is_finite():
    retention = periods.retention()

    assert set(retention.years) == set(periods.RULES)
    assert all(years > 0 for years in retention.years.values())
    assert retention.contract_years > 0


@pytest.mark.parametrize(
    "fact", [fact for fact in facts.load().by_key.values() if fact.number], ids=lambda fact: fact.key
)
def test_the_number_of_a_fact_is_the_one_that_its_words_say(fact):
    for language in LANGUAGES:
        assert re.findall(r"\d+", str(fact.in_language(language, str))) == [str(fact.number)]


@pytest.mark.parametrize("key", [key for key in facts.load().by_key if key.endswith("_link")])
def test_the_number_that_a_press_calls_is_the_one_that_is_shown(key):
    known = facts.load()
    digits = re.sub(r"\D", "", known.text(key.removesuffix("_link")))

    assert re.fullmatch(rf"tel:\+(352)?{digits}", known.text(key))


@pytest.mark.parametrize("fact", facts.load().by_key.values(), ids=lambda fact: fact.key)
def test_a_fact_has_the_same_numbers_in_every_language(fact):
    assert len({tuple(numbers(str(fact.in_language(language, str)))) for language in LANGUAGES}) == 1


def numbers(words):
    """Those of a text, its hours from 0 to 23."""
    return re.findall(r"\d+", re.sub(r"(?<![\d:])(\d+)(?=(:\d+)? pm)", lambda hour: str(int(hour[0]) + 12), words))


def test_a_fact_in_words_without_their_number_does_not_count():
    known = facts.load()

    assert (known.number("language_course.voucher_valid"), known.number("language_course.most")) == (6, 3)
    with pytest.raises(ConfigurationError, match=r"facts\.toml: contract\.duration lacks number"):
        known.number("contract.duration")
